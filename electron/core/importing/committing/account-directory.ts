import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { type AccountDraft, accountDraftSchema } from '../../../../shared/model/account.ts'
import type { FileChoice } from '../../../../shared/model/importing.ts'
import { CoreError } from '../../../../shared/ipc/errors.ts'
import { sqlRows } from '../../storage/repositories/query.ts'
import { firstOf } from './first-of.ts'
import type { Vault } from '../../storage/open-vault.ts'
import type { ParsedAccount } from '../importer.ts'
import { normaliseText } from '../fingerprint.ts'
import { type ComparableNumber, comparableNumber, compareNumbers } from './account-number.ts'
import {
  ANONYMOUS,
  debtKindOf,
  DEFAULT_KIND,
  identityOf,
  kindOf,
  kinOf,
  nameFor,
  nameOrNone,
  type StatementOrigin,
} from './account-identity.ts'

/** An account that statements can go to: one of the vault, or one that this batch will create. */
export interface TargetAccount {
  /** Null until a commit has created it. */
  id: number | null
  readonly name: string
  readonly currency: CurrencyCode
  kind: string
  readonly number: ComparableNumber | null
  readonly institution: string | null
  /** Set for an account that this batch creates. */
  draft: AccountDraft | null
  /** The kind that it has if its balances turn out to be owed throughout; null where its kind is known. */
  debtKind: string | null
}

export type TargetReason = 'remembered' | 'number' | 'only-candidate' | 'chosen'

export interface ResolvedAccount {
  readonly target: TargetAccount
  /** Null for a new account. */
  readonly why: TargetReason | null
  /** What this statement calls its account, to be remembered. */
  readonly identity: string
  /** The statement named no currency and none could be learnt: the base currency was taken. */
  readonly currencyGuessed: boolean
}

type ChosenTarget = NonNullable<FileChoice['targets']>[number]['target']

interface AccountRow {
  id: number
  name: string
  currency: CurrencyCode
  kind: string
  number: string | null
  institution: string | null
}

/** The base currency of the vault; CNY where nothing was said. */
export function loadBaseCurrency(vault: Vault): CurrencyCode {
  const row = firstOf(sqlRows<{ value: string }>(vault, `select value from settings where key = 'baseCurrency'`))
  const value: unknown = row === undefined ? null : JSON.parse(row.value)
  return (typeof value === 'string' ? value : 'CNY') as CurrencyCode
}

/** The accounts of the vault and of the batch under way, and what statements have called them. */
export class AccountDirectory {
  readonly #accounts: TargetAccount[]
  readonly #byIdentity = new Map<string, TargetAccount>()
  readonly #baseCurrency: CurrencyCode

