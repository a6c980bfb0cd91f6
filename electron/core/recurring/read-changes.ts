import { addMonths, dayNumber, type IsoDate, startOfMonth } from '../../../shared/domain/iso-date.ts'
import { foldText } from '../analysis/account/rules/fold-text.ts'
import { prepared } from '../storage/repositories/query.ts'
import type { WritableVault } from '../storage/open-vault.ts'
import { LineStore } from './line-store.ts'
import { PayeeKeys, tracesOf } from './payee-keys.ts'
import { PAYMENT_COLUMNS, PAYMENT_CONDITION, type PaymentRow } from './payment-rows.ts'

/** What has changed is looked for in so many months, and among the rows that its series had before. */
const MONTHS_BACK = 27
const TEXTS_AT_ONCE = 2_500
const NAMES_AT_ONCE = 50
/** With more payees than this it is quicker to clean each text than to look for the traces of all in it. */
const MOST_TRACED = 100

/** The payees of the history, as they are written, whose key is one of these. */
function* textsOf(vault: WritableVault, wanted: ReadonlySet<string>, keys: PayeeKeys): Generator<void, string[]> {
  const traces = wanted.size > MOST_TRACED ? null : [...wanted].flatMap(tracesOf)
  const isTraced = (text: string): boolean => {
    if (traces === null) return true
    const folded = foldText(text)
    return traces.some((trace) => folded.includes(trace))
  }
  const select = prepared(
    vault,
    `select distinct payee from transactions indexed by transactions_payee where payee > ? order by payee
     limit ${TEXTS_AT_ONCE}`,
  )
  const found: string[] = []
  for (let after: string | undefined = ''; after !== undefined;) {
    select.pluck(true)
    const texts = select.all(after) as string[]
    for (const text of texts) if (isTraced(text) && wanted.has(keys.of(text))) found.push(text)
    after = texts.length < TEXTS_AT_ONCE ? undefined : texts.at(-1)
    yield
  }
  return found
}

/**
 * The payments of these payees, numbered as they come, in the last two years and a bit, and those that their series had
 * before. Yields after each slice.
 */
export function* readChanges(
  vault: WritableVault,
  {
    payees,
    keys,
    today,
    currencies,
  }: { payees: readonly string[]; keys: PayeeKeys; today: IsoDate; currencies: ReadonlyMap<number, string> },
): Generator<void, LineStore> {
  const store = new LineStore(currencies)
  const numbers = new Map(payees.map((payee, number) => [payee, number]))
  const taken = new Set<number>()
  const take = (rows: unknown[]): void => {
    for (const [id, accountId, on, minor, original, isTransfer, text] of rows as PaymentRow[]) {
      const payee = numbers.get(keys.of(text))
      if (payee === undefined || taken.has(id)) continue
      taken.add(id)
      store.add({ id, accountId, payee, day: dayNumber(on as IsoDate), minor, isTransfer: isTransfer === 1 })
      if (original !== null) store.addOriginal(id, original)
    }
  }
  const rowsWhere = (where: string): ((...parameters: string[]) => unknown[]) => {
    const select = prepared(
      vault,
      `select ${PAYMENT_COLUMNS} from transactions where ${where} and ${PAYMENT_CONDITION}`,
    )
    return (...parameters) => {
      select.raw(true)
      return select.all(...parameters)
    }
  }
  const members = rowsWhere(`id in (
    select transaction_id from recurring_rows join recurring_series on recurring_series.id = series_id
    where payee_key in (select value from json_each(?)))`)
  take(members(JSON.stringify(payees)))
  yield
  const first = addMonths(startOfMonth(today), -MONTHS_BACK)
  const texts = yield* textsOf(vault, new Set(payees), keys)
  const named = rowsWhere('payee in (select value from json_each(?)) and booked_on >= ?')
  for (let from = 0; from < texts.length; from += NAMES_AT_ONCE) {
    take(named(JSON.stringify(texts.slice(from, from + NAMES_AT_ONCE)), first))
    yield
  }
  // rows without a payee go by their memo
  const unnamed = rowsWhere(`payee = '' and booked_on >= ? and booked_on < ?`)
  for (let month = first; month <= today; month = addMonths(month, 1)) {
    take(unnamed(month, addMonths(month, 1)))
    yield
  }
  return store
}
