import { NumberInput, Select, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import { isDecimal, tryParseDecimal } from '../../../shared/domain/decimal.ts'
import { isIsoDate } from '../../../shared/domain/iso-date.ts'
import { faultsOfDetails } from '../../../shared/model/account-details.ts'
import { type AccountField, accountFieldOf } from '../../../shared/model/account-fields.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { DateField, MoneyField, PercentField } from '../../components/fields.tsx'
import { shownFields } from './account-details.ts'

type Value = string | number | undefined

interface DetailProps {
  readonly field: AccountField
  readonly label: string
  readonly value: Value
  /** What is wrong with it, in words. */
  readonly error: string | undefined
  readonly currency: CurrencyCode
  /** Null: nothing is given; undefined: what is typed is no value. */
  readonly onChange: (value: string | number | null | undefined) => void
}

const wholeOrUndefined = (value: string | number): number | null | undefined => {
  if (value === '') return null
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : undefined
}

function DetailField({ field, label, value, error, currency, onChange }: DetailProps) {
  const language = useLanguage()
  switch (field.type) {
    case 'date':
      return (
        <DateField
          label={label}
          value={typeof value === 'string' && isIsoDate(value) ? value : null}
          onChange={onChange}
        />
      )
    case 'money':
      return (
        <MoneyField
          key={currency}
          label={label}
          currency={currency}
          value={typeof value === 'number' ? value : null}
          onChange={onChange}
        />
      )
    case 'rate':
      return (
        <PercentField
          label={label}
          value={typeof value === 'string' && isDecimal(value) ? value : null}
          error={error}
          onChange={onChange}
        />
      )
    case 'integer':
    case 'day-of-month':
      return (
        <NumberInput
          label={label}
          error={error}
          allowDecimal={false}
          allowNegative={false}
          value={typeof value === 'number' ? value : ''}
          onChange={(typed) => onChange(wholeOrUndefined(typed))}
        />
      )
    case 'choice':
      return (
        <Select
          label={label}
          error={error}
          clearable
          data={(field.choices ?? []).map(({ key, nameZh, nameEn }) => ({
            value: key,
            label: language === 'zh-CN' ? nameZh : nameEn,
          }))}
          value={typeof value === 'string' ? value : null}
          onChange={onChange}
        />
      )
    case 'month-day':
      return <MonthDayField label={label} value={typeof value === 'string' ? value : ''} onChange={onChange} />
    case 'decimal':
      return (
        <DecimalField label={label} value={typeof value === 'string' ? value : ''} error={error} onChange={onChange} />
      )
    case 'text':
    default:
      return (
        <TextInput
          label={label}
          error={error}
          autoComplete="off"
          maxLength={500}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
        />
      )
  }
}

/** A number with decimals; stays as typed until it is one. */
function DecimalField({
  label,
  value,
  error,
  onChange,
}: {
  label: string
  value: string
  error: string | undefined
  onChange: (value: string | null | undefined) => void
}) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(value)
  const invalid = typed.trim() !== '' && tryParseDecimal(typed.trim()) === null
  return (
    <TextInput
      label={label}
      error={invalid ? t('kind.fault.not-a-number') : error}
      inputMode="decimal"
      autoComplete="off"
      classNames={{ input: 'numeric' }}
      value={typed}
      onChange={(event) => {
        const text = event.currentTarget.value
        setTyped(text)
        onChange(text.trim() === '' ? null : (tryParseDecimal(text.trim()) ?? undefined))
      }}
    />
  )
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const twoDigits = (number: number): string => String(number).padStart(2, '0')

/** A day of every year, kept as --MM-DD. */
function MonthDayField({
  label,
  value,
  onChange,
}: {
  label: string
  value: string
  onChange: (value: string | null | undefined) => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [month, setMonth] = useState<string | null>(value === '' ? null : value.slice(2, 4))
  const [day, setDay] = useState<string | null>(value === '' ? null : value.slice(5, 7))
  const months = useMemo(() => {
    const format = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' })
    return DAYS.map((_, index) => ({ value: twoDigits(index + 1), label: format.format(Date.UTC(2000, index, 1)) }))
  }, [language])
  const days = Array.from({ length: DAYS[Number(month ?? 1) - 1] ?? 31 }, (_, index) => twoDigits(index + 1))
  const give = (nextMonth: string | null, nextDay: string | null): void => {
    const most = DAYS[Number(nextMonth ?? 1) - 1] ?? 31
    const kept = nextDay !== null && Number(nextDay) > most ? twoDigits(most) : nextDay
    setMonth(nextMonth)
    setDay(kept)
    if (nextMonth === null && kept === null) onChange(null)
    else onChange(nextMonth === null || kept === null ? undefined : `--${nextMonth}-${kept}`)
  }
  return (
    <fieldset className="month-day">
      <legend>{label}</legend>
      <span className="inline">
        <Select
          aria-label={t('kind.month', { field: label })}
          placeholder={t('kind.monthShort')}
          data={months}
          value={month}
          clearable
          onChange={(next) => give(next, next === null ? null : day)}
        />
        <Select
          aria-label={t('kind.day', { field: label })}
          placeholder={t('kind.dayShort')}
          data={days.map((one) => ({ value: one, label: String(Number(one)) }))}
          value={day}
          miw={72}
          w={72}
          withCheckIcon={false}
          rightSection={null}
          onChange={(next) => give(month, next)}
        />
      </span>
    </fieldset>
  )
}

/** The facts that accounts of this kind have, each with what is wrong with it. */
export function DetailFields({
  kind,
  currency,
  details,
  set,
}: {
  kind: string
  currency: CurrencyCode
  details: Readonly<Record<string, Value>>
  set: (details: Readonly<Record<string, Value>>) => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const keys = shownFields(kind)
  if (keys.length === 0) return null
  const errorOf = (field: AccountField, value: Value): string | undefined => {
    if (value === undefined) return undefined
    const [found] = faultsOfDetails(kind, { [field.key]: value })
    if (found === undefined) return undefined
    const percent = (bound: string | undefined): string =>
      bound === undefined ? '' : field.type === 'rate' ? `${Number(bound) * 100} %` : bound
    if (found.fault !== 'out-of-range') return t(`kind.fault.${found.fault}`)
    if (field.max === undefined) return t('kind.fault.least', { min: percent(field.min) })
    return t('kind.fault.out-of-range', { min: percent(field.min ?? '0'), max: percent(field.max) })
  }
  return (
    <fieldset className="fieldset">
      <legend>{t('kind.details')}</legend>
      <div className="columns-2">
        {keys.map((key) => {
          const field = accountFieldOf(key)
          return (
            <DetailField
              key={`${kind} ${key}`}
              field={field}
              label={language === 'zh-CN' ? field.nameZh : field.nameEn}
              value={details[key]}
              error={errorOf(field, details[key])}
              currency={currency}
              onChange={(value) => {
                const { [key]: _, ...others } = details
                set(value === null ? others : { ...others, [key]: value })
              }}
            />
          )
        })}
      </div>
    </fieldset>
  )
}