  constructor(vault: Vault) {
    this.#baseCurrency = loadBaseCurrency(vault)
    const rows = sqlRows<AccountRow>(
      vault,
      `select a.id, a.name, a.currency, a.kind, a.number, i.name as institution
       from accounts a left join institutions i on i.id = a.institution_id order by a.id`,
    )
    this.#accounts = rows.map((row) => ({
      id: row.id,
      name: row.name,
      currency: row.currency,
      kind: row.kind,
      number: comparableNumber(row.number),
      institution: row.institution,
      draft: null,
      debtKind: null,
    }))
    const byId = new Map(this.#accounts.map((account) => [account.id, account]))
    const identities = sqlRows<{ identity: string; account_id: number }>(vault, 'select * from account_identities')
    for (const { identity, account_id } of identities) {
      const account = byId.get(account_id)
      if (account !== undefined) this.#byIdentity.set(identity, account)
    }
  }

  /**
   * The account that a statement belongs to: the chosen one, the one that was remembered, the one with its number, else
   * a new one. Where a statement names no account at all and its file has another name than before, `holdsRowsOf` says
   * which of the accounts that such files went to already holds its rows: a renamed file must not make a second account.
   * Throws CoreError: 'not-found' for a chosen account that is gone, 'conflict' for one of another currency.
   */
  resolve(
    account: ParsedAccount,
    currency: CurrencyCode | null,
    origin: StatementOrigin,
    chosen: Exclude<ChosenTarget, { type: 'leave-out' }> | undefined,
    holdsRowsOf: (candidates: readonly TargetAccount[]) => TargetAccount | undefined,
  ): ResolvedAccount {
    const identity = identityOf(account, currency, origin)
    const resolved =
      chosen === undefined
        ? (this.#find(account, currency, identity) ?? this.#findByRows(identity, holdsRowsOf))
        : this.#chosen(chosen, currency)
    const found = resolved ?? { target: this.#draft(account, currency, origin), why: null }
    this.#byIdentity.set(identity, found.target)
    return { ...found, identity, currencyGuessed: currency === null && found.why === null && chosen === undefined }
  }

  #findByRows(
    identity: string,
    holdsRowsOf: (candidates: readonly TargetAccount[]) => TargetAccount | undefined,
  ): { target: TargetAccount; why: TargetReason | null } | undefined {
    if (!identity.startsWith(ANONYMOUS)) return undefined
    const kin = kinOf(identity)
    const candidates = new Set<TargetAccount>()
    for (const [known, target] of this.#byIdentity) if (kinOf(known) === kin) candidates.add(target)
    const target = candidates.size === 0 ? undefined : holdsRowsOf([...candidates])
    return target === undefined ? undefined : { target, why: target.draft === null ? 'remembered' : null }
  }

  #chosen(
    chosen: Exclude<ChosenTarget, { type: 'leave-out' }>,
    currency: CurrencyCode | null,
  ): { target: TargetAccount; why: TargetReason | null } {
    const target = chosen.type === 'new' ? this.#addDraft(chosen.draft) : this.#byId(chosen.accountId)
    if (currency !== null && target.currency !== currency) {
      throw new CoreError('conflict', `A statement in ${currency} cannot go to an account in ${target.currency}.`, {
        currency,
        accountCurrency: target.currency,
      })
    }
    return { target, why: chosen.type === 'new' ? null : 'chosen' }
  }

  #byId(id: number): TargetAccount {
    const found = this.#accounts.find((account) => account.id === id)
    if (found === undefined) throw new CoreError('not-found', 'There is no such account.', { accountId: id })
    return found
  }

  #find(
    account: ParsedAccount,
    currency: CurrencyCode | null,
    identity: string,
  ): { target: TargetAccount; why: TargetReason | null } | undefined {
    const remembered = this.#byIdentity.get(identity)
    if (remembered !== undefined) return { target: remembered, why: remembered.draft === null ? 'remembered' : null }
    const number = comparableNumber(account.number)
    if (number === null) return undefined
    const fitting = this.#accounts.filter((candidate) => currency === null || candidate.currency === currency)
    const same: TargetAccount[] = []
    const sameEnd: TargetAccount[] = []
    for (const candidate of fitting) {
      if (candidate.number === null) continue
      const match = compareNumbers(candidate.number, number)
      if (match === 'same') same.push(candidate)
      else if (match === 'same-end' && mayBeSameInstitution(candidate, account)) sameEnd.push(candidate)
    }
    const only = same.length > 0 ? same : sameEnd
    const [target] = only
    if (target === undefined || only.length > 1) return undefined
    return { target, why: target.draft === null ? 'number' : null }
  }

  #draft(account: ParsedAccount, currency: CurrencyCode | null, origin: StatementOrigin): TargetAccount {
    const money = currency ?? this.#baseCurrency
    const kind = kindOf(account, origin.fileName)
    const institution = nameOrNone(account.institution).slice(0, 200)
    const draft = accountDraftSchema.parse({
      name: this.#freeName(nameFor(account, kind, origin.fileName), money),
      kind,
      institution: institution === '' ? null : institution,
      number: account.number?.trim().slice(0, 64) ?? null,
      currency: money,
    })
    return this.#add(draft, kind === DEFAULT_KIND ? debtKindOf(account, origin.fileName) : null)
  }

  /** A draft that the user sent for several files is one account. */
  #addDraft(draft: AccountDraft): TargetAccount {
    const text = JSON.stringify(draft)
    return (
      this.#accounts.find((known) => known.draft !== null && JSON.stringify(known.draft) === text) ?? this.#add(draft)
    )
  }

  #add(draft: AccountDraft, debtKind: string | null = null): TargetAccount {
    const target: TargetAccount = {
      id: null,
      name: draft.name,
      currency: draft.currency,
      kind: draft.kind,
      number: comparableNumber(draft.number),
      institution: draft.institution,
      draft,
      debtKind,
    }
    this.#accounts.push(target)
    return target
  }

  #freeName(wanted: string, currency: CurrencyCode): string {
    const taken = new Set(this.#accounts.map((account) => account.name))
    if (!taken.has(wanted)) return wanted
    if (!taken.has(`${wanted} ${currency}`)) return `${wanted} ${currency}`
    for (let number = 2; ; number += 1) if (!taken.has(`${wanted} ${number}`)) return `${wanted} ${number}`
  }
}

/** A new account whose name may mean a debt is one where all of its balances are owed. */
export function reconsiderKind(target: TargetAccount, balances: readonly number[]): void {
  const { debtKind, draft } = target
  if (debtKind === null || draft === null || balances.length === 0) return
  if (balances.some((minor) => minor > 0) || balances.every((minor) => minor === 0)) return
  target.kind = debtKind
  target.draft = { ...draft, kind: debtKind }
  target.debtKind = null
}

/** False only where both name an institution and the names have nothing in common. */
function mayBeSameInstitution(known: TargetAccount, account: ParsedAccount): boolean {
  const left = normaliseText(known.institution ?? undefined)
  const right = normaliseText(account.institution)
  return left === '' || right === '' || left.includes(right) || right.includes(left)
}
