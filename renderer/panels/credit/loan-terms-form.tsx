import { Button, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Decimal } from '../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import type { Credit } from '../../../shared/model/credit.ts'
import { type LoanTerms, type RepaymentMethod, repaymentMethods } from '../../../shared/model/terms.ts'
import { useCall, useChange } from '../../app/queries.ts'
import { DateField, MoneyField, PercentField } from '../../components/fields.tsx'
import { Loaded } from '../../components/states.tsx'
import { parseDay } from './card-drawer.tsx'
import { LoanScheduleView } from './loan-schedule-view.tsx'

type Loan = Credit['loans'][number]

const LONGEST_MONTHS = 600

/** The terms of a loan; the schedule beneath follows what is typed. */
export function LoanTermsForm({ loan, onDone }: { loan: Loan; onDone: () => void }) {
  const { t } = useTranslation()
  const { terms } = loan
  const [principal, setPrincipal] = useState<number | null | undefined>(terms?.principalMinor ?? null)
  const [rate, setRate] = useState<Decimal | null | undefined>(terms?.annualRate ?? null)
  const [months, setMonths] = useState(String(terms?.months ?? ''))
  const [firstDueOn, setFirstDueOn] = useState<IsoDate | null>(terms?.firstDueOn ?? null)
  const [method, setMethod] = useState<RepaymentMethod>(terms?.method ?? 'annuity')
  const save = useChange('account.update', { done: t('credit.saved'), undoable: true, onDone })

  const count = parseDay(months, 1, LONGEST_MONTHS)
  const draft = useMemo<LoanTerms | null>(
    () =>
      typeof principal === 'number' &&
      principal > 0 &&
      typeof rate === 'string' &&
      typeof count === 'number' &&
      firstDueOn !== null
        ? { principalMinor: principal, annualRate: rate, months: count, firstDueOn, method }
        : null,
    [principal, rate, count, firstDueOn, method],
  )
  // the schedule follows typing, but not at every key
  const [settled] = useDebouncedValue(draft, 250)
  return (
    <div className="stack">
      <form
        className="stack-tight"
        aria-label={t('credit.loanTerms')}
        onSubmit={(event) => {
          event.preventDefault()
          if (draft !== null) save.mutate({ id: loan.accountId, patch: { terms: { loan: draft } } })
        }}
      >
        <h3>{t('credit.loanTerms')}</h3>
        <div className="columns-2">
          <MoneyField
            label={t('credit.principal')}
            required
            value={principal}
            currency={loan.owed.currency}
            onChange={setPrincipal}
          />
          <PercentField label={t('credit.annualRate')} required value={rate} onChange={setRate} />
          <TextInput
            label={t('credit.months')}
            description={t('credit.monthsHint')}
            required
            withAsterisk={false}
            inputMode="numeric"
            value={months}
            error={count === undefined ? t('credit.dayInvalid', { from: 1, to: LONGEST_MONTHS }) : undefined}
            onChange={(event) => setMonths(event.currentTarget.value)}
          />
          <DateField label={t('credit.firstDueOn')} required value={firstDueOn} onChange={setFirstDueOn} />
        </div>
        <Select
          label={t('credit.method')}
          description={t(`credit.methodHints.${method}`)}
          allowDeselect={false}
          data={repaymentMethods.map((key) => ({ value: key, label: t(`credit.methods.${key}`) }))}
          value={method}
          onChange={(next) => {
            const found = repaymentMethods.find((key) => key === next)
            if (found !== undefined) setMethod(found)
          }}
        />
        <div className="inline-end">
          {terms === null ? null : (
            <Button variant="default" onClick={onDone}>
              {t('common.cancel')}
            </Button>
          )}
          <Button type="submit" disabled={draft === null} loading={save.isPending}>
            {t('common.save')}
          </Button>
        </div>
      </form>
      {settled === null || draft === null ? null : <Preview terms={settled} currency={loan.owed.currency} />}
    </div>
  )
}

function Preview({ terms, currency }: { terms: LoanTerms; currency: Loan['owed']['currency'] }) {
  const query = useCall('loan.preview', { terms, currency }, { keepPrevious: true })
  return (
    <Loaded query={query} quiet>
      {(schedule) => <LoanScheduleView schedule={schedule} />}
    </Loaded>
  )
}
