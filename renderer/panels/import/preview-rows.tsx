import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { minorFromDecimal, money } from '../../../shared/domain/money.ts'
import { recordLabel } from '../../../shared/domain/source-record.ts'
import type { FilePreview, PreviewRow } from '../../../shared/model/importing.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { Money } from '../../components/money.tsx'
import { Badge } from '../../components/small.tsx'
import { formatCount, formatQuantity } from '../../format/number-format.ts'
import { unknown } from '../../format/money-format.ts'
import { textOr } from '../../i18n/texts.ts'
import { type Choices, choiceOf, withRow } from './choices.ts'
import { recordsOf, rowsAtOnce } from './rows-at-once.ts'

const tones = {
  new: 'positive',
  duplicate: 'neutral',
  'replaces-pending': 'accent',
  skipped: 'neutral',
  failed: 'negative',
} as const

/** The first records of a file, each with what will become of it and a tick box. */
export function PreviewRows({
  preview,
  choices,
  opened,
  onChoose,
}: {
  preview: FilePreview
  choices: Choices
  opened: boolean
  onChoose: (choices: Choices, again: boolean) => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [all, setAll] = useState(false)
  // what is open stays open: putting the columns right takes the doubt away, not the rows
  const [shown, setShown] = useState(opened)
  const leaveOut = new Set(choiceOf(choices, preview.file).leaveOut ?? [])
  const count = preview.firstRows.length
  const records = recordsOf(preview)
  const rows = all ? preview.firstRows : preview.firstRows.slice(0, rowsAtOnce(count))
  return (
    <details className="fold" open={shown} onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary>{t('import.rows')}</summary>
      <p className="muted small">
        {count < records
          ? t('import.rowsShown', { count, records: formatCount(records, language) })
          : t('import.rowsAll', { count })}
      </p>
      <div className="preview-rows">
        <table className="table" data-dense="true" aria-label={t('import.rows')}>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">{t('import.rowKeep')}</span>
              </th>
              <th scope="col">
                <span className="visually-hidden">{t('import.rowNumber')}</span>
              </th>
              <th scope="col">{t('common.date')}</th>
              <th scope="col">{t('import.roles.payee')}</th>
              <th scope="col" data-align="end">
                {t('import.roles.amount')}
              </th>
              <th scope="col">{t('import.outcome')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('import.rowReason')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row
                key={`${row.statement} ${row.record}`}
                row={row}
                kept={!leaveOut.has(row.record)}
                onKeep={(keep) => onChoose(withRow(choices, preview.file, row.record, keep), false)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {rows.length === count ? null : (
        <Button variant="subtle" size="xs" mt={4} onClick={() => setAll(true)}>
          {t('import.rowsMore', { count: count - rows.length })}
        </Button>
      )}
    </details>
  )
}

function Row({ row, kept, onKeep }: { row: PreviewRow; kept: boolean; onKeep: (keep: boolean) => void }) {
  const { t } = useTranslation()
  const choosable =
    row.outcome === 'new' || row.outcome === 'replaces-pending' || row.reason?.code === 'left-out' || !kept
  return (
    <tr data-off={!kept}>
      <td>
        <Checkbox
          size="xs"
          aria-label={t('import.keepRow', { record: recordLabel(row.record) })}
          checked={choosable && kept}
          disabled={!choosable}
          onChange={(event) => onKeep(event.currentTarget.checked)}
        />
      </td>
      <td className="faint numeric">#{recordLabel(row.record)}</td>
      <td className="numeric">{row.date ?? unknown}</td>
      <td className="preview-text" title={`${row.payee} ${row.memo}`}>
        {row.payee === '' ? row.memo : row.payee}
        {row.payee === '' || row.memo === '' ? null : <span className="faint"> {row.memo}</span>}
      </td>
      <td data-align="end">
        {row.amount === null ? (
          unknown
        ) : row.currency === null ? (
          formatQuantity(row.amount)
        ) : (
          <Money value={money(minorFromDecimal(row.amount, row.currency).minor, row.currency)} sign="always" />
        )}
      </td>
      <td>
        <Badge tone={kept ? tones[row.outcome] : 'neutral'}>
          {!kept
            ? t('import.leaveOut')
            : row.outcome === 'new'
              ? t('import.willImport')
              : t(`import.outcomes.${row.outcome}`)}
        </Badge>
      </td>
      <td className="faint small preview-reason">
        {row.reason === null ? '' : textOr(`import.reason.${row.reason.code}`, row.reason.message, row.reason.values)}
      </td>
    </tr>
  )
}
