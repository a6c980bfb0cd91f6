import {
  absoluteDecimal,
  addDecimal,
  compareDecimal,
  type Decimal,
  decimalOf,
  signOfDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { Amount, JournalEvent } from './journal-entry.ts'

type Pad = Extract<JournalEvent, { type: 'pad' }>
type Balance = Extract<JournalEvent, { type: 'balance' }>

/** What a pad puts on its account, taken from its source. */
export interface Padded {
  readonly pad: Pad
  readonly amount: Amount
}

/** A balance that the entries do not lead to. */
export interface Mismatch {
  readonly balance: Pick<Balance, 'account' | 'amount' | 'record' | 'date'>
  readonly found: Decimal
}

interface Step {
  readonly on: IsoDate
  /** A balance is of the beginning of its day (Beancount's order of directives). */
  readonly order: -1 | 0
  readonly record: number
  readonly what: Pad | Balance | Amount
}

/** Works out what Beancount's `pad` directives put in, and which of its balances do not hold. */
export class Padding {
  readonly #pads: Pad[] = []
  readonly #balances: Balance[] = []
  readonly #steps = new Map<string, Step[]>()

  note(event: Pad | Balance): void {
    if (event.type === 'pad') this.#pads.push(event)
    else this.#balances.push(event)
    const { account, date, record } = event
    this.#push(account, { on: date, order: event.type === 'pad' ? 0 : -1, record, what: event })
  }

  get isNeeded(): boolean {
    return this.#balances.length > 0
  }

  /** A posting's amount: it counts for its account and for those above it. */
  add(account: string, on: IsoDate, record: number, amount: Amount): void {
    for (let name = account; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf(':')))) {
      if (this.#steps.has(name)) this.#push(name, { on, order: 0, record, what: amount })
    }
  }

  #push(account: string, step: Step): void {
    const steps = this.#steps.get(account)
    if (steps === undefined) this.#steps.set(account, [step])
    else steps.push(step)
  }

  solve(): { readonly padded: readonly Padded[]; readonly mismatches: readonly Mismatch[] } {
    const padded: Padded[] = []
    const mismatches: Mismatch[] = []
    for (const steps of this.#steps.values()) {
      const sorted = steps.toSorted((a, b) =>
        a.on === b.on ? a.order - b.order || a.record - b.record : a.on < b.on ? -1 : 1,
      )
      const held = new Map<string, Decimal>()
      let active: { pad: Pad; done: Set<string> } | null = null
      for (const { what } of sorted) {
        if ('quantity' in what) held.set(what.commodity, addDecimal(held.get(what.commodity) ?? ZERO, what.quantity))
        else if (what.type === 'pad') active = { pad: what, done: new Set() }
        else {
          const { commodity, quantity } = what.amount
          const found = held.get(commodity) ?? ZERO
          const missing = subtractDecimal(quantity, found)
          const allowed = what.tolerance ?? lastDigitOf(quantity)
          if (compareDecimal(absoluteDecimal(missing), allowed) > 0) {
            if (active === null || active.done.has(commodity)) mismatches.push({ balance: what, found })
            else padded.push({ pad: active.pad, amount: { quantity: missing, commodity } })
            held.set(commodity, quantity)
          }
          active?.done.add(commodity)
        }
      }
    }
    return { padded, mismatches }
  }
}

/** One in the last digit that a balance is written with; a hundredth where it is written without. */
function lastDigitOf(quantity: Decimal): Decimal {
  const digits = quantity.includes('.') ? quantity.length - quantity.indexOf('.') - 1 : 2
  return signOfDecimal(quantity) === 0 ? decimalOf(1, 2) : decimalOf(1, digits)
}
