import { addDays, type IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { BalanceBreak, Checkpoint } from '../../../../shared/model/reconciliation.ts'

/** A stated balance and what the transactions come to at that moment, in minor units of the account. */
export interface StatedBalance {
  readonly id: number
  readonly kind: Checkpoint['kind']
  readonly on: IsoDate
  readonly statedMinor: number
  readonly countedMinor: number
  /** A difference (stated − counted) that the user has accepted from here on. */
  readonly acceptedMinor: number | null
  readonly run: Checkpoint['run']
}

export interface ReconciledBalances {
  /** In the order of their moments. */
  readonly checkpoints: readonly Checkpoint[]
  readonly breaks: readonly BalanceBreak[]
  readonly agreesUntil: IsoDate | null
}

/** The end of a day lies after its beginning; a statement's own balance is more than a running one of the same moment. */
const ORDER: Readonly<Record<Checkpoint['kind'], number>> = { opening: 0, day: 1, closing: 2 }

function inOrder(left: StatedBalance, right: StatedBalance): number {
  if (left.on !== right.on) return left.on < right.on ? -1 : 1
  return ORDER[left.kind] - ORDER[right.kind] || left.id - right.id
}

const lastMoment = ({ kind, on }: StatedBalance): IsoDate => (kind === 'opening' ? addDays(on, -1) : on)

/**
 * Compares every stated balance with the transactions. Where the difference between the two changes, something lies
 * between this balance and the one before: that is a break, told with the days around it and the amount. A difference
 * that stays the same after a break is the same break; one that goes back to what was accepted (nothing, at first) is
 * none. `earlier`: older balances exist that are not among these, so a first one that differs broke before them.
 */
export function computeReconciliation(stated: readonly StatedBalance[], earlier = false): ReconciledBalances {
  const checkpoints: Checkpoint[] = []
  const breaks: BalanceBreak[] = []
  let accepted = 0
  let difference = 0
  let before: StatedBalance | null = null
  let agreesUntil: IsoDate | null = null
  let agreed = true
  for (const balance of stated.toSorted(inOrder)) {
    const now = balance.statedMinor - balance.countedMinor
    if (balance.acceptedMinor === now) accepted = now
    const status = now === 0 ? 'agrees' : now === accepted ? 'accepted' : 'differs'
    if (before === null && earlier) difference = now
    const { id, kind, on, statedMinor, countedMinor, run } = balance
    checkpoints.push({ id, kind, on, statedMinor, countedMinor, differenceMinor: now, status, run })
    if (status === 'differs' && now !== difference) {
      breaks.push({
        checkpointId: id,
        after: before === null ? null : lastMoment(before),
        on: lastMoment(balance),
        missingMinor: now - difference,
        cause: causeOf(before, balance),
      })
    }
    agreed &&= status !== 'differs'
    if (agreed) agreesUntil = lastMoment(balance)
    difference = now
    before = balance
  }
  return { checkpoints, breaks, agreesUntil }
}

function causeOf(before: StatedBalance | null, balance: StatedBalance): BalanceBreak['cause'] {
  if (before === null) return 'opening'
  return balance.kind === 'opening' ? 'gap' : 'within'
}
