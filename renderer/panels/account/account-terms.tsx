import { NumberInput, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { accountKindOf } from '../../../shared/model/account-kinds.ts'
import { repaymentMethods } from '../../../shared/model/terms.ts'
import { DateField, MoneyField, PercentField } from '../../components/fields.tsx'
import { Notice } from '../../components/small.tsx'
import { type AccountForm, sectionsOf } from './account-form.ts'

interface TermsFieldsProps {
  readonly form: AccountForm
  readonly set: (part: Partial<AccountForm>) => void
}

const wholeOrNull = (value: string | number): number | null => {
  const number = Number(value)
  return value === '' || !Number.isInteger(number) ? null : number
}

export function CardTermsFields({ form, set }: TermsFieldsProps) {
  const { t } = useTranslation()
  const dueType = form.due?.type ?? 'none'
  return (
    <fieldset className="fieldset">
      <legend>{t('account.cardTerms')}</legend>
      <MoneyField
        key={form.currency}
        label={t('account.limit')}
        currency={form.currency}
        value={form.limit}
        onChange={(limit) => set({ limit })}
      />
      <NumberInput
        label={t('account.statementDay')}
        description={t('account.dayHint')}
        inputWrapperOrder={['label', 'input', 'description']}
        min={1}
        max={31}
        allowDecimal={false}
        value={form.statementDay ?? ''}
        onChange={(value) => set({ statementDay: wholeOrNull(value) })}
      />
      <div className="columns-2">
        <Select
          label={t('account.due')}
          allowDeselect={false}
          value={dueType}
          data={[
            { value: 'none', label: t('account.dueNone') },
            { value: 'day', label: t('account.dueDay') },
            { value: 'days-after', label: t('account.dueDaysAfter') },
          ]}
          onChange={(type) =>
            set({
              due:
                type === 'day'
                  ? { type: 'day', day: 10 }
                  : type === 'days-after'
                    ? { type: 'days-after', days: 20 }
                    : null,
            })
          }
        />
        {form.due === null ? null : (
          <NumberInput
            label={t(form.due.type === 'day' ? 'account.dueDayLabel' : 'account.dueDaysLabel')}
            min={form.due.type === 'day' ? 1 : 0}
            max={form.due.type === 'day' ? 31 : 60}
            clampBehavior="strict"
            allowDecimal={false}
            value={form.due.type === 'day' ? form.due.day : form.due.days}
            onChange={(value) => {
              const number = wholeOrNull(value)
              if (number === null) return
              set({
                due: form.due?.type === 'day' ? { type: 'day', day: number } : { type: 'days-after', days: number },
              })
            }}
          />
        )}
      </div>
    </fieldset>
  )
}

export function LoanTermsFields({ form, set }: TermsFieldsProps) {
  const { t } = useTranslation()
  return (
    <fieldset className="fieldset">
      <legend>{t('account.loanTerms')}</legend>
      <p className="muted small">
        {t('account.loanTermsHint')} {accountKindOf(form.kind).valuedBy === 'schedule' ? t('kind.planHint') : null}
      </p>
      <div className="columns-2">
        <MoneyField
          key={form.currency}
          label={t('account.principal')}
          currency={form.currency}
          value={form.principal}
          onChange={(principal) => set({ principal })}
        />
        <PercentField
          label={t('account.rate')}
          value={form.annualRate}
          onChange={(annualRate) => set({ annualRate })}
        />
        <NumberInput
          label={t('account.months')}
          min={1}
          max={600}
          allowDecimal={false}
          value={form.months ?? ''}
          onChange={(value) => set({ months: wholeOrNull(value) })}
        />
        <DateField
          label={t('account.firstDueOn')}
          value={form.firstDueOn}
          onChange={(firstDueOn) => set({ firstDueOn })}
        />
      </div>
      <Select
        label={t('account.method')}
        allowDeselect={false}
        value={form.method}
        data={repaymentMethods.map((method) => ({ value: method, label: t(`account.methods.${method}`) }))}
        onChange={(value) => {
          const method = repaymentMethods.find((one) => one === value)
          if (method !== undefined) set({ method })
        }}
      />
      {sectionsOf(form) === null ? <Notice tone="attention">{t('account.loanIncomplete')}</Notice> : null}
    </fieldset>
  )
}
