import type { IsoDate } from '../../../../../shared/domain/iso-date.ts'
import { type Money, safeMinor } from '../../../../../shared/domain/money.ts'
import type { DepositCover } from '../../../../../shared/model/check.ts'
import { computeShare, type Weight } from '../ownership.ts'
import { limitOn, type Scheme } from './check-tables.ts'

/** A deposit with a balance above zero. */
export interface InsuredDeposit {
  readonly accountId: number
  readonly name: string
  readonly amount: Money
  /** The balance in the scheme's currency. */
  readonly minor: number
  readonly scheme: Scheme
  readonly assumed: boolean
  /** The bank that it counts under: institutions of one licence share one. */
  readonly bank: { readonly key: string; readonly name: string; readonly institutionId: number }
  /** Whose it is; none: the household's, taken as one depositor. */
  readonly owners: readonly Weight[]
}

type Group = { -readonly [K in keyof DepositCover]: DepositCover[K] }

/**
 * What a scheme pays of each depositor's money at each bank if the bank fails: all their deposits there, taken together,
 * up to the limit of the day. Deposits of several owners are shared as they own them; where the scheme insures joint
 * accounts apart they have a limit of their own. The largest uncovered sum first.
 */
export function computeDepositCover(deposits: readonly InsuredDeposit[], today: IsoDate): DepositCover[] {
  const groups = new Map<string, Group>()
  for (const { accountId, name, amount, minor, scheme, assumed, bank, owners } of deposits) {
    const joint = scheme.jointApart && owners.length > 1
    const parts =
      owners.length === 0
        ? [{ personId: null, part: minor }]
        : owners.map(({ personId }) => ({ personId, part: computeShare(minor, owners, personId) }))
    for (const { personId, part } of parts) {
      const key = `${bank.key} ${scheme.key} ${personId ?? ''} ${joint ? 'joint' : ''}`
      let group = groups.get(key)
      if (group === undefined) {
        group = {
          banks: [],
          institutionIds: [],
          scheme: scheme.key,
          currency: scheme.currency,
          personId,
          joint,
          balanceMinor: 0,
          limitMinor: limitOn(scheme, today).limitMinor ?? 0,
          coveredMinor: 0,
          uncoveredMinor: 0,
          accounts: [],
          assumed: false,
        }
        groups.set(key, group)
      }
      group.balanceMinor = safeMinor(group.balanceMinor + part)
      group.assumed ||= assumed
      if (!group.institutionIds.includes(bank.institutionId)) {
        group.institutionIds.push(bank.institutionId)
        group.banks.push(bank.name)
      }
      group.accounts.push({ accountId, name, amount })
    }
  }
  for (const group of groups.values()) {
    group.coveredMinor = Math.min(group.balanceMinor, group.limitMinor)
    group.uncoveredMinor = safeMinor(group.balanceMinor - group.coveredMinor)
  }
  return [...groups.values()].sort(
    (a, b) =>
      b.uncoveredMinor - a.uncoveredMinor ||
      b.balanceMinor - a.balanceMinor ||
      ((a.banks[0] ?? '') < (b.banks[0] ?? '') ? -1 : 1),
  )
}
