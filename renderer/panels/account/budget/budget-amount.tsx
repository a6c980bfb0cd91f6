import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { money } from '../../../../shared/domain/money.ts'
import { usePreferences } from '../../../app/preferences.tsx'
import { Money } from '../../../components/money.tsx'
import { parseTypedMinor } from '../../../format/amount-input.ts'
import { moneyParts } from '../../../format/money-format.ts'

/** The field beneath or above in the same table. */
function neighbour(field: HTMLInputElement, by: 1 | -1): HTMLInputElement | undefined {
  const all = [...(field.closest('table')?.querySelectorAll<HTMLInputElement>('input.budget-input') ?? [])]
  return all[all.indexOf(field) + by]
}

/**
 * A budget's amount, edited in its place: Enter keeps it and goes to the next, the arrows go up and down, Tab goes on,
 * Escape takes back what was typed. What is no amount is told and not kept.
 */
export function BudgetAmount({
  label,
  minor,
  currency,
  negative,
  onSave,
}: {
  label: string
  minor: number
  currency: CurrencyCode
  /** Whether it may be below zero. */
  negative: boolean
  onSave: (minor: number) => void
}) {
  const { t } = useTranslation()
  const { language, mask } = usePreferences()
  const [typed, setTyped] = useState<string | null>(null)
  // Escape leaves the field without keeping: the leaving must know, before the state is drawn
  const dropped = useRef(false)
  if (mask) return <Money value={money(minor, currency)} />
  const value = typed === null ? minor : typed.trim() === '' ? 0 : parseTypedMinor(typed, currency)
  const invalid = value === null || (!negative && value < 0)
  const { sign, whole, fraction } = moneyParts(money(minor, currency), language)
  const shown = `${sign}${whole}${fraction}`
  const keep = (): boolean => {
    if (typed === null) return true
    if (invalid) return false
    setTyped(null)
    if (value !== minor) onSave(value)
    return true
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const field = event.currentTarget
    if (event.key === 'Escape') {
      event.stopPropagation()
      dropped.current = true
      setTyped(null)
      field.blur()
      field.focus()
      dropped.current = false
    }
    if (event.key === 'Enter' && keep()) neighbour(field, event.shiftKey ? -1 : 1)?.focus()
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (keep()) neighbour(field, event.key === 'ArrowDown' ? 1 : -1)?.focus()
    }
  }
  return (
    <input
      className="budget-input numeric"
      type="text"
      inputMode="decimal"
      autoComplete="off"
      aria-label={label}
      aria-invalid={invalid}
      title={invalid ? t('common.amountInvalid') : undefined}
      value={typed ?? shown}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={() => {
        if (!dropped.current) keep()
      }}
    />
  )
}
