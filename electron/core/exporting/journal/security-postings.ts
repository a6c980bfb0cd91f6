import { exponentOf } from '../../../../shared/domain/currency.ts'
import {
  absoluteDecimal,
  addDecimal,
  type Decimal,
  divideDecimal,
  multiplyDecimal,
  negateDecimal,
  roundDecimal,
  signOfDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import { decimalFromMinor, minorFromDecimal } from '../../../../shared/domain/money.ts'
import type { StoredAccount } from '../../storage/repositories/account-repository.ts'
import type {
  ExportedPosition,
  ExportedTrade,
  ExportedTransaction,
} from '../../storage/repositories/export-repository.ts'
import type { Posting, PrintedAmount } from './journal-entry.ts'
import type { FixedAccount, JournalNames } from './journal-names.ts'
import { LotQueue } from './lots.ts'
import { printedDecimal, printedMinor } from './printed-amount.ts'

/** What happens to securities as postings; keeps what each account holds of each, lot by lot. */
export class SecurityPostings {
  readonly #names: JournalNames
  readonly #lots: boolean
  readonly #queues = new Map<string, LotQueue>()

  /** `lots`: securities carry lots with their cost; else a price for the whole. */
  constructor(names: JournalNames, lots: boolean) {
    this.#names = names
    this.#lots = lots
  }

  #fixed(key: FixedAccount): string {
    return this.#names.fixed.get(key) ?? ''
  }

  #own(accountId: number): string {
    return this.#names.own.get(accountId) ?? ''
  }

  #queue(accountId: number, securityId: number): LotQueue {
    const key = `${accountId}/${securityId}`
    const queue = this.#queues.get(key) ?? new LotQueue()
    this.#queues.set(key, queue)
    return queue
  }

  /** What an account holds when the period begins. */
  opening(account: StoredAccount): Posting[] {
    return this.#heldBy(account.id).flatMap(({ securityId }) =>
      this.#queue(account.id, securityId).lots.flatMap((lot) =>
        this.#lotPostings(account, securityId, lot.quantity, lot.cost, 'opening', lot.on),
      ),
    )
  }

  #heldBy(accountId: number): { securityId: number }[] {
    return [...this.#queues.keys()].flatMap((key) => {
      const [account, security] = key.split('/')
      return Number(account) === accountId ? [{ securityId: Number(security) }] : []
    })
  }

  /** A security in or out at a cost, without lots balanced here; with lots by an open posting that the caller adds. */
  #lotPostings(
    account: StoredAccount,
    securityId: number,
    quantity: Decimal,
    cost: Decimal,
    counter: FixedAccount,
    on?: IsoDate,
  ): Posting[] {
    const own = this.#own(account.id)
    const amount = this.#units(quantity, securityId)
    const total = printedDecimal(cost, account.currency)
    if (this.#lots) return [{ account: own, amount, lot: { type: 'added', cost: total, ...(on && { on }) } }]
    if (signOfDecimal(cost) === 0) {
      return [
        { account: own, amount },
        { account: this.#fixed(counter), amount: this.#units(negateDecimal(quantity), securityId) },
      ]
    }
    const other = signOfDecimal(quantity) > 0 ? negateDecimal(cost) : cost
    return [
      { account: own, amount, total },
      { account: this.#fixed(counter), amount: printedDecimal(other, account.currency) },
    ]
  }

  #units(quantity: Decimal, securityId: number): PrintedAmount {
    return { quantity, commodity: this.#names.security.get(securityId) ?? `SECURITY-${securityId}` }
  }

  /** Moves a security without cash: what goes out, oldest first; what comes in, at its worth where that is known. */
  #moved(
    account: StoredAccount,
    securityId: number,
    change: Decimal,
    worth: Decimal,
    counter: FixedAccount,
    on: IsoDate,
  ): Posting[] {
    const queue = this.#queue(account.id, securityId)
    const { taken, added } = queue.divide(change)
    queue.take(taken)
    queue.add({ quantity: added, cost: worth, on })
    if (!this.#lots) return this.#lotPostings(account, securityId, change, worth, counter)
    const postings: Posting[] = []
    if (signOfDecimal(taken) !== 0) {
      postings.push({ account: this.#own(account.id), amount: this.#units(taken, securityId), lot: { type: 'taken' } })
    }
    if (signOfDecimal(added) !== 0) postings.push(...this.#lotPostings(account, securityId, added, worth, counter))
    postings.push({ account: this.#fixed(counter), amount: null })
    return postings
  }

  /** The number of shares changes, what was paid for them does not. */
  #split(account: StoredAccount, securityId: number, change: Decimal, lastDay: () => IsoDate): Posting[] {
    const queue = this.#queue(account.id, securityId)
    const held = queue.quantity
    const cost = queue.cost
    const on = queue.lots[0]?.on
    const after = addDecimal(held, change)
    queue.clear()
    if (on !== undefined) queue.add({ quantity: after, cost, on })
    const own = this.#own(account.id)
    // nothing was held: what comes is new
    if (on === undefined) return this.#moved(account, securityId, change, ZERO, 'adjustments', lastDay())
    if (!this.#lots) return this.#lotPostings(account, securityId, change, ZERO, 'adjustments')
    const postings: Posting[] = [
      { account: own, amount: this.#units(negateDecimal(held), securityId), lot: { type: 'taken' } },
    ]
    if (signOfDecimal(after) !== 0) {
      postings.push(...this.#lotPostings(account, securityId, after, cost, 'adjustments', on))
    }
    postings.push({ account: this.#fixed('adjustments'), amount: null })
    return postings
  }

  /** What a statement says of a holding: what trades do not add up to it; nothing where they do. */
  toPosition(account: StoredAccount, position: ExportedPosition): Posting[] {
    const { accountId, securityId, on, quantity, price, costMinor } = position
    const queue = this.#queue(accountId, securityId)
    const change = subtractDecimal(quantity, queue.quantity)
    if (signOfDecimal(change) === 0) return []
    const { added } = queue.divide(change)
    const known = costMinor === null ? null : subtractDecimal(decimalFromMinor(costMinor, account.currency), queue.cost)
    const worth =
      signOfDecimal(added) === 0
        ? ZERO
        : known !== null && signOfDecimal(known) >= 0
          ? known
          : price === null
            ? ZERO
            : roundDecimal(absoluteDecimal(multiplyDecimal(added, price)), exponentOf(account.currency))
    return this.#moved(account, securityId, change, worth, 'adjustments', on)
  }

  /**
   * The security's side of a trade and, where there is one, the cash. `counter` stands for the other side of the cash,
   * `lastDay` is the day that a split of nothing is of.
   */
  trade(
    account: StoredAccount,
    transaction: ExportedTransaction,
    trade: ExportedTrade,
    { counter, lastDay }: { readonly counter: () => string; readonly lastDay: () => IsoDate },
  ): Posting[] {
    const { accountId, amountMinor, kind, bookedOn } = transaction
    const { currency } = account
    const { securityId, quantity, price } = trade
    const cash: Posting[] =
      amountMinor === 0 ? [] : [{ account: this.#own(accountId), amount: printedMinor(amountMinor, currency) }]
    const sign = signOfDecimal(quantity)
    if (sign !== 0 && sign * amountMinor < 0 && kind !== 'split') {
      return [...this.#exchanged(account, securityId, quantity, amountMinor, bookedOn), ...cash]
    }
    // securities and cash go the same way, or only one of them moves: each has its own other side
    if (amountMinor !== 0) {
      cash.push({ account: counter(), amount: printedMinor(-amountMinor, currency) })
    }
    if (sign === 0) return cash
    if (kind === 'split') return [...cash, ...this.#split(account, securityId, quantity, lastDay)]
    const { added } = this.#queue(accountId, securityId).divide(quantity)
    const worth =
      price === null || signOfDecimal(added) <= 0 || signOfDecimal(price) <= 0
        ? ZERO
        : roundDecimal(multiplyDecimal(added, price), exponentOf(currency))
    const source = kind === 'reinvestment' ? 'dividends' : 'transfers'
    return [...cash, ...this.#moved(account, securityId, quantity, worth, source, bookedOn)]
  }

  /** A purchase or sale for cash. */
  #exchanged(account: StoredAccount, securityId: number, quantity: Decimal, cash: number, on: IsoDate): Posting[] {
    const { currency } = account
    const own = this.#own(account.id)
    const queue = this.#queue(account.id, securityId)
    const { taken, added } = queue.divide(quantity)
    const total = decimalFromMinor(Math.abs(cash), currency)
    const share =
      signOfDecimal(taken) === 0
        ? total
        : roundDecimal(divideDecimal(multiplyDecimal(total, added), quantity, 10), exponentOf(currency))
    queue.take(taken)
    queue.add({ quantity: added, cost: share, on })
    if (!this.#lots) {
      return [{ account: own, amount: this.#units(quantity, securityId), total: printedDecimal(total, currency) }]
    }
    const postings: Posting[] = []
    if (signOfDecimal(taken) !== 0) {
      const got = printedMinor(minorFromDecimal(subtractDecimal(total, share), currency).minor, currency)
      postings.push({ account: own, amount: this.#units(taken, securityId), lot: { type: 'taken' }, total: got })
    }
    if (signOfDecimal(added) !== 0) {
      const cost = printedDecimal(share, currency)
      postings.push({ account: own, amount: this.#units(added, securityId), lot: { type: 'added', cost } })
    }
    if (signOfDecimal(taken) !== 0) postings.push({ account: this.#fixed('gains'), amount: null })
    return postings
  }
}
