import { useQuery } from '@tanstack/react-query'
import { useDebouncedValue } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { RuleReport } from '../../../shared/ipc/channels/rule-channels.ts'
import type { RuleDraft } from '../../../shared/model/rule.ts'
import { useClient } from '../../app/client-context.tsx'
import { failureOf } from '../../app/failure.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { formatCount } from '../../format/number-format.ts'
import { useCategories } from '../category-picker.tsx'
import { Money } from '../money.tsx'
import { ErrorState } from '../states.tsx'

/** So long after the last key the rule is tested. */
const QUIET_MILLISECONDS = 350
const SHOWN = 8

/** What the rule as it stands would do to the transactions there are; asked again while it is written. */
export function useRuleTest(id: number | null, rule: RuleDraft | null, includeOwn: boolean) {
  const client = useClient()
  const [tested] = useDebouncedValue(JSON.stringify({ id, rule, includeOwn }), QUIET_MILLISECONDS)
  return useQuery<RuleReport | null>({
    queryKey: ['rule.test', tested],
    queryFn: ({ signal }) => {
      const input = JSON.parse(tested) as { id: number | null; rule: RuleDraft | null; includeOwn: boolean }
      if (input.rule === null) return null
      // a test that nobody waits for any more is stopped
      return client.call('rule.test', { ...input, rule: input.rule }, { signal, job: crypto.randomUUID() })
    },
    retry: false,
  })
}

export function RuleReportView({ query }: { query: ReturnType<typeof useRuleTest> }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { nameOf } = useCategories()
  const { data: report, error } = query
  if (error !== null && failureOf(error).code !== 'cancelled') return <ErrorState failure={failureOf(error)} />
  const count = (value: number) => formatCount(value, language)
  if (report === undefined) return <output className="muted small">{t('rule.testing')}</output>
  if (report === null) return <output className="muted small">{t('rule.incomplete')}</output>
  return (
    <div className="stack-tight">
      <output className="rule-verdict">
        {t('rule.wouldChange', {
          count: report.changed,
          formatted: count(report.changed),
          examined: count(report.examined),
        })}
        {report.met > report.changed ? (
          <span className="muted"> {t('rule.met', { formatted: count(report.met), count: report.met })}</span>
        ) : null}
        {report.own > 0 ? (
          <span className="muted"> {t('rule.own', { formatted: count(report.own), count: report.own })}</span>
        ) : null}
      </output>
      {report.rows.length === 0 ? null : (
        <table className="table rule-changes" aria-label={t('rule.changes')}>
          <thead>
            <tr>
              <th scope="col">{t('account.date')}</th>
              <th scope="col">{t('account.payee')}</th>
              <th scope="col">{t('account.category')}</th>
              <th scope="col" data-align="end">
                {t('account.amount')}
              </th>
            </tr>
          </thead>
          <tbody>
            {report.rows.slice(0, SHOWN).map(({ transactionId, bookedOn, payee, categoryId, amount }) => (
              <tr key={transactionId}>
                <td className="numeric">{bookedOn}</td>
                <td>
                  <BeforeAfter before={payee.before} after={payee.after} />
                </td>
                <td>
                  <BeforeAfter
                    before={nameOf(categoryId.before) ?? t('account.uncategorised')}
                    after={nameOf(categoryId.after) ?? t('account.uncategorised')}
                  />
                </td>
                <td data-align="end">
                  <Money value={amount} sign="always" />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {report.changed > SHOWN ? (
        <p className="muted small">{t('rule.andMore', { formatted: count(report.changed - SHOWN) })}</p>
      ) : null}
    </div>
  )
}

function BeforeAfter({ before, after }: { before: string; after: string }) {
  if (before === after) return <span>{after}</span>
  return (
    <span>
      <del className="faint">{before}</del> <ins className="rule-after">{after}</ins>
    </span>
  )
}
