import * as z from 'zod'
import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import {
  addDecimal,
  type Decimal,
  multiplyDecimal,
  negateDecimal,
  signOfDecimal,
  subtractDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import { type IsoDate, isIsoDate, parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import {
  type ByteSource,
  type FileHead,
  type Identification,
  type Importer,
  ImportRejection,
  type ParsedItem,
  type ParsedSecurity,
  type ParsedTransaction,
} from '../importer.ts'
import { isIsin } from '../ofx/ofx-securities.ts'
import { inMajorUnits, type QuotedCurrency, quotedCurrency } from '../text/quoted-currency.ts'
import {
  amountOrZero,
  bookedOn,
  isoMoment,
  type JsonOutcome,
  optionalText,
  readRecords,
  RecordFault,
  refuseIfAllFailed,
} from './json-record.ts'
import { jsonDecimal, looksLikeJson, readJson } from './json-text.ts'

/** An activity as Ghostfolio imports and exports it: https://github.com/ghostfolio/ghostfolio#import-activities. */
const activitySchema = z.object({
  accountId: optionalText,
  comment: optionalText,
  currency: optionalText,
  dataSource: optionalText,
  date: optionalText,
  fee: optionalText,
  id: optionalText,
  quantity: optionalText,
  symbol: optionalText,
  type: optionalText,
  unitPrice: optionalText,
})
type Activity = z.output<typeof activitySchema>

const balanceSchema = z.object({ date: z.string(), value: z.string() })
const accountSchema = z.object({
  id: z.string(),
  name: optionalText,
  currency: optionalText,
  balance: optionalText,
  balances: z.array(balanceSchema).nullish().catch(null),
})
type Account = z.output<typeof accountSchema>

const profileSchema = z.object({ symbol: z.string(), name: optionalText, isin: optionalText })

const fileSchema = z.object({
  activities: z.array(z.unknown()),
  accounts: z.array(z.unknown()).nullish().catch(null),
  assetProfiles: z.array(z.unknown()).nullish().catch(null),
})

/** Ghostfolio's earliest day. */
const FIRST_DAY = parseIsoDate('1970-01-01')

/** Names of data sources are constants: YAHOO, MANUAL, COINGECKO, EOD_HISTORICAL_DATA … */
const DATA_SOURCE = /^[A-Z][A-Z0-9_]{1,40}$/

interface Statement {
  readonly index: number
  readonly account: Account | undefined
  readonly currency: CurrencyCode
  readonly isLiability: boolean
  last: IsoDate | null
}

function valid<Schema extends z.ZodType>(
  rows: readonly unknown[] | null | undefined,
  schema: Schema,
): z.output<Schema>[] {
  return (rows ?? []).flatMap((row) => {
    const parsed = schema.safeParse(row)
    return parsed.success ? [parsed.data] : []
  })
}

class GhostfolioReader {
  readonly #accounts: ReadonlyMap<string, Account>
  readonly #profiles: ReadonlyMap<string, z.output<typeof profileSchema>>
  readonly #statements = new Map<string, Statement>()
  readonly #announcements: ParsedItem[] = []
  readonly #activities: readonly unknown[]

  constructor({ activities, accounts, assetProfiles }: z.output<typeof fileSchema>) {
    this.#activities = activities
    this.#accounts = new Map(valid(accounts, accountSchema).map((account) => [account.id, account]))
    this.#profiles = new Map(valid(assetProfiles, profileSchema).map((profile) => [profile.symbol, profile]))
  }

  *read(): Generator<ParsedItem, void, void> {
    const fates = readRecords(this.#activities, activitySchema, (activity, label) => this.#activity(activity, label), {
      noun: 'Activity',
    })
    refuseIfAllFailed(fates)
    yield* this.#announcements
    yield* fates.items
    for (const statement of this.#statements.values()) yield* this.#cash(statement)
  }

  #activity(activity: Activity, label: string): JsonOutcome {
    const { type = '', symbol, comment, dataSource } = activity
    const moment = isoMoment(activity.date, label)
    if (moment.date < FIRST_DAY) {
      throw new RecordFault('bad-date', `${label} is dated ${moment.date}, before Ghostfolio’s first day.`, {
        text: moment.date,
      })
    }
    if (dataSource !== undefined && !DATA_SOURCE.test(dataSource)) {
      throw new RecordFault('bad-record', `${label} has the unknown data source "${dataSource.slice(0, 40)}".`)
    }
    const account = activity.accountId === undefined ? undefined : this.#accounts.get(activity.accountId)
    const quoted = currencyIn(activity.currency ?? account?.currency, label)
    const amount = (text: string | undefined): Decimal => {
      const value = amountOrZero(text, label)
      if (signOfDecimal(value) < 0) throw new RecordFault('bad-amount', `${label} has a negative number.`)
      return value
    }
    const quantity = amount(activity.quantity)
    const price = inMajorUnits(amount(activity.unitPrice), quoted)
    const fee = inMajorUnits(amount(activity.fee), quoted)
    const worth = multiplyDecimal(quantity, price)
    const effect = effectOf(type, { quantity, worth, fee }, label)
    const isLiability = type === 'LIABILITY'
    const statement = this.#statementOf(account, activity, quoted.currency, isLiability)
    if (statement.last === null || moment.date > statement.last) statement.last = moment.date
    const security = isLiability || symbol === undefined ? undefined : this.#securityOf(symbol, activity)
    const isMove = effect.quantity !== undefined
    const transaction: ParsedTransaction = {
      ...moment,
      amount: effect.amount,
      kind: effect.kind,
      ...(symbol === undefined ? {} : { payee: security?.name ?? symbol }),
      ...(comment === undefined ? {} : { memo: comment }),
      ...(activity.id === undefined ? {} : { reference: activity.id }),
      ...(security === undefined ? {} : { security }),
      ...(effect.quantity === undefined ? {} : { quantity: effect.quantity }),
      ...(isMove ? { price } : {}),
      ...(fee === ZERO || type === 'FEE' ? {} : { fee }),
    }
    return bookedOn(statement.index, transaction)
  }

  #securityOf(symbol: string, { dataSource, comment }: Activity): ParsedSecurity {
    const profile = this.#profiles.get(symbol)
    const isin = [profile?.isin, symbol].find((text) => text !== undefined && isIsin(text))
    // a manual entry has a random id for its symbol: what its owner wrote of it says more
    const name = profile?.name ?? (dataSource === 'MANUAL' && /^[0-9a-f-]{36}$/.test(symbol) ? comment : undefined)
    return {
      ...(isin === undefined ? {} : { isin }),
      ...(isin === symbol ? {} : { symbol }),
      ...(name === undefined ? {} : { name }),
      ...(dataSource === 'COINGECKO' ? { class: 'crypto' } : {}),
    }
  }

  #statementOf(
    account: Account | undefined,
    { symbol, comment }: Activity,
    currency: CurrencyCode,
    isLiability: boolean,
  ): Statement {
    const debt = isLiability ? (symbol ?? comment ?? 'Liability') : ''
    const key = JSON.stringify([account?.id ?? '', debt, currency])
    const known = this.#statements.get(key)
    if (known !== undefined) return known
    const statement = { index: this.#statements.size + 1, account, currency, isLiability, last: null }
    this.#statements.set(key, statement)
    const own = account?.name ?? 'Ghostfolio'
    const name = isLiability
      ? debt
      : account?.currency === undefined || account.currency === currency
        ? own
        : `${own} ${currency}`
    this.#announcements.push({
      type: 'statement',
      statement: statement.index,
      account: { name, kind: isLiability ? 'liability' : 'brokerage' },
      currency,
    })
    return statement
  }

  /**
   * Ghostfolio keeps an account's cash apart from its activities, as balances of its own, zero where there are none. So
   * the newest balance (or zero) is what the account holds after its last activity, and what came before follows.
   */
  *#cash({ index, account, currency, isLiability, last }: Statement): Generator<ParsedItem, void, void> {
    if (isLiability || last === null) return
    const own = account?.currency === currency ? account : undefined
    const days = (own?.balances ?? []).flatMap(({ date, value }) => {
      const day = date.slice(0, 10)
      const amount = jsonDecimal(value)
      return isIsoDate(day) && amount !== null ? [{ day, amount }] : []
    })
    if (days.length < (own?.balances?.length ?? 0)) {
      const message = `A balance of the account ${own?.name ?? ''} cannot be read and was left out.`
      yield { type: 'finding', finding: { severity: 'warning', code: 'bad-amount', message } }
    }
    const newest = days.toSorted((left, right) => (left.day < right.day ? -1 : 1)).at(-1)
    const amount = newest?.amount ?? jsonDecimal(own?.balance ?? '0') ?? ZERO
    const on = newest !== undefined && newest.day > last ? newest.day : last
    yield { type: 'balance', statement: index, kind: 'closing', amount, on }
  }
}

