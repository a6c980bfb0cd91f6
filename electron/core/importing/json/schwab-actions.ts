import { type Decimal, signOfDecimal, ZERO } from '../../../../shared/domain/decimal.ts'
import type { TransactionKind } from '../importer.ts'

/**
 * The broker's words for what happened, in small letters; the first that fits counts. "NRA Tax Adj" is tax before it is
 * an adjustment, "ADR Mgmt Fee" a fee, "Long Term Cap Gain Reinvest" the distribution that "Reinvest Shares" then spends.
 */
const ACTIONS: readonly (readonly [RegExp, TransactionKind])[] = [
  [/tax|withh/, 'tax'],
  [/\bfees?\b|\bcommission/, 'fee'],
  [/^reinvest shares|^buy|^purchase/, 'buy'],
  [
    /^sell|^sale\b|quick sell|^full redemption|^partial redemption|^cash merger|^tender|^maturity|matur|^redeem/,
    'sell',
  ],
  [/return of cap|^principal payment/, 'return-of-capital'],
  [/\bint(?:erest)?\b/, 'interest'],
  [/\bdiv(?:idend)?\b|cap(?:ital)? gain|reinvest|cash in lieu|distribution/, 'dividend'],
  [
    /^(?:funds received|moneylink deposit|deposit|auto s1 credit|wire received|wire funds received|visa credit)/,
    'deposit',
  ],
  [/^atm/, 'cash-withdrawal'],
  [/journal|transfer|moneylink|wire|disbursement/, 'transfer'],
  [/^(?:funds paid|auto s1 debit|check|bill pay|visa|pos)/, 'payment'],
]

const DIRECT: ReadonlySet<TransactionKind> = new Set(['buy', 'sell'])

export interface SchwabMove {
  readonly kind: TransactionKind
  /** Absent where no units moved. */
  readonly quantity?: Decimal
}

/** What is written as a size moves out where the words say so. */
const OUTWARD =
  /journal(?:ed)? (?:shares )?to\b|\bto account\b|transfer(?:red)? (?:shares )?out|^expired|^assigned|delivered out/

function negative(quantity: Decimal): Decimal {
  return signOfDecimal(quantity) > 0 ? (`-${quantity}` as Decimal) : quantity
}

/**
 * What a row of the transaction history is. Units without money are a movement (or a split) by their own sign, units
 * with money a purchase or sale; money alone is what the broker calls it.
 */
export function schwabMove(
  action: string,
  description: string,
  quantity: Decimal | undefined,
  amount: Decimal | undefined,
): SchwabMove {
  const plain = action.toLowerCase()
  const named = ACTIONS.find(([words]) => words.test(plain))?.[1] ?? 'other'
  const hasUnits = quantity !== undefined && quantity !== ZERO
  const hasMoney = amount !== undefined && amount !== ZERO
  if (!hasUnits) return { kind: named === 'buy' || named === 'sell' ? 'other' : named }
  if (/split/.test(plain)) return { kind: 'split', quantity }
  if (DIRECT.has(named)) return { kind: named, quantity: named === 'sell' ? negative(quantity) : quantity }
  if (hasMoney && named !== 'transfer' && named !== 'other' && named !== 'deposit') return { kind: named }
  const isOut = OUTWARD.test(`${plain} ${description.toLowerCase()}`)
  const moved = isOut ? negative(quantity) : quantity
  return { kind: signOfDecimal(moved) < 0 ? 'security-out' : 'security-in', quantity: moved }
}
