import { Select, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type CurrencyCode, isCurrencyCode } from '../../shared/domain/currency.ts'
import { isIsoDate, type IsoDate } from '../../shared/domain/iso-date.ts'
import type { Decimal } from '../../shared/domain/decimal.ts'
import { useLanguage, usePreferences } from '../app/preferences.tsx'
import { minorForInput, parseTypedMinor, parseTypedPercent, percentForInput } from '../format/amount-input.ts'
import { currencyChoices, currencySymbol, masked } from '../format/money-format.ts'

interface FieldProps {
  readonly label: string
  readonly description?: string | undefined
  readonly required?: boolean
  readonly disabled?: boolean
  readonly hideLabel?: boolean
  /** Has the focus when its drawer opens. */
  readonly first?: boolean
}

const common = ({
  label,
  description,
  required = false,
  disabled = false,
  hideLabel = false,
  first = false,
}: FieldProps) => ({
  ...(first ? { 'data-autofocus': true } : {}),
  ...(hideLabel ? { 'aria-label': label } : { label }),
  ...(description === undefined ? {} : { description }),
  withAsterisk: false,
  required,
  disabled,
})

/**
 * An amount. What is typed stays as typed until the field is left; `onChange` gets minor units, null for an empty field,
 * and `undefined` while what is there is no amount: the form must not be saved then.
 */
export function MoneyField({
  value,
  currency,
  onChange,
  plain = false,
  ...field
}: FieldProps & {
  value: number | null | undefined
  currency: CurrencyCode
  /** A number that is no money, such as points: without the currency's symbol. */
  plain?: boolean
  onChange: (minor: number | null | undefined) => void
}) {
  const { t } = useTranslation()
  const { language, mask } = usePreferences()
  const [typed, setTyped] = useState<string | null>(null)
  const [focused, setFocused] = useState(false)
  const shown = typed ?? (value === null || value === undefined ? '' : minorForInput(value, currency))
  const invalid = shown.trim() !== '' && parseTypedMinor(shown, currency) === null
  const symbol = currencySymbol(currency, language).trim()
  return (
    <TextInput
      {...common(field)}
      // in privacy mode an amount is seen only while it is being changed
      value={mask && !focused && !invalid && shown !== '' ? masked : shown}
      inputMode="decimal"
      autoComplete="off"
      {...(plain ? {} : { leftSection: <span className="field-symbol">{symbol}</span> })}
      leftSectionWidth={symbol.length > 2 ? 48 : 34}
      classNames={{ input: 'numeric' }}
      error={invalid ? t('common.amountInvalid') : undefined}
      onChange={(event) => {
        const text = event.currentTarget.value
        setTyped(text)
        onChange(text.trim() === '' ? null : (parseTypedMinor(text, currency) ?? undefined))
      }}
      onFocus={() => setFocused(true)}
      onBlur={() => {
        setFocused(false)
        if (!invalid) setTyped(null)
      }}
    />
  )
}

/** A rate in percent; `onChange` gets the fraction. */
export function PercentField({
  value,
  onChange,
  error,
  ...field
}: FieldProps & {
  value: Decimal | null | undefined
  /** What is wrong with a rate that is one. */
  error?: string | undefined
  onChange: (fraction: Decimal | null | undefined) => void
}) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? (value === null || value === undefined ? '' : percentForInput(value))
  const invalid = shown.trim() !== '' && parseTypedPercent(shown) === null
  return (
    <TextInput
      {...common(field)}
      value={shown}
      inputMode="decimal"
      autoComplete="off"
      rightSection={<span className="field-symbol">%</span>}
      error={invalid ? t('common.amountInvalid') : error}
      onChange={(event) => {
        const text = event.currentTarget.value
        setTyped(text)
        onChange(text.trim() === '' ? null : (parseTypedPercent(text) ?? undefined))
      }}
      onBlur={() => {
        if (!invalid) setTyped(null)
      }}
    />
  )
}

/** A civil date by the system's own picker; it speaks ISO underneath in every language. */
export function DateField({
  value,
  onChange,
  size,
  ...field
}: FieldProps & {
  value: IsoDate | null
  onChange: (date: IsoDate | null) => void
  size?: 'xs' | 'sm'
}) {
  return (
    <TextInput
      {...common(field)}
      {...(size === undefined ? {} : { size })}
      type="date"
      max="9999-12-31"
      value={value ?? ''}
      classNames={{ input: 'numeric' }}
      onChange={(event) => {
        const text = event.currentTarget.value
        onChange(isIsoDate(text) ? text : null)
      }}
    />
  )
}

export function CurrencyField({
  value,
  onChange,
  size,
  ...field
}: FieldProps & {
  value: CurrencyCode
  onChange: (currency: CurrencyCode) => void
  size?: 'xs' | 'sm'
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const choices = useMemo(
    () => currencyChoices(language).map(({ code, name }) => ({ value: String(code), label: `${name} · ${code}` })),
    [language],
  )
  return (
    <Select
      {...common(field)}
      {...(size === undefined ? {} : { size })}
      searchable
      allowDeselect={false}
      nothingFoundMessage={t('common.noMatches')}
      data={choices}
      value={value}
      maxDropdownHeight={280}
      onChange={(next) => {
        if (next !== null && isCurrencyCode(next)) onChange(next)
      }}
    />
  )
}
