import { IconArrowDownRight, IconArrowUpRight, IconMinus } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Money as MoneyValue, money } from '../../shared/domain/money.ts'
import { usePreferences } from '../app/preferences.tsx'
import {
  formatCompactMoney,
  formatMoney,
  isLongFigure,
  masked,
  moneyParts,
  type SignDisplay,
  unknown,
} from '../format/money-format.ts'
import { formatPercent } from '../format/number-format.ts'

interface MoneyProps {
  /** Null is shown as "—". */
  readonly value: MoneyValue | null
  readonly sign?: SignDisplay
  /** Written with ≈; `title` should say why. */
  readonly estimate?: boolean
  readonly title?: string
  readonly className?: string
}

/** An amount: symbol small, minor units lighter, masked in privacy mode. */
export function Money({ value, sign = 'auto', estimate = false, title, className = '' }: MoneyProps) {
  const { language, mask } = usePreferences()
  const { t } = useTranslation()
  if (value === null) {
    return (
      <span className={`money ${className}`} title={title ?? t('common.unknown')}>
        {unknown}
      </span>
    )
  }
  if (mask) return <MaskedAmount className={className} />
  const parts = moneyParts(value, language, sign)
  return (
    <span className={`money ${className}`} title={title} data-long={isLongFigure(parts) || undefined}>
      {estimate ? '≈' : ''}
      {parts.sign}
      <span className="money-symbol">{parts.symbol}</span>
      {parts.whole}
      {parts.fraction === '' ? null : <span className="money-fraction">{parts.fraction}</span>}
    </span>
  )
}

function MaskedAmount({ className = '' }: { className?: string }) {
  const { t } = useTranslation()
  return (
    <span className={`money ${className}`}>
      <span aria-hidden="true" className="money-masked">
        {masked}
      </span>
      <span className="visually-hidden">{t('common.masked')}</span>
    </span>
  )
}

/** An amount with its own currency first and the base currency beneath, where the two differ. */
export function MoneyWithBase({ value, base }: { value: MoneyValue; base: MoneyValue | null }) {
  const { baseCurrency } = usePreferences()
  return (
    <span className="money-with-base">
      <Money value={value} />
      {value.currency === baseCurrency ? null : <Money value={base} estimate={base !== null} className="money-base" />}
    </span>
  )
}

interface ChangeProps {
  readonly value: MoneyValue | null
  /** value ÷ what it was before, where that makes sense. */
  readonly fraction?: number | null
  /** A rise is bad: debts. */
  readonly inverse?: boolean
}

/** A gain or a loss: arrow, sign and the colour that the user's setting gives it. */
export function Change({ value, fraction = null, inverse = false }: ChangeProps) {
  const { mask } = usePreferences()
  const { language } = usePreferences()
  const { t } = useTranslation()
  if (value === null) return <span className="change">{unknown}</span>
  const direction = value.minor === 0 ? 'flat' : value.minor > 0 ? 'up' : 'down'
  const tone = direction === 'flat' ? 'flat' : (direction === 'up') === inverse ? 'loss' : 'gain'
  const Arrow = direction === 'flat' ? IconMinus : direction === 'up' ? IconArrowUpRight : IconArrowDownRight
  return (
    <span className="change" data-tone={mask ? 'flat' : tone}>
      <span className="change-amount">
        {mask ? null : <Arrow size={16} stroke={1.8} aria-hidden="true" />}
        {mask ? null : (
          <span className="visually-hidden">
            {t(direction === 'flat' ? 'common.unchanged' : direction === 'up' ? 'common.up' : 'common.down')}
          </span>
        )}
        <Money value={value} sign="always" />
      </span>
      {fraction === null || mask ? null : (
        <span className="change-fraction">
          {value.minor > 0 ? '+' : ''}
          {formatPercent(fraction, language)}
        </span>
      )}
    </span>
  )
}

/** Amounts as plain text for titles, axes and tooltips: they obey privacy mode like all others. */
export function useMoneyText(): {
  exact: (value: MoneyValue | null, sign?: SignDisplay) => string
  compact: (value: MoneyValue, sign?: SignDisplay) => string
} {
  const { language, mask } = usePreferences()
  return useMemo(
    () => ({
      exact: (value, sign) => (value === null ? unknown : mask ? masked : formatMoney(value, language, sign)),
      compact: (value, sign) => (mask ? masked : formatCompactMoney(value, language, sign)),
    }),
    [language, mask],
  )
}

/** Money of minor units in the base currency; zero-free where the base is not known yet. */
export function useBaseMoney(): (minor: number) => MoneyValue | null {
  const { baseCurrency } = usePreferences()
  return (minor) => (baseCurrency === null ? null : money(minor, baseCurrency))
}
