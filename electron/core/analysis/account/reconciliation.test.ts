import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { computeReconciliation, type StatedBalance } from './reconciliation.ts'

let nextId = 0
const stated = (
  kind: StatedBalance['kind'],
  on: string,
  statedMinor: number,
  countedMinor: number,
  acceptedMinor: number | null = null,
): StatedBalance => {
  nextId += 1
  return { id: nextId, kind, on: parseIsoDate(on), statedMinor, countedMinor, acceptedMinor, run: null }
}

describe('computeReconciliation', () => {
  it('agrees where every stated balance is what the transactions come to', () => {
    const { breaks, agreesUntil } = computeReconciliation([
      stated('closing', '2026-02-28', 900, 900),
      stated('opening', '2026-01-01', 500, 500),
      stated('closing', '2026-01-31', 700, 700),
    ])
    expect(breaks).toEqual([])
    expect(agreesUntil).toBe('2026-02-28')
  })

  it('names the days between which the difference changes, and by how much, once', () => {
    const closing = stated('closing', '2026-02-28', 880, 1000)
    const { breaks, agreesUntil, checkpoints } = computeReconciliation([
      stated('closing', '2026-01-31', 700, 700),
      closing,
      stated('closing', '2026-03-31', 1080, 1200),
    ])
    // 880 − 1,000 = −120: a row of −120 is missing in February; March adds nothing to it
    expect(breaks).toEqual([
      { checkpointId: closing.id, after: '2026-01-31', on: '2026-02-28', missingMinor: -120, cause: 'within' },
    ])
    expect(agreesUntil).toBe('2026-01-31')
    expect(checkpoints.map(({ status }) => status)).toEqual(['agrees', 'differs', 'differs'])
  })

  it('finds the day where running balances are stated', () => {
    const { breaks } = computeReconciliation([
      stated('closing', '2026-01-31', 700, 700),
      stated('day', '2026-02-03', 650, 650),
      stated('day', '2026-02-04', 640, 650),
      stated('closing', '2026-02-28', 990, 1000),
    ])
    expect(breaks).toMatchObject([{ after: '2026-02-03', on: '2026-02-04', missingMinor: -10 }])
  })

  it('calls a statement that begins elsewhere than the one before ended a gap, ended by the day before', () => {
    const { breaks } = computeReconciliation([
      stated('closing', '2026-01-31', 700, 700),
      stated('opening', '2026-03-01', 400, 700),
      stated('closing', '2026-03-31', 500, 800),
    ])
    expect(breaks).toMatchObject([{ after: '2026-01-31', on: '2026-02-28', missingMinor: -300, cause: 'gap' }])
  })

  it('lays a first balance that is off on the opening balance', () => {
    const { breaks } = computeReconciliation([stated('closing', '2026-01-31', 700, 650)])
    expect(breaks).toMatchObject([{ after: null, missingMinor: 50, cause: 'opening' }])
  })

  it('does not look for the cause of a first difference where older balances exist', () => {
    const { breaks, checkpoints } = computeReconciliation([stated('closing', '2026-01-31', 700, 650)], true)
    expect(breaks).toEqual([])
    expect(checkpoints.map(({ status }) => status)).toEqual(['differs'])
  })

  it('takes an accepted difference as it is, for later balances, too, until it changes', () => {
    const { breaks, agreesUntil, checkpoints } = computeReconciliation([
      stated('closing', '2026-01-31', 700, 700),
      stated('closing', '2026-02-28', 990, 1000, -10),
      stated('closing', '2026-03-31', 1190, 1200),
      stated('closing', '2026-04-30', 1385, 1400),
    ])
    expect(checkpoints.map(({ status }) => status)).toEqual(['agrees', 'accepted', 'accepted', 'differs'])
    // −15 − (−10) = −5
    expect(breaks).toMatchObject([{ after: '2026-03-31', on: '2026-04-30', missingMinor: -5 }])
    expect(agreesUntil).toBe('2026-03-31')
  })

  it('asks again where what was accepted is no longer the difference', () => {
    const { breaks } = computeReconciliation([stated('closing', '2026-02-28', 990, 1003, -10)])
    expect(breaks).toMatchObject([{ missingMinor: -13 }])
  })

  it('does not tell of a difference that has gone again as a second break', () => {
    const { breaks } = computeReconciliation([
      stated('closing', '2026-01-31', 700, 700),
      stated('closing', '2026-02-28', 690, 700),
      stated('closing', '2026-03-31', 700, 700),
    ])
    expect(breaks).toHaveLength(1)
  })

  it('law: filling every break by its amount on its day leaves none', () => {
    const days = fc.array(fc.tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: -3, max: 3 })), {
      minLength: 1,
      maxLength: 30,
    })
    fc.assert(
      fc.property(days, (rows) => {
        let counted = 0
        let truth = 0
        const balances = rows.map(([amount, lost], index) => {
          counted += amount
          truth += amount + lost
          const on = addDays(parseIsoDate('2026-01-01'), index)
          const kind = 'day' as const
          return { id: index + 1, kind, on, statedMinor: truth, countedMinor: counted, acceptedMinor: null, run: null }
        })
        let mended = balances
        for (let round = 0; round <= rows.length; round += 1) {
          const [first] = computeReconciliation(mended).breaks
          if (first === undefined) break
          mended = mended.map((balance) =>
            balance.on < first.on
              ? balance
              : Object.assign({}, balance, { countedMinor: balance.countedMinor + first.missingMinor }),
          )
        }
        expect(computeReconciliation(mended).checkpoints.every(({ status }) => status === 'agrees')).toBe(true)
      }),
    )
  })
})