function currencyIn(text: string | undefined, label: string): QuotedCurrency {
  const quoted = quotedCurrency(text ?? '')
  if (quoted !== null) return quoted
  const shown = (text ?? '').slice(0, 20)
  throw new RecordFault('bad-currency', `${label} has the unknown currency "${shown}".`, { text: shown })
}

interface Figures {
  readonly quantity: Decimal
  readonly worth: Decimal
  readonly fee: Decimal
}

function effectOf(
  type: string,
  { quantity, worth, fee }: Figures,
  label: string,
): Pick<ParsedTransaction, 'kind' | 'amount' | 'quantity'> {
  switch (type) {
    case 'BUY':
      return { kind: 'buy', amount: negateDecimal(addDecimal(worth, fee)), quantity }
    case 'SELL':
      return { kind: 'sell', amount: subtractDecimal(worth, fee), quantity: negateDecimal(quantity) }
    case 'DIVIDEND':
      return { kind: 'dividend', amount: subtractDecimal(worth, fee) }
    case 'INTEREST':
      return { kind: 'interest', amount: subtractDecimal(worth, fee) }
    case 'FEE':
      return { kind: 'fee', amount: negateDecimal(addDecimal(worth, fee)) }
    // a thing of value that its owner has: no cash was moved
    case 'ITEM':
    case 'VALUABLE':
      return { kind: 'security-in', amount: ZERO, quantity }
    case 'LIABILITY':
      return { kind: 'opening', amount: negateDecimal(worth) }
    default: {
      const shown = type.slice(0, 40)
      throw new RecordFault('unsupported-record', `${label} is of the unknown type "${shown}".`, { text: shown })
    }
  }
}

/** Ghostfolio's export (and import) of activities as JSON. */
export const ghostfolioImporter: Importer = {
  id: 'ghostfolio',

  identify({ text }: FileHead): Identification {
    if (!looksLikeJson(text)) return 'no'
    if (/"activities"\s*:/.test(text) && /"(?:unitPrice|dataSource)"\s*:/.test(text)) return 'yes'
    const isExport = /"meta"\s*:\s*\{[^{}]{0,400}"version"/.test(text) && /"(?:activities|platforms)"\s*:/.test(text)
    return isExport ? 'yes' : /"activities"\s*:/.test(text) ? 'likely' : 'no'
  },

  *parse(source: ByteSource): Generator<ParsedItem, void, void> {
    const parsed = fileSchema.safeParse(readJson(source))
    if (!parsed.success) {
      throw new ImportRejection('unknown-format', 'This JSON file has no list of activities as Ghostfolio exports it.')
    }
    if (parsed.data.activities.length === 0) {
      throw new ImportRejection('no-transactions-table', 'The file holds no activities.')
    }
    yield* new GhostfolioReader(parsed.data).read()
  },
}
