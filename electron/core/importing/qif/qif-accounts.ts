import type { Decimal } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { AccountKindHint, ParsedAccount, ParsedItem } from '../importer.ts'
import type { QifConventions } from './qif-context.ts'
import { parseQifDate } from './qif-date.ts'
import { parseQifNumber } from './qif-number.ts'
import { fieldOf, type QifField } from './qif-records.ts'
import { accountKindOf } from './qif-sections.ts'

/** An account as an "!Account" record describes it. */
export interface QifAccount {
  readonly name?: string
  readonly kind?: AccountKindHint
  readonly description?: string
  readonly limit?: Decimal
  readonly balance?: Decimal
  readonly balanceOn?: IsoDate
}

export function readAccount(fields: readonly QifField[], conventions: QifConventions): QifAccount {
  const name = fieldOf(fields, 'N')
  const kind = accountKindOf(fieldOf(fields, 'T') ?? '')
  const numberIn = (code: string): Decimal | undefined => {
    const text = fieldOf(fields, code)
    return text === undefined ? undefined : (parseQifNumber(text, conventions.mark) ?? undefined)
  }
  const limit = numberIn('L')
  const balance = numberIn('$') ?? numberIn('B')
  const dated = fieldOf(fields, '/')
  const balanceOn = dated === undefined ? null : parseQifDate(dated, conventions.order, conventions.today)
  return {
    ...(name === undefined ? {} : { name }),
    ...(kind === undefined ? {} : { kind }),
    ...(limit === undefined ? {} : { limit }),
    ...(balance === undefined ? {} : { balance }),
    ...(balanceOn === null ? {} : { balanceOn }),
  }
}

export interface QifStatement {
  readonly index: number
  readonly name: string | undefined
}

/** The statements of one file: one for each account name, or for each type where the file names no accounts. */
export class QifStatements {
  readonly #byKey = new Map<string, QifStatement>()

  /** The statement of an account, and the items that announce it the first time. */
  take(
    account: QifAccount,
    kind: AccountKindHint | undefined,
    label: string,
    conventions: QifConventions,
  ): { readonly statement: QifStatement; readonly items: readonly ParsedItem[] } {
    const key = account.name === undefined ? `type:${label}` : `name:${account.name}`
    const known = this.#byKey.get(key)
    if (known !== undefined) return { statement: known, items: [] }
    const statement: QifStatement = { index: this.#byKey.size, name: account.name }
    this.#byKey.set(key, statement)
    const hint = account.kind ?? kind
    const parsed: ParsedAccount = {
      ...(account.name === undefined ? {} : { name: account.name }),
      ...(hint === undefined ? {} : { kind: hint }),
    }
    const { index } = statement
    const items: ParsedItem[] = [
      { type: 'statement', statement: index, account: parsed, currency: conventions.currency },
    ]
    if (account.balance !== undefined && account.balanceOn !== undefined) {
      const on = account.balanceOn
      items.push({ type: 'balance', statement: index, kind: 'closing', amount: account.balance, on })
    }
    if (account.limit !== undefined && hint === 'credit-card') {
      items.push({ type: 'balance', statement: index, kind: 'limit', amount: account.limit, on: null })
    }
    return { statement, items }
  }
}
