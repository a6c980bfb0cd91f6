import type { Decimal } from '../../shared/domain/decimal.ts'
import type { Language } from './language.ts'
import { unknown } from './money-format.ts'

/** A share or rate given as a fraction: 0.0425 is "4.25%". */
export function formatPercent(fraction: number | null, language: Language, digits = 1): string {
  if (fraction === null || !Number.isFinite(fraction)) return unknown
  const text = new Intl.NumberFormat(language, {
    style: 'percent',
    maximumFractionDigits: digits,
    // what rounds to nothing has no sign
    signDisplay: 'negative',
  }).format(fraction)
  return text.replace('-', '−')
}

/** A part of a whole in whole percents. A part that is there is never "0%": it is "<1%". */
export function formatShare(fraction: number | null, language: Language): string {
  const small = fraction !== null && fraction > 0 && fraction < 0.005
  return small ? `<${formatPercent(0.01, language, 0)}` : formatPercent(fraction, language, 0)
}

/** A count of things, grouped. */
export function formatCount(count: number, language: Language): string {
  return new Intl.NumberFormat(language).format(count)
}

/** An exact quantity with all its digits, the whole part grouped. */
export function formatQuantity(value: Decimal): string {
  const [whole = '0', fraction] = value.replace('-', '').split('.')
  const grouped = whole.replace(/\B(?=(\d{3}){1,12}$)/g, ',')
  return `${value.startsWith('-') ? '−' : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`
}

/** A file's size: 1.2 MB. */
export function formatBytes(bytes: number, language: Language): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3))
  const unit = units[step] ?? 'byte'
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay: unit === 'byte' ? 'long' : 'short',
    maximumFractionDigits: 1,
  }).format(bytes / 1000 ** step)
}
