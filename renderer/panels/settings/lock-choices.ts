const usual = [1, 5, 10, 15, 30, 60, 120, 240]

/** Minutes to choose from, rising, "never" (0) last; with the one that is set, even where it is none of the usual. */
export function lockChoices(set: number): number[] {
  const minutes = new Set(set === 0 ? usual : [...usual, set])
  return [...[...minutes].sort((a, b) => a - b), 0]
}
