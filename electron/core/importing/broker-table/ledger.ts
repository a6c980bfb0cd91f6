import {
  absoluteDecimal,
  addDecimal,
  type Decimal,
  negateDecimal,
  signOfDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import { assetOf, fiatOf } from './figure.ts'
import { assetSecurity, cashKindOf, cashMove, legMove, type Move, tradeMove, unitsMove } from './move.ts'
import type { RowFacts } from './row-facts.ts'
import type { Table } from './survey.ts'
import { type Action, effectOf } from './vocabulary.ts'

/** A row of a ledger: one asset comes or goes. */
export interface LedgerRow {
  readonly record: number
  readonly facts: RowFacts
  readonly asset: string
  /** Signed, with the fee in the same asset taken off. */
  readonly quantity: Decimal
  readonly isFee: boolean
}

/** What becomes of the rows of a group: moves of one record, or a record that belongs to another. */
export type LedgerFate =
  | { readonly record: number; readonly facts: RowFacts; readonly moves: readonly Move[] }
  | { readonly record: number; readonly partOf: number }

/** Rows that one exchange may have. A group longer than this is no group. */
const LARGEST = 500

/** What is one side of an exchange. */
const EXCHANGED: ReadonlySet<Action> = new Set<Action>(['buy', 'sell', 'swap', 'fx', 'fee', 'transfer'])
const SIDES: ReadonlySet<Action> = new Set<Action>([...EXCHANGED, 'security-in', 'security-out'])

/** The asset and quantity of a ledger's row, or null where it has none. */
export function ledgerRow(record: number, facts: RowFacts, table: Table, signed: boolean): LedgerRow | null {
  const asset = facts.security?.symbol ?? facts.security?.name ?? ''
  const written = table.columns.at.quantity === undefined ? (facts.net?.value ?? null) : facts.quantity
  if (asset === '' || written === null) return null
  const { action } = facts
  const effect = action === null ? null : effectOf(action)
  // an asset that is bought comes in, whatever the money does
  const gone = action === 'sell' || action === 'security-out'
  const outward = gone || (effect !== null && effect.cash === 'out' && action !== 'buy')
  let quantity = written
  if (!signed && outward) quantity = negateDecimal(absoluteDecimal(written))
  for (const { value } of facts.fees) quantity = subtractDecimal(quantity, absoluteDecimal(value))
  for (const fee of facts.feeAssets) {
    if (assetOf(fee.asset) === assetOf(asset)) quantity = subtractDecimal(quantity, fee.quantity)
  }
  return { record, facts, asset, quantity, isFee: action === 'fee' }
}

/** How the rows of one exchange are known to belong together. */
export function groupingOf(table: Table): 'reference' | 'moment' {
  if (table.rules.group !== undefined) return table.rules.group
  const [at] = table.columns.many.reference ?? []
  if (at === undefined) return 'moment'
  let repeated = 0
  let previous = ''
  for (const { cells } of table.rows) {
    const text = cells[at]?.trim() ?? ''
    if (text !== '' && text === previous) repeated += 1
    previous = text
  }
  return repeated > 0 ? 'reference' : 'moment'
}

/** Gathers the rows of each exchange as they come, and says what they are together. */
export class LedgerGroups {
  readonly #by: 'reference' | 'moment'
  #key = ''
  #rows: LedgerRow[] = []

  constructor(by: 'reference' | 'moment') {
    this.#by = by
  }

  /** Takes a row; answers what is settled by it. */
  add(row: LedgerRow): readonly LedgerFate[] {
    const { facts } = row
    const sides = this.#by === 'reference' ? SIDES : EXCHANGED
    const mayPair = facts.action === null || sides.has(facts.action)
    const key = this.#by === 'reference' ? facts.reference : `${facts.date} ${facts.time ?? ''}`
    if (!mayPair || key.trim() === '') return [...this.flush(), single(row)]
    if (key === this.#key && this.#rows.length < LARGEST) {
      this.#rows.push(row)
      return []
    }
    const before = this.flush()
    this.#key = key
    this.#rows = [row]
    return before
  }

  flush(): readonly LedgerFate[] {
    const rows = this.#rows
    this.#rows = []
    this.#key = ''
    return rows.length === 0 ? [] : settle(rows)
  }
}

function single({ record, facts, asset, quantity }: LedgerRow): LedgerFate {
  const { action } = facts
  if (action === 'stake') {
    // moved within the exchange: nothing came and nothing went
    return { record, facts, moves: [cashMove(facts, null, ZERO, 'transfer')] }
  }
  if (fiatOf(asset) !== null) return { record, facts, moves: [legMove(facts, asset, quantity, cashKindOf(action))] }
  return { record, facts, moves: [unitsMove(facts, assetSecurity(asset), quantity, action === 'fee' ? 'fee' : null)] }
}

interface Side {
  readonly asset: string
  readonly rows: LedgerRow[]
  total: Decimal
}

function settle(rows: readonly LedgerRow[]): readonly LedgerFate[] {
  const sides = new Map<string, Side>()
  const fees = rows.filter((row) => row.isFee)
  for (const row of rows) {
    if (row.isFee) continue
    const asset = assetOf(row.asset)
    const side = sides.get(asset) ?? { asset, rows: [], total: ZERO }
    side.rows.push(row)
    side.total = addDecimal(side.total, row.quantity)
    sides.set(asset, side)
  }
  const money = [...sides.values()].filter(({ asset }) => fiatOf(asset) !== null)
  const units = [...sides.values()].filter(({ asset }) => fiatOf(asset) === null)
  const [cash, held] = [money[0], units[0]]
  const opposite = cash !== undefined && held !== undefined && signOfDecimal(cash.total) * signOfDecimal(held.total) < 0
  if (cash === undefined || held === undefined || money.length > 1 || units.length > 1 || !opposite)
    return rows.map(single)
  return trade(cash, held, fees)
}

/** One asset for money, with what was charged for it. */
function trade(cash: Side, held: Side, fees: readonly LedgerRow[]): readonly LedgerFate[] {
  const first = held.rows[0]
  if (first === undefined) return []
  let { total: quantity } = held
  let { total: amount } = cash
  let fee = ZERO
  const fates: LedgerFate[] = []
  for (const row of fees) {
    const asset = assetOf(row.asset)
    const size = absoluteDecimal(row.quantity)
    if (asset === held.asset) quantity = subtractDecimal(quantity, size)
    else if (asset === cash.asset) {
      amount = subtractDecimal(amount, size)
      fee = addDecimal(fee, size)
    } else {
      fates.push(single(row))
      continue
    }
    fates.push({ record: row.record, partOf: first.record })
  }
  for (const row of cash.rows) {
    for (const { value } of row.facts.fees) fee = addDecimal(fee, absoluteDecimal(value))
  }
  const currency = fiatOf(cash.asset)
  const main: LedgerFate = {
    record: first.record,
    facts: first.facts,
    moves: [tradeMove(first.facts, assetSecurity(held.asset), quantity, { currency, amount, fee })],
  }
  const others = [...held.rows.slice(1), ...cash.rows].map(({ record }): LedgerFate => ({
    record,
    partOf: first.record,
  }))
  return [main, ...others, ...fates]
}
