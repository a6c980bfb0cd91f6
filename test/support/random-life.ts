import { readFileSync } from 'node:fs'
import { createDispatcher } from '../../electron/core/dispatcher.ts'
import type { HandlerContext } from '../../electron/core/handler.ts'
import { dataHandlers } from '../../electron/core/handlers/data-handlers.ts'
import { importHandlers } from '../../electron/core/handlers/import-handlers.ts'
import { parseCivilTime } from '../../shared/domain/civil-time.ts'
import { addDays, parseIsoDate } from '../../shared/domain/iso-date.ts'
import type { CallOf, ChannelName, OutputOf } from '../../shared/ipc/contract.ts'
import type { WritableVault } from '../../electron/core/storage/open-vault.ts'
import { ImportStand } from './import-stand.ts'

/** One thing a user does: which, and numbers that choose on what and with which values. */
export interface Step {
  readonly action: number
  readonly a: number
  readonly b: number
  readonly c: number
}

const currencies = ['CNY', 'USD', 'JPY', 'KWD', 'EUR'] as const
const kinds = ['checking', 'credit-card', 'mortgage', 'brokerage', 'home', 'insurance-policy', 'e-wallet'] as const
const investment = readFileSync(
  new URL('../../electron/core/importing/ofx/fixtures/investment-xml.ofx', import.meta.url),
)
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** A household whose doings are random, each through a write channel of the contract as a host calls it. */
export class RandomLife {
  readonly #stand: ImportStand
  readonly #dispatch = createDispatcher({ ...dataHandlers, ...importHandlers }, { write: () => undefined })
  readonly #vault: WritableVault
  /** The codes of the calls that were refused. */
  readonly refusals: string[] = []

  constructor(vault: WritableVault) {
    this.#vault = vault
    this.#stand = new ImportStand(vault)
  }

  get context(): HandlerContext {
    const { context } = this.#stand
    return {
      ...context,
      clock: {
        ...context.clock,
        today: () => parseIsoDate('2026-06-15'),
        time: () => parseCivilTime('2026-06-15T10:00'),
      },
    }
  }

