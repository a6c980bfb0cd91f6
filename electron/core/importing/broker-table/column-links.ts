import { foldPhrase } from '../delimited/vocabulary-text.ts'
import { type Shape, share } from './column-shapes.ts'
import { MONEY, type Role } from './roles.ts'
import { matchHeading } from './vocabulary.ts'

/** Roles a profile gives by heading, folded; `null` for a column to leave alone. */
export type Overrides = ReadonlyMap<string, Role | null>

/** What a profile says of a heading: as it stands, or without what is in brackets. */
export function overrideOf(heading: string, overrides: Overrides): Role | null | undefined {
  if (overrides.size === 0) return undefined
  const given = overrides.get(foldPhrase(heading))
  if (given !== undefined || !heading.includes('(')) return given
  return overrides.get(foldPhrase(heading.replaceAll(/\([^)]{0,30}\)/g, ' ')))
}

const TOTAL = /\b(?:total|totals|gesamt|summe|all)\b/

/** Where one column of fees is the sum of the others, it alone counts. */
export function withoutParts(header: readonly string[], many: Map<Role, number[]>): void {
  for (const role of ['fee', 'tax'] as const) {
    const list =
      role === 'fee' ? [...(many.get('commission') ?? []), ...(many.get('fee') ?? [])] : (many.get('tax') ?? [])
    const total = list.find((index) => TOTAL.test(foldPhrase(header[index] ?? '')))
    if (total === undefined || list.length < 2) continue
    if (role === 'fee') many.delete('commission')
    many.set(role, [total])
  }
}

const ASSET_HEADING = /^(?:cur|currency|ccy|coin|asset|wahrung|devise|divisa|moneda|valuta)(?: \d)?$/

/** "Buy,Cur.,Sell,Cur.,Fee,Cur.": each unit stands to the right of its quantity. */
export function linkAssets(header: readonly string[], at: Map<Role, number>): void {
  for (const [quantity, asset] of [
    ['in-quantity', 'in-asset'],
    ['out-quantity', 'out-asset'],
  ] as const) {
    const index = at.get(quantity)
    if (index === undefined || !ASSET_HEADING.test(foldPhrase(header[index + 1] ?? ''))) continue
    for (const [role, taken] of at) if (taken === index + 1) at.delete(role)
    at.set(asset, index + 1)
  }
  const fee = at.get('fee') ?? at.get('commission')
  const next = fee === undefined ? -1 : fee + 1
  if (at.has('in-asset') && ASSET_HEADING.test(foldPhrase(header[next] ?? ''))) {
    for (const [role, taken] of at) if (taken === next) at.delete(role)
    at.set('fee-currency', next)
  }
}

export function moneyColumns(at: ReadonlyMap<Role, number>, many: ReadonlyMap<Role, readonly number[]>): Set<number> {
  const money = new Set([...at].filter(([role]) => MONEY.has(role)).map(([, index]) => index))
  for (const [role, list] of many) if (MONEY.has(role)) for (const index of list) money.add(index)
  return money
}

/** Links columns of currencies to columns of money: by their headings, or where one of two neighbours has none. */
export function linkCurrencies(
  header: readonly string[],
  shapes: readonly Shape[],
  at: Map<Role, number>,
  many: ReadonlyMap<Role, readonly number[]>,
  used: ReadonlySet<number>,
): Map<number, number> {
  const links = new Map<number, number>()
  const titles = header.map((cell) => foldPhrase(cell))
  const money = moneyColumns(at, many)
  for (const [index, shape] of shapes.entries()) {
    if (share(shape.codes, shape) < 0.5) continue
    const title = titles[index] ?? ''
    if (title !== '') {
      const rest = title
        .replace(
          /^(?:currency|wahrung|devise|divisa|valuta|moneda)(?= )| (?:currency|ccy|wahrung|devise|divisa|valuta|moneda)$/,
          '',
        )
        .trim()
      if (rest === title || rest === '') continue
      for (const column of money) if (titles[column] === rest) links.set(column, index)
      continue
    }
    if (used.has(index)) continue
    // "Kurs,," and ",Betrag": the neighbour to the left is preferred, as in most such files
    const left = index - 1
    const right = index + 1
    if (money.has(left) && !links.has(left)) links.set(left, index)
    else if (money.has(right) && !links.has(right)) links.set(right, index)
  }
  return links
}

/** "Mutatie,," : the title stands over the currency and the figure is in the column without one. */
export function shiftTitles(header: readonly string[], shapes: readonly Shape[], overrides: Overrides): string[] {
  const shifted = [...header]
  for (let index = 0; index + 1 < shapes.length; index += 1) {
    const [shape, next] = [shapes[index], shapes[index + 1]]
    if (shape === undefined || next === undefined || (header[index + 1]?.trim() ?? '') !== '') continue
    const heading = header[index]?.trim() ?? ''
    const role = overrideOf(heading, overrides) ?? matchHeading(heading)[0]?.role
    if (role === undefined || !MONEY.has(role)) continue
    if (share(shape.codes, shape) < 0.8 || share(next.numbers, next) < 0.6 || next.filled === 0) continue
    shifted[index + 1] = header[index] ?? ''
    shifted[index] = ''
  }
  return shifted
}
