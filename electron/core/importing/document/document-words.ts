import table from '../../../../resources/document-words.json' with { type: 'json' }
import { foldPhrase } from '../delimited/vocabulary-text.ts'

type Group = 'balance' | 'carried' | 'due'

function phrasesOf(group: Group): readonly string[] {
  const { about: _, ...languages } = table[group]
  return [...new Set(Object.values(languages).flatMap((words) => words.map(foldPhrase)))]
    .filter((phrase) => phrase !== '')
    .toSorted((left, right) => right.length - left.length)
}

const phrases: Readonly<Record<Group, readonly string[]>> = {
  balance: phrasesOf('balance'),
  carried: phrasesOf('carried'),
  due: phrasesOf('due'),
}

const isSyllabic = (phrase: string): boolean => phrase.charCodeAt(0) >= 0x2e80

/** Letters that may follow such a phrase on its line: a day, an account, a currency, little else. */
const LONGEST_REST = 36

/** Whether the label begins with a phrase of the group and says little else; `strictly`: nothing else. */
export function beginsWith(group: 'balance' | 'carried', label: string, strictly = false): boolean {
  if (label.length > 90) return false
  const folded = foldPhrase(label)
  return phrases[group].some((phrase) => {
    if (!folded.startsWith(phrase)) return false
    const rest = folded.slice(phrase.length)
    if (rest === '') return true
    if (!isSyllabic(phrase) && !rest.startsWith(' ')) return false
    const words = rest.match(/\p{L}{4,}/gu) ?? []
    const allowed = strictly ? 0 : isSyllabic(phrase) || phrase.includes(' ') ? 3 : 0
    return rest.length <= LONGEST_REST && words.length <= allowed
  })
}

/** Whether the line speaks of a day outside of the statement's period. */
export function speaksOfLater(line: string): boolean {
  const folded = ` ${foldPhrase(line)} `
  return phrases.due.some((phrase) => folded.includes(isSyllabic(phrase) ? phrase : ` ${phrase}`))
}

const until = new Set(table.until.any.map((word) => word.toLowerCase()))

/** Whether the words join two days to a period ("bis", "至", "–"). */
export function isUntil(text: string): boolean {
  return until.has(text.trim().toLowerCase())
}
