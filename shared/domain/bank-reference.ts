/** What banks write where they have no reference. */
const PLACEHOLDERS: ReadonlySet<string> = new Set([
  'NONREF',
  'NOTPROVIDED',
  'NOTAVAILABLE',
  'UNKNOWN',
  'UNDEFINED',
  'NULL',
  'NONE',
])

const SHORTEST_REFERENCE = 6

/**
 * Whether a bank's reference can stand for a transaction (together with its day and amount). Short ones are mostly
 * counters that begin anew with each download, so that the same transaction would get another one next time.
 */
export function isTrustedReference(reference: string | undefined): reference is string {
  if (reference === undefined) return false
  const text = reference.trim()
  if (text.length < SHORTEST_REFERENCE) return false
  const bare = text.replaceAll(/[^\p{L}\p{N}]/gu, '')
  if (bare.length < SHORTEST_REFERENCE || new Set(bare).size === 1) return false
  return !PLACEHOLDERS.has(bare.toUpperCase())
}
