import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import type { BudgetPeriod, Rollover } from '../../../shared/model/budget.ts'
import type { PersonColour, PersonDraft } from '../../../shared/model/person.ts'
import type { Terms } from '../../../shared/model/terms.ts'
import { prepared, sqlRows } from '../storage/repositories/query.ts'
import type { WritableVault } from '../storage/open-vault.ts'

export interface SampleAccount {
  readonly name: string
  readonly kind: string
  readonly currency?: string
  readonly institution?: string
  readonly number?: string
  readonly openingMinor?: number
  readonly terms?: Terms
  readonly notes?: string
}

export interface SampleLine {
  readonly on: IsoDate
  readonly minor: number
  readonly payee: string
  readonly category?: string
  readonly kind?: string
  readonly memo?: string
}

export interface SampleTrade extends SampleLine {
  readonly securityId: number
  readonly quantity: string
  readonly price: string
  readonly feeMinor?: number
}

/** Writes sample rows by plain statements: the sample is what a new vault begins with, so there is nothing to undo. */
export class SampleWriter {
  readonly #vault: WritableVault
  readonly #categories: ReadonlyMap<string, number>
  readonly #start: IsoDate
  readonly #today: IsoDate
  readonly #now: number
  #position = 0

  constructor(vault: WritableVault, span: { start: IsoDate; today: IsoDate; now: number }) {
    this.#vault = vault
    this.#start = span.start
    this.#today = span.today
    this.#now = span.now
    const rows = sqlRows<{ key: string; id: number }>(vault, 'select key, id from categories where key is not null')
    this.#categories = new Map(rows.map(({ key, id }) => [key, id]))
  }

  #insert(sql: string, ...values: (string | number | null)[]): number {
    return Number(prepared(this.#vault, sql).run(...values).lastInsertRowid)
  }

  #institution(name: string): number {
    const [known] = sqlRows<{ id: number }>(this.#vault, 'select id from institutions where name = ?', name)
    return known?.id ?? this.#insert('insert into institutions (name) values (?)', name)
  }

  person(person: Omit<PersonDraft, 'colour'> & { readonly colour: PersonColour }): number {
    const { name, shortName, colour, role, bornOn } = person
    return this.#insert(
      `insert into persons (name, short_name, colour, role, born_on, position, created_at)
       values (?, ?, ?, ?, ?, (select count(*) + 1 from persons), ?)`,
      name,
      shortName,
      colour,
      role,
      bornOn,
      this.#now,
    )
  }

