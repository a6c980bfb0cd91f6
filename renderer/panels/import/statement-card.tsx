import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type CurrencyCode } from '../../../shared/domain/currency.ts'
import type { Decimal } from '../../../shared/domain/decimal.ts'
import { minorFromDecimal, money } from '../../../shared/domain/money.ts'
import type { AccountDraft } from '../../../shared/model/account.ts'
import type { PreviewStatement } from '../../../shared/model/importing.ts'
import { usePreferences } from '../../app/preferences.tsx'
import { useCall } from '../../app/queries.ts'
import { CurrencyField } from '../../components/fields.tsx'
import { KindField } from '../../components/kind-field.tsx'
import { Money } from '../../components/money.tsx'
import { formatDate } from '../../format/date-format.ts'
import { unknown } from '../../format/money-format.ts'
import { formatQuantity } from '../../format/number-format.ts'
import { type Choices, type ChosenTarget, withTarget } from './choices.ts'
import { Counts } from './import-words.tsx'

interface StatementCardProps {
  readonly file: string
  readonly statement: PreviewStatement
  readonly choices: Choices
  readonly onChoose: (choices: Choices, again: boolean) => void
  /** The file's counts are this statement's. */
  readonly alone: boolean
}

function MajorAmount({ amount, currency }: { amount: Decimal | null; currency: CurrencyCode | null }) {
  if (amount === null) return unknown
  if (currency === null) return <span className="numeric">{formatQuantity(amount)}</span>
  return <Money value={money(minorFromDecimal(amount, currency).minor, currency)} />
}

/** One statement of a file and the account it goes to: matched, another one, a new one, or none. */
export function StatementCard({ file, statement, choices, onChoose, alone }: StatementCardProps) {
  const { t } = useTranslation()
  const { language, baseCurrency } = usePreferences()
  const accounts = useCall('account.list', {}).data ?? []
  const { target, found } = statement
  const [draft, setDraft] = useState<AccountDraft | null>(target.type === 'new' ? target.draft : null)
  const [name, setName] = useState<string | null>(null)
  const fallback: AccountDraft | null =
    baseCurrency === null
      ? null
      : {
          name: found.name ?? [found.institution, found.maskedNumber].filter((part) => part !== null).join(' '),
          kind: found.kind ?? 'checking',
          institution: found.institution,
          number: null,
          currency: statement.currency ?? baseCurrency,
          openingMinor: 0,
          openingOn: null,
          notes: '',
          terms: {},
        }
  const newDraft = target.type === 'new' ? target.draft : (draft ?? fallback)
  const set = (next: ChosenTarget) => onChoose(withTarget(choices, file, statement.statement, next), true)
  const value = target.type === 'existing' ? String(target.accountId) : target.type
  // a file that names no currency is read in that of the account it goes to
  const currency = statement.currency ?? (target.type === 'new' ? target.draft.currency : null)
  const shownName = name ?? (target.type === 'new' ? target.draft.name : '')
  const foundText = [found.institution, found.name, found.maskedNumber].filter((part) => part !== null && part !== '')
  return (
    <section className="statement">
      <div className="statement-target">
        <Select
          size="xs"
          label={t('import.into')}
          searchable
          allowDeselect={false}
          value={value}
          data={[
            ...(newDraft === null ? [] : [{ value: 'new', label: t('import.newAccount') }]),
            ...accounts.map((account) => ({
              value: String(account.id),
              label:
                account.maskedNumber === null || account.name.includes(account.maskedNumber)
                  ? account.name
                  : `${account.name} ${account.maskedNumber}`,
            })),
            { value: 'leave-out', label: t('import.leaveOut') },
          ]}
          onChange={(next) => {
            if (target.type === 'new') setDraft(target.draft)
            if (next === null || next === value) return
            if (next === 'leave-out') set({ type: 'leave-out' })
            else if (next === 'new') {
              if (newDraft !== null) set({ type: 'new', draft: newDraft })
            } else set({ type: 'existing', accountId: Number(next) })
          }}
        />
        {target.type === 'new' ? (
          <TextInput
            size="xs"
            label={t('import.newAccountName')}
            value={shownName}
            maxLength={500}
            onChange={(event) => setName(event.currentTarget.value)}
            onBlur={() => {
              const trimmed = shownName.trim()
              if (trimmed !== '' && trimmed !== target.draft.name) {
                set({ type: 'new', draft: { ...target.draft, name: trimmed } })
              }
              setName(null)
            }}
          />
        ) : null}
        {target.type === 'new' ? (
          <KindField
            size="xs"
            value={target.draft.kind}
            onChange={(kind) => set({ type: 'new', draft: { ...target.draft, kind } })}
          />
        ) : null}
        {target.type === 'new' && statement.currency === null ? (
          <CurrencyField
            size="xs"
            label={t('account.currency')}
            value={target.draft.currency}
            onChange={(currency) => set({ type: 'new', draft: { ...target.draft, currency } })}
          />
        ) : null}
        {target.type === 'existing' ? <span className="faint small">{t(`import.why.${target.why}`)}</span> : null}
      </div>
      <dl className="statement-facts">
        {foundText.length === 0 ? null : (
          <div>
            <dt>{t('import.statement')}</dt>
            <dd>{foundText.join(' · ')}</dd>
          </div>
        )}
        <div>
          <dt>{t('import.period')}</dt>
          <dd className="numeric">
            {statement.from === null || statement.to === null
              ? unknown
              : `${formatDate(statement.from, language)} – ${formatDate(statement.to, language)}`}
          </dd>
        </div>
        {statement.opening === null ? null : (
          <div>
            <dt>{t('import.opening')}</dt>
            <dd>
              <MajorAmount amount={statement.opening} currency={currency} />
            </dd>
          </div>
        )}
        {statement.closing === null ? null : (
          <div>
            <dt>{t('import.closing')}</dt>
            <dd>
              <MajorAmount amount={statement.closing} currency={currency} />
            </dd>
          </div>
        )}
        {statement.positions === 0 ? null : (
          <div>
            <dt className="visually-hidden">{t('import.statement')}</dt>
            <dd>{t('import.positions', { count: statement.positions })}</dd>
          </div>
        )}
      </dl>
      {alone ? null : <Counts counts={statement.counts} />}
    </section>
  )
}