  async #try(channel: ChannelName, input: unknown): Promise<void> {
    const reply = await this.#dispatch(channel, input, this.context)
    if (!reply.ok) this.refusals.push(`${channel}: ${reply.error.code}: ${reply.error.message}`)
  }

  /** As a client calls: throws for a refusal. */
  async ask<N extends ChannelName>(channel: N, input: CallOf<N>): Promise<OutputOf<N>> {
    const reply = await this.#dispatch(channel, input, this.context)
    if (!reply.ok) throw new Error(`${channel}: ${reply.error.code}`)
    return reply.value as OutputOf<N>
  }

  async perform({ action, a, b, c }: Step): Promise<void> {
    const [channel, input] = this.#call(action, a, b, c)
    if (channel !== null) await this.#try(channel, input)
  }

  #ids(table: string, where = 'true'): number[] {
    const sql = `select id from ${table} where ${where} order by id`
    return this.#vault.driver.prepare(sql).pluck().all() as number[]
  }

  #call(action: number, a: number, b: number, c: number): readonly [ChannelName | null, unknown] {
    const pick = (table: string, n: number, where?: string): number => {
      const ids = this.#ids(table, where)
      return ids[n % Math.max(1, ids.length)] ?? 999_999
    }
    const some = (table: string, n: number): number[] => {
      const ids = this.#ids(table)
      const found = [ids[n % Math.max(1, ids.length)], ids[(n * 7 + 3) % Math.max(1, ids.length)]]
      const list = found.filter((id) => id !== undefined)
      return list.length === 0 ? [999_999] : list
    }
    const day = (n: number) => addDays(parseIsoDate('2025-11-20'), n % 260)
    const amount = (n: number): number => ((n * 7_919) % 200_001) - 100_000
    const account = pick('accounts', a)
    const transaction = pick('transactions', a)
    const calls: (() => readonly [ChannelName | null, unknown])[] = [
      () => [
        'account.create',
        {
          name: `account ${a}`,
          kind: kinds[a % kinds.length],
          currency: currencies[b % currencies.length],
          institution: b % 3 === 0 ? '招商银行' : b % 3 === 1 ? `Bank ${c % 3}` : null,
          openingMinor: amount(c),
          openingOn: c % 2 === 0 ? day(c) : null,
        },
      ],
      () => ['account.update', { id: account, patch: { openingMinor: amount(b), name: `renamed ${c}` } }],
      () => ['account.update', { id: account, patch: { inNetWorth: b % 2 === 0, hidden: c % 2 === 0 } }],
      () => ['account.update', { id: account, patch: { kind: kinds[b % kinds.length], institution: `Bank ${c % 4}` } }],
      () => ['account.update', { id: account, patch: { currency: currencies[b % currencies.length] } }],
      () => [c % 4 === 0 ? 'account.delete' : null, { id: account }],
      () => ['account.reorder', { ids: this.#ids('accounts').toReversed() }],
      () => [
        'transaction.create',
        { accountId: account, bookedOn: day(b), amountMinor: amount(c), payee: `payee ${c % 5}`, memo: '饭' },
      ],
      () => ['transaction.update', { ids: some('transactions', a), patch: { bookedOn: day(b) } }],
      () => ['transaction.update', { ids: [transaction], patch: { amountMinor: amount(b) } }],
      () => [
        'transaction.update',
        {
          ids: some('transactions', a),
          patch: { categoryId: pick('categories', b), addTagIds: this.#ids('tags').slice(0, 2), notes: 'note\n饭' },
        },
      ],
      () => ['transaction.update', { ids: some('transactions', a), patch: { tagIds: this.#ids('tags').slice(c % 3) } }],
      () => ['transaction.delete', { ids: c % 3 === 0 ? some('transactions', a) : [transaction] }],
      () => ['transaction.setSplits', { id: transaction, splits: this.#splits(transaction, b, c) }],
      () => ['transfer.link', { fromId: transaction, toId: pick('transactions', b) }],
      () => ['transfer.unlink', { transactionId: transaction }],
      () => ['category.create', { kind: 'expense', nameZh: `类 ${a}`, parentId: b % 2 === 0 ? null : 1 }],
      () => [
        'category.update',
        { id: pick('categories', a, 'key is null'), patch: { nameEn: `name ${b}`, archived: c % 2 === 0 } },
      ],
      () => [
        'category.delete',
        { id: pick('categories', a), replaceWithId: b % 2 === 0 ? null : pick('categories', c) },
      ],
      () => ['tag.create', { name: `tag ${a % 6}` }],
      () => ['tag.rename', { id: pick('tags', a), name: `tag ${b % 6}` }],
      () => ['tag.delete', { id: pick('tags', a) }],
      () => ['valuation.set', { accountId: account, on: day(b), valueMinor: Math.abs(amount(c)), note: `v${b}` }],
      () => ['valuation.delete', { id: pick('valuations', a) }],
      () => ['vaultSettings.set', { baseCurrency: currencies[a % 3], ownerName: `owner ${b}` }],
      () => [
        'fx.set',
        {
          base: currencies[a % currencies.length],
          quote: currencies[(a + 1 + (b % 4)) % currencies.length],
          on: day(c),
          rate: `${1 + (c % 9)}.${1 + (b % 9)}`,
        },
      ],
      () => [
        'home.save',
        {
          ...(b % 2 === 0 ? {} : { accountId: pick('accounts', a, `kind = 'home'`) }),
          name: `home ${a}`,
          currency: currencies[c % 2],
          value: c % 3 === 0 ? null : { on: day(c), minor: Math.abs(amount(b)) },
          facts: {
            purchasedOn: day(b),
            purchaseMinor: c % 2 === 0 ? Math.abs(amount(a)) : null,
            mortgageAccountId: c % 4 === 0 ? pick('accounts', b, `kind = 'mortgage'`) : null,
          },
        },
      ],
      () => [
        'vehicle.save',
        {
          name: `car ${a}`,
          currency: 'CNY',
          value: { on: day(a), minor: Math.abs(amount(b)) },
          facts: { inspectionDueOn: day(c) },
        },
      ],
      () => [
        'document.create',
        { kind: 'passport', name: `doc ${a}`, expiresOn: day(b), accountId: c % 2 ? account : null },
      ],
      () => ['document.update', { id: pick('documents', a), document: { kind: 'lease', name: `lease ${b}` } }],
      () => ['document.delete', { id: pick('documents', a) }],
      () => [
        'attachment.add',
        {
          owner: [
            { type: 'account', id: account },
            { type: 'transaction', id: transaction },
            { type: 'document', id: pick('documents', a) },
          ][b % 3],
          file: this.#stand.add(Uint8Array.from([a % 256, 0, b % 256, 255]), `scan ${c}.pdf`).file,
        },
      ],
      () => ['attachment.delete', { id: pick('attachments', a) }],
      () => ['security.update', { id: pick('securities', a), name: `security ${b}`, class: 'fund' }],
      () => ['import.commit', { files: [this.#statement(a, b)] }],
      () => ['import.commit', { files: [this.#stand.add(investment, `broker ${a}.ofx`)] }],
      () => ['import.undo', { runId: pick('import_runs', a) }],
      () => ['person.create', { name: `person ${a % 5}`, role: b % 3 === 0 ? 'child' : 'adult' }],
      () => ['person.update', { id: pick('persons', a), patch: { name: `person ${b % 7}`, archived: c % 3 === 0 } }],
      () => ['person.setOwners', { accountIds: some('accounts', a), owners: this.#owners(b, c) }],
      () => ['person.setOwners', { accountIds: [account], owners: this.#owners(c, b) }],
      () => ['person.reorder', { ids: this.#ids('persons').toReversed() }],
      () => [
        c % 3 === 0 ? 'person.delete' : null,
        { id: pick('persons', a), giveTo: b % 2 === 0 ? null : pick('persons', b) },
      ],
      () => [c % 2 === 0 ? 'history.undo' : null, {}],
      () => [c % 2 === 0 ? 'history.redo' : null, {}],
    ]
    return calls[action % calls.length]?.() ?? [null, {}]
  }

  #splits(id: number, b: number, c: number): object[] {
    const sql = 'select amount_minor from transactions where id = ?'
    const whole = (this.#vault.driver.prepare(sql).pluck().get(id) as number | undefined) ?? 0
    if (b % 4 === 0) return []
    const part = c % 1_000
    return [
      { amountMinor: part, categoryId: this.#ids('categories')[b % 20] ?? null, memo: 'one' },
      { amountMinor: whole - part, categoryId: null, memo: 'rest' },
    ]
  }

  #owners(b: number, c: number): object[] {
    const ids = this.#ids('persons')
    const some = [...ids.slice(b % 3), ...ids.slice(0, b % 3)].slice(0, 1 + (c % 3))
    if (some.length === 0 || b % 4 === 0) return []
    const shares = [1 + (c % 9_000), 1 + (b % 700)].slice(0, some.length - 1)
    const rest = 10_000 - shares.reduce((sum, share) => sum + share, 0)
    return some.map((personId, index) => ({ personId, share: shares[index] ?? rest }))
  }

  /** One of a few overlapping statements of two accounts. */
  #statement(a: number, b: number) {
    const lines = Array.from({ length: 3 + (b % 4) }, (_, index) => {
      const n = (a % 3) + index
      const on = addDays(parseIsoDate('2026-02-01'), n)
      return `${on},Shop ${n % 4},${-3 - n}.5${n % 10}`
    })
    return this.#stand.add(bytes(`Date,Payee,Amount\n${lines.join('\n')}\n`), `bank ${a % 2}.csv`)
  }
}
