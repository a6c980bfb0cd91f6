/** The first of some rows, or undefined. */
export function firstOf<T>(rows: readonly T[]): T | undefined {
  return rows[0]
}