  /** Shares by person in hundredths of a per cent, adding up to 10,000. */
  owners(accountId: number, shares: readonly (readonly [personId: number, share: number])[]): void {
    for (const [personId, share] of shares) {
      this.#insert(
        'insert into account_owners (account_id, person_id, share) values (?, ?, ?)',
        accountId,
        personId,
        share,
      )
    }
  }

  account(account: SampleAccount): number {
    this.#position += 1
    return this.#insert(
      `insert into accounts (name, kind, institution_id, number, currency, opening_minor, opening_on, position, terms,
       notes, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      account.name,
      account.kind,
      account.institution === undefined ? null : this.#institution(account.institution),
      account.number ?? null,
      account.currency ?? 'CNY',
      account.openingMinor ?? 0,
      account.openingMinor === undefined ? null : this.#start,
      this.#position,
      JSON.stringify(account.terms ?? {}),
      account.notes ?? '',
      this.#now,
    )
  }

  /** Books a line; one that lies ahead of today is left out and answers 0. */
  line(accountId: number, line: SampleLine): number {
    if (line.on > this.#today || line.on <= this.#start) return 0
    return this.#insert(
      `insert into transactions (account_id, booked_on, amount_minor, kind, payee, raw_payee, memo, category_id)
       values (?, ?, ?, ?, ?, ?, ?, ?)`,
      accountId,
      line.on,
      line.minor,
      line.kind ?? 'payment',
      line.payee,
      line.payee,
      line.memo ?? '',
      line.category === undefined ? null : (this.#categories.get(line.category) ?? null),
    )
  }

  /** Money from one account to another, both halves linked; `minor` is a magnitude. */
  transfer(from: number, to: number, line: SampleLine): void {
    const out = this.line(from, { ...line, minor: -line.minor, kind: 'transfer' })
    const into = this.line(to, { ...line, kind: 'transfer' })
    if (out === 0 || into === 0) return
    this.#insert('insert into transfers (from_transaction_id, to_transaction_id) values (?, ?)', out, into)
  }

  splits(transactionId: number, parts: readonly { minor: number; category: string; memo: string }[]): void {
    if (transactionId === 0) return
    for (const [position, { minor, category, memo }] of parts.entries()) {
      this.#insert(
        'insert into splits (transaction_id, position, amount_minor, category_id, memo) values (?, ?, ?, ?, ?)',
        transactionId,
        position,
        minor,
        this.#categories.get(category) ?? null,
        memo,
      )
    }
    this.#insert('update transactions set split_count = ? where id = ?', parts.length, transactionId)
  }

  tag(name: string, transactionIds: readonly number[]): void {
    const tagId = this.#insert('insert into tags (name) values (?)', name)
    for (const id of transactionIds) {
      if (id !== 0) this.#insert('insert into transaction_tags (transaction_id, tag_id) values (?, ?)', id, tagId)
    }
  }

  security(name: string, symbol: string, securityClass: string, currency: string): number {
    return this.#insert(
      'insert into securities (name, symbol, class, currency) values (?, ?, ?, ?)',
      name,
      symbol,
      securityClass,
      currency,
    )
  }

  price(securityId: number, on: IsoDate, price: string, currency: string): void {
    if (on > this.#today) return
    const sql = 'insert or ignore into prices (security_id, as_of, price, currency) values (?, ?, ?, ?)'
    this.#insert(sql, securityId, on, price, currency)
  }

  trade(accountId: number, trade: SampleTrade): void {
    const id = this.line(accountId, trade)
    if (id === 0) return
    this.#insert(
      `insert into trades (transaction_id, account_id, security_id, booked_on, quantity, price, fee_minor)
       values (?, ?, ?, ?, ?, ?, ?)`,
      id,
      accountId,
      trade.securityId,
      trade.on,
      trade.quantity,
      trade.price,
      trade.feeMinor ?? 0,
    )
  }

  rate(base: string, quote: string, on: IsoDate, rate: string): void {
    if (on > this.#today) return
    const sql = `insert or ignore into fx_rates (base, quote, as_of, rate, source) values (?, ?, ?, ?, 'sample')`
    this.#insert(sql, base, quote, on, rate)
  }

  value(accountId: number, on: IsoDate, minor: number, note: string): void {
    const sql = 'insert into valuations (account_id, as_of, value_minor, note) values (?, ?, ?, ?)'
    this.#insert(sql, accountId, on, minor, note)
  }

  setting(key: string, value: object): void {
    this.#insert('insert or replace into settings (key, value) values (?, ?)', key, JSON.stringify(value))
  }

  /** A budget of a default category, with the amount that holds from the month on. */
  budget(category: string, period: BudgetPeriod, rollover: Rollover, month: string, minor: number): void {
    const id = this.#categories.get(category)
    if (id === undefined) return
    const line = 'insert into budget_lines (category_id, period, rollover, created_at) values (?, ?, ?, ?)'
    this.#insert(line, id, period, rollover, this.#now)
    this.#insert('insert into budget_amounts (category_id, month, amount_minor) values (?, ?, ?)', id, month, minor)
  }

  document(document: {
    kind: string
    name: string
    holder: string
    expiresOn: IsoDate | null
    accountId?: number
  }): void {
    this.#insert(
      'insert into documents (kind, name, holder, issued_on, expires_on, account_id) values (?, ?, ?, ?, ?, ?)',
      document.kind,
      document.name,
      document.holder,
      null,
      document.expiresOn,
      document.accountId ?? null,
    )
  }
}
