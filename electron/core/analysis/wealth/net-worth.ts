import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { type Money, safeMinor } from '../../../../shared/domain/money.ts'
import type { AccountClass } from '../../../../shared/model/account.ts'
import type { NetWorth } from '../../../../shared/model/figures.ts'
import { BaseTally, type Converter } from './fx-conversion.ts'

export interface CountedAccount {
  readonly class: AccountClass
  readonly side: 'asset' | 'liability'
  /** What it holds: cash, securities, or a dated value; signed, a debt negative. Several currencies may occur. */
  readonly amounts: readonly Money[]
  /** The part of its worth (minor units of the base currency) that counts; all of it where left out. */
  readonly partOf?: (minor: number) => number
}

export interface ClassTotal {
  readonly class: AccountClass
  readonly side: 'asset' | 'liability'
  /** A magnitude in the base currency; negative only where overdrafts or credit balances outweigh the rest. */
  minor: number
  accounts: number
}

export interface CountedWorth {
  readonly netWorth: NetWorth
  /** Largest first within a side, assets first. */
  readonly classes: ClassTotal[]
}

/**
 * Net worth = assets − liabilities. An account counts on the side of its kind whatever its sign: an overdrawn checking
 * account lowers the assets, a credit card in credit lowers the liabilities. Each amount is converted and rounded by
 * itself, so that the accounts shown add up to the total shown; only then an account is shared. Amounts without a rate
 * are left out and told.
 */
export function computeNetWorth(
  accounts: Iterable<CountedAccount>,
  base: CurrencyCode,
  on: IsoDate,
  converter: Converter,
): CountedWorth {
  const tally = new BaseTally(converter, base, on)
  const classes = new Map<AccountClass, ClassTotal>()
  for (const account of accounts) {
    const total = classes.get(account.class) ?? { class: account.class, side: account.side, minor: 0, accounts: 0 }
    classes.set(account.class, total)
    total.accounts += 1
    const whole = account.amounts.reduce((sum, amount) => sum + (tally.convert(amount)?.value.minor ?? 0), 0)
    const minor = account.partOf === undefined ? whole : account.partOf(safeMinor(whole))
    total.minor = safeMinor(total.minor + (account.side === 'asset' ? minor : -minor))
  }
  const sum = (side: 'asset' | 'liability'): number =>
    safeMinor([...classes.values()].reduce((total, entry) => (entry.side === side ? total + entry.minor : total), 0))
  const [assetsMinor, liabilitiesMinor] = [sum('asset'), sum('liability')]
  const netMinor = safeMinor(assetsMinor - liabilitiesMinor)
  return {
    netWorth: { on, currency: base, netMinor, assetsMinor, liabilitiesMinor, notes: tally.notes() },
    classes: [...classes.values()].sort((left, right) =>
      left.side === right.side ? right.minor - left.minor : left.side === 'asset' ? -1 : 1,
    ),
  }
}
