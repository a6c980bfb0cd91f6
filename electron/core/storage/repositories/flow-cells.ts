import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { daysBetween, type IsoDate } from '../../../../shared/domain/iso-date.ts'
import { safeMinor } from '../../../../shared/domain/money.ts'
import type { RateNote } from '../../../../shared/model/figures.ts'
import type { CountedFlow, FlowCell, FlowGroup } from '../../../../shared/model/flow.ts'
import { periodOf } from '../../analysis/account/flow/flow-period.ts'
import type { Converter } from '../../analysis/wealth/fx-conversion.ts'

/** A rate this many days older than the day it stands in for is told: weekends and holidays pass in silence. */
const TOLD_AFTER_DAYS = 7

/** What is to be told of the rates that a period's amounts were converted at. */
export interface PeriodNote extends RateNote {
  readonly period: IsoDate
}

/** Sums by period, flow and category. */
export class FlowCells {
  readonly #cells = new Map<string, FlowCell>()

  add(period: IsoDate, flow: CountedFlow, categoryId: number, inMinor: number, outMinor: number, count: number): void {
    const key = `${period} ${flow} ${categoryId}`
    const known = this.#cells.get(key)
    if (known === undefined) this.#cells.set(key, { period, flow, categoryId, inMinor, outMinor, count })
    else {
      known.inMinor = safeMinor(known.inMinor + inMinor)
      known.outMinor = safeMinor(known.outMinor + outMinor)
      known.count += count
    }
  }

  all(): Iterable<FlowCell> {
    return this.#cells.values()
  }

  /** By period, flow and category. */
  sorted(): FlowCell[] {
    return [...this.#cells].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, cell]) => cell)
  }
}

/** Amounts in other currencies by day, flow and category, until they are converted. */
export class ForeignSums {
  readonly #sums = new Map<string, { on: IsoDate; currency: CurrencyCode; cell: FlowCell }>()

  add(
    currency: CurrencyCode,
    on: IsoDate,
    group: FlowGroup,
    flow: CountedFlow,
    categoryId: number,
    minor: number,
  ): void {
    const key = `${currency}${on}${flow} ${categoryId}`
    let sum = this.#sums.get(key)
    if (sum === undefined) {
      const cell = { period: periodOf(on, group), flow, categoryId, inMinor: 0, outMinor: 0, count: 0 }
      sum = { on, currency, cell }
      this.#sums.set(key, sum)
    }
    if (minor > 0) sum.cell.inMinor = safeMinor(sum.cell.inMinor + minor)
    else sum.cell.outMinor = safeMinor(sum.cell.outMinor - minor)
    sum.cell.count += 1
  }

  /** Adds all of them, each at its day's rate; answers what is to be told of the rates. */
  addTo(cells: FlowCells, base: CurrencyCode, makeConverter: () => Converter): PeriodNote[] {
    const notes = new Map<string, PeriodNote>()
    if (this.#sums.size === 0) return []
    const converter = makeConverter()
    for (const { on, currency, cell } of this.#sums.values()) {
      const rate = converter.rateOf(currency, base, on)
      const [ins, outs] = [rate?.convert(cell.inMinor) ?? null, rate?.convert(cell.outMinor) ?? null]
      if (rate === null || ins === null || outs === null) {
        notes.set(`${currency}${cell.period}`, { period: cell.period, currency, usedRateOn: null })
        continue
      }
      if (rate.on !== null && daysBetween(rate.on, on) > TOLD_AFTER_DAYS) {
        const key = `${currency}${cell.period}`
        const told = notes.get(key)?.usedRateOn
        if (told === undefined || (told !== null && rate.on < told)) {
          notes.set(key, { period: cell.period, currency, usedRateOn: rate.on })
        }
      }
      cells.add(cell.period, cell.flow, cell.categoryId, ins, outs, cell.count)
    }
    return [...notes.values()]
  }
}
