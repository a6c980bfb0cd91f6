import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { Decimal } from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { RateSource } from '../../analysis/wealth/fx-conversion.ts'
import type { Vault } from '../open-vault.ts'
import { untilChange } from '../until-change.ts'
import { sqlRows } from './query.ts'

interface Pair {
  readonly base: CurrencyCode
  readonly quote: CurrencyCode
}
interface RateRow {
  rate: Decimal
  on: IsoDate
  source: string
}

/**
 * Every pair that has a rate: a seek or two each, for a table of all days since 1999 is long. Not by a comparison of both
 * columns at once: SQLite then reads all days of a pair to find the next. Nobody may change the answer.
 */
export function loadRatePairs(vault: Vault): readonly Pair[] {
  return untilChange(vault, 'pairs of currencies', '', () => {
    const ofBase = 'select base, quote from fx_rates where base = ? and quote > ? order by quote limit 1'
    const ofNextBase = 'select base, quote from fx_rates where base > ? order by base, quote limit 1'
    const pairs: Pair[] = []
    let [next] = sqlRows<Pair>(vault, ofNextBase, '')
    while (next !== undefined) {
      const { base, quote }: Pair = next
      pairs.push(next)
      next = sqlRows<Pair>(vault, ofBase, base, quote)[0] ?? sqlRows<Pair>(vault, ofNextBase, base)[0]
    }
    return pairs
  })
}

/** A source that reads a pair's rates (rising dates) when it is first asked for one; most pairs are never asked for. */
function sourceOf(vault: Vault, ratesOf: (pair: Pair) => readonly RateRow[]): RateSource {
  const pairs = loadRatePairs(vault)
  const unread = new Map(pairs.map((pair) => [`${pair.base}${pair.quote}`, pair]))
  const known = new Map<string, readonly RateRow[]>()
  return {
    pairs,
    latest(base, quote, on) {
      const key = `${base}${quote}`
      const pair = unread.get(key)
      if (pair !== undefined) {
        unread.delete(key)
        known.set(key, ratesOf(pair))
      }
      const rows = known.get(key) ?? []
      let [low, high] = [0, rows.length]
      while (low < high) {
        const middle = (low + high) >>> 1
        if ((rows[middle]?.on ?? on) <= on) low = middle + 1
        else high = middle
      }
      return rows[low - 1] ?? null
    },
  }
}

/** The vault's rates for a converter; a lookup is one seek. */
export function loadRateSource(vault: Vault): RateSource {
  const sql = `select rate, as_of as "on", source from fx_rates
    where base = ? and quote = ? and as_of <= ? order by as_of desc limit 1`
  const pairs = loadRatePairs(vault)
  const known = new Set(pairs.map(({ base, quote }) => `${base}${quote}`))
  return {
    pairs,
    latest: (base, quote, on) =>
      known.has(`${base}${quote}`) ? (sqlRows<RateRow>(vault, sql, base, quote, on)[0] ?? null) : null,
  }
}

/** The rates of these days, and of no others: for a chart. A pair is read at once, by a seek for each day. */
export function loadRateSourceOn(vault: Vault, dates: readonly IsoDate[]): RateSource {
  const days = JSON.stringify(dates)
  return sourceOf(vault, ({ base, quote }) =>
    sqlRows<RateRow>(
      vault,
      `select distinct rate, as_of as "on", source from json_each(?3) day cross join fx_rates rates
         on base = ?1 and quote = ?2 and as_of =
           (select max(as_of) from fx_rates where base = ?1 and quote = ?2 and as_of <= day.value)
       order by as_of`,
      base,
      quote,
      days,
    ),
  )
}

/**
 * The rates that days of this span can need, for conversions of many days: each pair's rates within the span, and the
 * last one before it, read at once.
 */
export function loadRateSourceBetween(vault: Vault, from: IsoDate, to: IsoDate): RateSource {
  return sourceOf(vault, ({ base, quote }) =>
    sqlRows<RateRow>(
      vault,
      `select rate, as_of as "on", source from fx_rates where base = ?1 and quote = ?2 and as_of <= ?4
       and as_of >= coalesce((select max(as_of) from fx_rates where base = ?1 and quote = ?2 and as_of <= ?3), ?3)
       order by as_of`,
      base,
      quote,
      from,
      to,
    ),
  )
}

/** The newest rate of each pair, and how many days it is known for. */
export function loadNewestRates(vault: Vault): (Pair & RateRow & { count: number })[] {
  return loadRatePairs(vault).flatMap(({ base, quote }) =>
    sqlRows<Pair & RateRow & { count: number }>(
      vault,
      `select base, quote, rate, as_of as "on", source,
         (select count(*) from fx_rates other where other.base = rates.base and other.quote = rates.quote) as count
       from fx_rates rates where base = ? and quote = ? order by as_of desc limit 1`,
      base,
      quote,
    ),
  )
}
