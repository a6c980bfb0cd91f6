import type { RateNote } from '../../../../../shared/model/figures.ts'

/** One note for each currency, by its code: a missing rate before an old one, the oldest of several. */
export function mergeNotes(notes: readonly RateNote[]): RateNote[] {
  const merged = new Map<RateNote['currency'], RateNote['usedRateOn']>()
  for (const { currency, usedRateOn } of notes) {
    const known = merged.get(currency)
    if (known === undefined || (known !== null && (usedRateOn === null || usedRateOn < known))) {
      merged.set(currency, usedRateOn)
    }
  }
  return [...merged]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([currency, usedRateOn]) => ({ currency, usedRateOn }))
}
