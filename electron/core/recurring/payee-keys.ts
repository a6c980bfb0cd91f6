import { cleanPayee, payeeVocabulary } from '../analysis/account/payee/payee-cleanup.ts'
import { foldText } from '../analysis/account/rules/fold-text.ts'

const LONGEST_KEY = 300
const KEPT_KEYS = 200_000

/** The payee's name as series go by it: cleaned, without regard to case and width. */
export const payeeKey = (text: string): string => foldText(cleanPayee(text)).slice(0, LONGEST_KEY)

const beginnings = Map.groupBy(payeeVocabulary.names, ({ name }) => foldText(name))

/**
 * Of these one stands in every text, folded, that has this key: a cleaned name is a part of its text, but for the few that
 * are known by what they are shortened to.
 */
export function tracesOf(key: string): string[] {
  return [key, ...(beginnings.get(key) ?? []).map(({ starts }) => foldText(starts))]
}

/** The same for texts that come again, each of them cleaned once. */
export class PayeeKeys {
  readonly #known = new Map<string, string>()

  of(text: string): string {
    const known = this.#known.get(text)
    if (known !== undefined) return known
    const key = payeeKey(text)
    if (this.#known.size >= KEPT_KEYS) this.#known.clear()
    this.#known.set(text, key)
    return key
  }
}
