import { ActionIcon, Button } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconPhoto, IconPrinter, IconReport } from '@tabler/icons-react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Redirect, useLocation } from 'wouter'
import { addMonths, type IsoDate, monthOf } from '../../../../shared/domain/iso-date.ts'
import { useClient } from '../../../app/client-context.tsx'
import { failureOf } from '../../../app/failure.ts'
import { useViewedPerson } from '../../../app/person-view.tsx'
import { useLanguage } from '../../../app/preferences.tsx'
import { useCall } from '../../../app/queries.ts'
import { Whose } from '../../../components/people.tsx'
import { ImportAction } from '../../../components/import-action.tsx'
import { Page, PageHeader } from '../../../components/page.tsx'
import { saveBytes } from '../../../components/save-bytes.ts'
import { EmptyState, Loaded } from '../../../components/states.tsx'
import { useNotify } from '../../../components/toast.tsx'
import { formatDate, todayHere } from '../../../format/date-format.ts'
import { AccountTabs } from '../account-tabs.tsx'
import { MonthSheet } from './month-sheet.tsx'
import { pictureOf, printLight } from './page-picture.ts'

/** A month on one page, to read, print and keep. `month`: "2026-03"; without it the last one that is over. */
export function ReportPage({ month }: { month: string | undefined }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [, navigate] = useLocation()
  const today = todayHere()
  const valid = month !== undefined && /^\d{4}-(0[1-9]|1[0-2])$/.test(month) && month <= monthOf(today)
  const shown = valid && month >= '1801-01' ? month : monthOf(addMonths(today, -1))
  const first = `${shown}-01` as IsoDate
  const query = useCall('report.month', { month: shown, person: useViewedPerson() }, { keepPrevious: true })
  const sheet = useRef<HTMLElement>(null)
  useEffect(printLight, [])
  const step = (by: number) => navigate(`/account/report/${monthOf(addMonths(first, by))}`)
  const name = formatDate(first, language, 'month-year')
  return (
    <Page>
      <div className="no-print report-top">
        <PageHeader
          title={t('report.title')}
          subtitle={<Whose />}
          actions={
            <>
              <span className="inline flow-step">
                <ActionIcon variant="subtle" color="gray" aria-label={t('flow.earlier')} onClick={() => step(-1)}>
                  <IconChevronLeft size={16} />
                </ActionIcon>
                <span aria-live="polite">{name}</span>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t('flow.later')}
                  disabled={shown >= monthOf(today)}
                  onClick={() => step(1)}
                >
                  <IconChevronRight size={16} />
                </ActionIcon>
              </span>
              <KeepButtons sheet={sheet} month={shown} />
            </>
          }
        />
        <AccountTabs />
      </div>
      <Loaded query={query}>
        {(report) =>
          report.flow.historyFrom === null && report.netWorth.netMinor === 0 ? (
            <EmptyState
              icon={<IconReport size={36} stroke={1.3} />}
              title={t('report.emptyTitle')}
              action={<ImportAction />}
            >
              {t('report.emptyText')}
            </EmptyState>
          ) : !valid && report.flow.historyFrom !== null && monthOf(report.flow.historyFrom) > shown ? (
            // the records begin in the month that is running: that is the first there is to read
            <Redirect to={`/account/report/${monthOf(today)}`} replace />
          ) : (
            <MonthSheet report={report} sheet={sheet} />
          )
        }
      </Loaded>
    </Page>
  )
}

/** PDF: the desktop app writes the file; a browser prints the page, to paper or to a PDF. PNG: drawn by the window. */
function KeepButtons({ sheet, month }: { sheet: RefObject<HTMLElement | null>; month: string }) {
  const { t } = useTranslation()
  const client = useClient()
  const notify = useNotify()
  const [busy, setBusy] = useState(false)
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true)
    try {
      await work()
    } catch (error) {
      notify.failed(failureOf(error))
    } finally {
      setBusy(false)
    }
  }
  const asPdf = async (): Promise<void> => {
    const { pdf } = await client.call('page.pdf', {})
    if (pdf === null) window.print()
    else saveBytes(`onebook-${month}.pdf`, 'application/pdf', [pdf])
  }
  const asPicture = async (): Promise<void> => {
    if (sheet.current !== null) saveBytes(`onebook-${month}.png`, 'image/png', [await pictureOf(sheet.current)])
  }
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPrinter size={14} />}
        loading={busy}
        onClick={() => void run(asPdf)}
      >
        {t('report.pdf')}
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPhoto size={14} />}
        loading={busy}
        onClick={() => void run(asPicture)}
      >
        {t('report.png')}
      </Button>
    </>
  )
}
