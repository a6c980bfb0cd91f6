import { Button, MultiSelect, Select } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import { type ExportFormat, exportFormats } from '../../../shared/model/exporting.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { useCall } from '../../app/queries.ts'
import { DateField } from '../../components/fields.tsx'
import { Section } from '../../components/page.tsx'
import { Notice } from '../../components/small.tsx'
import { ErrorState, ProgressPanel } from '../../components/states.tsx'
import { useNotify } from '../../components/toast.tsx'
import { SettingRow } from './setting-row.tsx'
import { type Exported, useExport } from './use-export.ts'

/** What a household takes with it: which records, in which format, and a word on who can then read them. */
export function ExportSection() {
  const { t } = useTranslation()
  const language = useLanguage()
  const notify = useNotify()
  const exporting = useExport()
  const accounts = useCall('account.list', {}).data
  const [format, setFormat] = useState<ExportFormat>('json')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [from, setFrom] = useState<IsoDate | null>(null)
  const [to, setTo] = useState<IsoDate | null>(null)
  const [made, setMade] = useState<Exported | null>(null)
  const choices = useMemo(
    () => (accounts ?? []).map(({ id, name }) => ({ value: String(id), label: name })),
    [accounts],
  )
  const whole = format === 'json'
  const backwards = !whole && from !== null && to !== null && from > to
  const start = async () => {
    setMade(null)
    const scope = whole ? {} : { accountIds: chosen.length === 0 ? null : chosen.map(Number), from, to }
    const done = await exporting.run({ format, language, ...scope })
    setMade(done)
    if (done !== null) notify.done(t('settings.exported', { name: done.name }))
  }
  return (
    <Section title={t('settings.section.export')} hint={t('settings.exportText')}>
      <div className="stack">
        <div>
          <SettingRow name={t('settings.exportFormat')} hint={t(`settings.exportHolds.${format}`)}>
            {({ labelId, hintId }) => (
              <Select
                aria-labelledby={labelId}
                aria-describedby={hintId}
                allowDeselect={false}
                data={exportFormats.map((value) => ({ value, label: t(`settings.exportFormats.${value}`) }))}
                value={format}
                onChange={(next) => setFormat(exportFormats.find((each) => each === next) ?? format)}
              />
            )}
          </SettingRow>
          {whole ? null : (
            <>
              <SettingRow name={t('settings.exportAccounts')} hint={t('settings.exportAccountsHint')}>
                {({ labelId, hintId }) => (
                  <MultiSelect
                    aria-labelledby={labelId}
                    aria-describedby={hintId}
                    data={choices}
                    value={[...chosen]}
                    onChange={setChosen}
                    searchable
                    clearable
                    hidePickedOptions
                    placeholder={chosen.length === 0 ? t('settings.exportAllAccounts') : ''}
                    nothingFoundMessage={t('common.noMatches')}
                    maxDropdownHeight={280}
                  />
                )}
              </SettingRow>
              <SettingRow name={t('settings.exportPeriod')} hint={t('settings.exportPeriodHint')}>
                {() => (
                  <div className="stack-tight">
                    <DateField label={t('settings.exportFrom')} value={from} onChange={setFrom} />
                    <DateField label={t('settings.exportTo')} value={to} onChange={setTo} />
                  </div>
                )}
              </SettingRow>
            </>
          )}
        </div>
        {backwards ? <Notice tone="negative">{t('settings.exportBackwards')}</Notice> : null}
        <Notice tone="attention">{t('settings.exportPlain')}</Notice>
        {exporting.failure === null ? null : <ErrorState failure={exporting.failure} onRetry={() => void start()} />}
        {exporting.running ? (
          <ProgressPanel progress={exporting.progress} onCancel={() => exporting.cancel()} />
        ) : (
          <div>
            <Button disabled={backwards} onClick={() => void start()}>
              {t('settings.exportGo')}
            </Button>
          </div>
        )}
        {made === null || made.notes.length === 0 ? null : <Notes notes={made.notes} />}
      </div>
    </Section>
  )
}

function Notes({ notes }: { notes: Exported['notes'] }) {
  const { t } = useTranslation()
  return (
    <Notice>
      <ul className="stack-tight">
        {notes.map(({ code, values }) => (
          <li key={code}>
            {t(`settings.exportNote.${code}`, {
              accounts: values['accounts'] ?? '',
              currencies: values['currencies'] ?? '',
            })}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
