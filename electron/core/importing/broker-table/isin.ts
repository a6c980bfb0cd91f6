import { isIsin } from '../delimited/conventions.ts'

const INSIDE = /\b[A-Z]{2}[A-Z0-9]{9}\d\b/

/** The ISIN that a cell holds, alone or behind a name ("Vanguard S&P 500 / ISIN IE00B3XXRP09"), or null. */
export function isinIn(text: string): string | null {
  if (text.length < 12 || text.length > 120) return null
  const found = INSIDE.exec(text)?.[0]
  return found !== undefined && isIsin(found) ? found : null
}
