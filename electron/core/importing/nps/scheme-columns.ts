import { type IsoDate, tryIsoDate } from '../../../../shared/domain/iso-date.ts'
import { type Decimal, tryParseDecimal } from '../../../../shared/domain/decimal.ts'

/** Where a table of the statement has one scheme: its money, its price and its units. */
export interface SchemeColumns {
  readonly name: string
  readonly nav: number
  readonly units: number
}

/** Behind the scheme's name. */
const HEADED = / (Amount|NAV|Units)(?: ?\(Rs\.?\))?$/i
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/** The schemes that a header row names, each with its price and units; empty for any other row. */
export function schemesOf(cells: readonly string[]): readonly SchemeColumns[] {
  const found = new Map<string, { nav?: number; units?: number }>()
  for (const [index, cell] of cells.entries()) {
    const text = cell.trim()
    const heading = HEADED.exec(text)
    const name = text.slice(0, heading?.index ?? 0).trim()
    const what = heading?.[1]
    if (name === '' || what === undefined) continue
    const scheme = found.get(name) ?? {}
    found.set(name, scheme)
    if (what.toLowerCase() === 'nav') scheme.nav = index
    else if (what.toLowerCase() === 'units') scheme.units = index
  }
  return [...found].flatMap(([name, { nav, units }]) =>
    nav === undefined || units === undefined ? [] : [{ name, nav, units }],
  )
}

/** `11-Apr-2022`. */
export function npsDateOf(text: string): IsoDate | null {
  const [, day, month = '', year] = /^(\d{1,2})-([A-Za-z]{3})-(\d{4})$/.exec(text.trim()) ?? []
  const index = MONTHS.indexOf(month.toLowerCase())
  return index < 0 ? null : tryIsoDate(Number(year), index + 1, Number(day))
}

/** A number of the statement: in brackets what is taken away; null for `-` and what is none. */
export function npsNumberOf(text: string): Decimal | null {
  const plain = text
    .trim()
    .replace(/^Rs\.?\s*/i, '')
    .replaceAll(',', '')
  const taken = /^\((.+)\)$/.exec(plain)?.[1]
  return tryParseDecimal(taken === undefined ? plain : `-${taken}`)
}

/** Whether a cell says something that is no number; `-` and an empty one say that there is none. */
export const isUnreadableNumber = (text: string): boolean => !/^-?$/.test(text.trim()) && npsNumberOf(text) === null
