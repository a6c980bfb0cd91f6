import { useTranslation } from 'react-i18next'
import { recordLabel } from '../../../shared/domain/source-record.ts'
import type { ImportCounts, ImportFinding } from '../../../shared/model/importing.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { useCall } from '../../app/queries.ts'
import { numbered } from '../../components/numbered.ts'
import { formatCount } from '../../format/number-format.ts'
import { textOr } from '../../i18n/texts.ts'

/** What a format is called: in words of the language, or by the own name of the institution whose it is. */
export function useImporterName(): (id: string) => string {
  const formats = useCall('import.formats', {}).data
  return (id) =>
    textOr(`import.formats.${id.slice(id.lastIndexOf(':') + 1)}`, formats?.find((one) => one.id === id)?.title ?? id)
}

/** What a file holds or a run brought that is no record of an account. */
interface Beside {
  readonly rates: number
  readonly prices: number
  readonly creditReports: number
}

/** What becomes of the records, by kind, and what a run brought beside them. */
export function Counts({ counts, beside }: { counts: ImportCounts; beside?: Beside }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const keys = ['new', 'duplicate', 'replaced', 'skipped', 'failed'] as const
  return (
    <ul className="counts">
      {keys
        .filter((key) => key === 'new' || counts[key] > 0)
        .map((key) => (
          <li key={key} data-kind={key}>
            <strong className="numeric">{formatCount(counts[key], language)}</strong> {t(`import.counts.${key}`)}
          </li>
        ))}
      {(['rates', 'prices', 'creditReports'] as const).map((key) => {
        const count = beside?.[key] ?? 0
        return count > 0 ? (
          <li key={key}>{t(`import.${key}`, { count, formatted: formatCount(count, language) })}</li>
        ) : null
      })}
    </ul>
  )
}

/** In words of the language; what is in a record is said with its number. */
export function Findings({ findings }: { findings: readonly ImportFinding[] }) {
  const { t } = useTranslation()
  if (findings.length === 0) return null
  return (
    <details className="fold" open={findings.some((finding) => finding.severity !== 'info')}>
      <summary>
        {t('import.findings')} · {findings.length}
      </summary>
      <ul className="findings">
        {numbered(findings.slice(0, 50)).map(({ key, item: finding }) => (
          <li key={key} data-severity={finding.severity} title={finding.message}>
            {finding.record === null ? null : <span className="faint numeric">#{recordLabel(finding.record)} </span>}
            {textOr(`import.reason.${finding.code}`, finding.message, finding.values)}
          </li>
        ))}
      </ul>
    </details>
  )
}
