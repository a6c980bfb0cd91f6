import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { minorFromDecimal, money } from '../../../shared/domain/money.ts'
import { recordLabel } from '../../../shared/domain/source-record.ts'
import type { FilePreview, PreviewRow } from '../../../shared/model/importing.ts'
import { Money } from '../../components/money.tsx'
import { Badge } from '../../components/small.tsx'
import { formatQuantity } from '../../format/number-format.ts'
import { unknown } from '../../format/money-format.ts'
import { textOr } from '../../i18n/texts.ts'
import { type Choices, choiceOf, withRow } from './choices.ts'

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
  onChoose,
}: {
  preview: FilePreview
  choices: Choices
  onChoose: (choices: Choices, again: boolean) => void
}) {
  const { t } = useTranslation()
  const leaveOut = new Set(choiceOf(choices, preview.file).leaveOut ?? [])
  return (
    <details className="fold">
      <summary>{t('import.rows')}</summary>
      <p className="muted small">{t('import.rowsShown', { count: preview.firstRows.length })}</p>
      <div className="preview-rows">
        <table className="table" data-dense="true" aria-label={t('import.rows')}>
          <tbody>
            {preview.firstRows.map((row) => (
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
