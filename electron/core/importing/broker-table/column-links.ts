import { foldPhrase } from '../delimited/vocabulary-text.ts'
import { magnitudeAt, type Numbers } from './column-arithmetic.ts'
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

const TOTAL = /\b(?:total|totals|totale|totaux|totaal|gesamt|summe|razem|all)\b|合计|合計|总|總/

const CENT = 0.011

/** In how many rows with charges the column holds what these others add up to, or more than that, or less. */
function comparedWith(
  total: number,
  others: readonly number[],
  { rows, mark }: Numbers,
): Record<'same' | 'less', number> {
  const told = { same: 0, less: 0 }
  let compared = 0
  for (const cells of rows) {
    const parts = others.reduce((sum, index) => sum + magnitudeAt(cells, index, mark), 0)
    const written = magnitudeAt(cells, total, mark)
    if (parts === 0 && written === 0) continue
    compared += 1
    if (Math.abs(written - parts) <= CENT) told.same += 1
    else if (written < parts) told.less += 1
  }
  const share = (count: number): number => (compared === 0 ? 0 : count / compared)
  return { same: share(told.same), less: share(told.less) }
}

const MOST = 0.8

/**
 * Where a heading says that a column is the total of charges, no charge may count twice: the total alone counts where
 * it is that of the fees, its parts where taxes are among them, and both where it is less than its parts, for then it
 * is the total of others. A total above all known fees and taxes holds parts that no word names, and counts alone.
 */
export function withoutParts(header: readonly string[], many: Map<Role, number[]>, numbers: Numbers): void {
  const fees = [...(many.get('commission') ?? []), ...(many.get('fee') ?? [])]
  const taxes = many.get('tax') ?? []
  const isTotal = (index: number): boolean => TOTAL.test(foldPhrase(header[index] ?? ''))
  const taxTotal = taxes.find(isTotal)
  if (taxTotal !== undefined && taxes.length > 1) many.set('tax', [taxTotal])
  const total = fees.find(isTotal)
  if (total === undefined) return
  const parts = fees.filter((index) => index !== total)
  const known = [...parts, ...taxes]
  if (known.length === 0) return
  const alone = (): void => {
    many.delete('commission')
    many.set('fee', [total])
  }
  if (parts.length > 0 && comparedWith(total, parts, numbers).same >= MOST) alone()
  else if (taxes.length > 0 && parts.length > 0 && comparedWith(total, known, numbers).same >= MOST) {
    many.set(
      'fee',
      (many.get('fee') ?? []).filter((index) => index !== total),
    )
    many.set(
      'commission',
      (many.get('commission') ?? []).filter((index) => index !== total),
    )
  } else if (parts.length > 0 && comparedWith(total, parts, numbers).less < 1 - MOST) {
    alone()
    if (taxes.length > 0 && comparedWith(total, known, numbers).less === 0) many.delete('tax')
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
