import { type CurrencyCode, isCurrencyCode, parseCurrencyCode } from '../../../../shared/domain/currency.ts'
import { signOfDecimal, tryParseDecimal } from '../../../../shared/domain/decimal.ts'
import { type IsoDate, isIsoDate, tryIsoDate } from '../../../../shared/domain/iso-date.ts'
import {
  type ByteSource,
  type FileHead,
  type Identification,
  type Importer,
  ImportRejection,
  type ParsedItem,
} from '../importer.ts'
import { readLines } from '../text/decode.ts'
import { looksBinary } from '../text/encoding.ts'

const PROGRESS_STEP = 1 << 18
/** Columns that make a header the ECB's: any CSV has a date, none else goes on with currencies only. */
const FEWEST_CURRENCIES = 3
const EURO: CurrencyCode = parseCurrencyCode('EUR')

const MONTHS = 'january february march april may june july august september october november december'.split(' ')

interface Column {
  readonly index: number
  readonly currency: CurrencyCode
}

const cellsOf = (line: string): string[] => line.split(',').map((cell) => cell.trim())

/** The currencies of the header and their places; null where the line is not the header of the ECB's table. */
function columnsOf(line: string): { columns: readonly Column[]; unknown: readonly string[]; width: number } | null {
  const cells = cellsOf(line)
  if (cells[0]?.toLowerCase() !== 'date') return null
  const columns: Column[] = []
  const unknown: string[] = []
  let width = cells.length
  if (cells.at(-1) === '') width -= 1
  for (let index = 1; index < width; index += 1) {
    const cell = cells[index] ?? ''
    if (!/^[A-Z]{3}$/.test(cell)) return null
    if (isCurrencyCode(cell)) columns.push({ index, currency: cell })
    else unknown.push(cell)
  }
  return columns.length >= FEWEST_CURRENCIES ? { columns, unknown, width } : null
}

/** `2026-04-13` of the history, `13 April 2026` of the daily file. */
function dateOf(text: string): IsoDate | null {
  if (isIsoDate(text)) return text
  const match = /^(\d{1,2}) ([A-Za-z]{3,9}) (\d{4})$/.exec(text)
  if (match === null) return null
  const month = MONTHS.indexOf((match[2] ?? '').toLowerCase()) + 1
  return tryIsoDate(Number(match[3]), month, Number(match[1]))
}

function firstLine(text: string): string {
  const trimmed = text.trimStart()
  const end = trimmed.search(/[\r\n]/)
  return (end < 0 ? trimmed : trimmed.slice(0, end)).slice(0, 4096)
}

function* readRow(
  cells: readonly string[],
  record: number,
  columns: readonly Column[],
  width: number,
): Generator<ParsedItem, void, void> {
  const [dateText = ''] = cells
  const on = dateOf(dateText)
  if (on === null) {
    const shown = dateText.slice(0, 40)
    const message = `"${shown}" is no date: the rates of this line were left out.`
    yield { type: 'failed', record, reason: { code: 'bad-date', message, values: { text: shown } } }
    return
  }
  if (cells.length < width) {
    const message = `The line of ${on} breaks off: its rates were left out.`
    yield { type: 'failed', record, reason: { code: 'bad-record', message, values: { date: on } } }
    return
  }
  for (const { index, currency } of columns) {
    const text = cells[index] ?? ''
    if (text === '' || text === 'N/A' || text === '-') continue
    const rate = tryParseDecimal(text)
    if (rate === null || signOfDecimal(rate) <= 0) {
      const shown = text.slice(0, 40)
      const message = `"${shown}" is no rate of ${currency} on ${on}: it was left out.`
      const values = { text: shown, currency, date: on }
      yield { type: 'finding', finding: { severity: 'warning', code: 'bad-amount', message, record, values } }
      continue
    }
    yield { type: 'exchange-rate', base: EURO, quote: currency, rate, on }
  }
}

/**
 * The European Central Bank's reference rates, `eurofxref-hist.csv` or the daily `eurofxref.csv`: units of each
 * currency for one euro. "N/A" is a day without a rate of that currency.
 */
export const ecbRatesImporter: Importer = {
  id: 'ecb-rates',

  identify(head: FileHead): Identification {
    return columnsOf(firstLine(head.text)) === null ? 'no' : 'yes'
  },

  *parse(source: ByteSource): Generator<ParsedItem, void, void> {
    if (source.size === 0) throw new ImportRejection('empty-file', 'The file is empty.')
    if (looksBinary(source.read(0, 4096))) {
      throw new ImportRejection('binary', 'The file is not text, so it is no table of exchange rates.')
    }
    let header: ReturnType<typeof columnsOf> = null
    let reported = 0
    let rows = 0
    const encoding = { encoding: 'utf-8', markLength: 0, by: 'ascii' } as const
    for (const line of readLines(source, encoding)) {
      if (line.text.trim() === '') continue
      if (header === null) {
        header = columnsOf(line.text)
        if (header === null) {
          throw new ImportRejection('wrong-kind', "The file is not the European Central Bank's table of rates.")
        }
        if (header.unknown.length > 0) {
          const codes = header.unknown.slice(0, 10).join(', ')
          const message = `Columns of unknown currencies were left out: ${codes}.`
          const values = { text: codes }
          yield { type: 'finding', finding: { severity: 'warning', code: 'bad-currency', message, values } }
        }
        continue
      }
      rows += 1
      yield* readRow(cellsOf(line.text), line.number, header.columns, header.width)
      if (line.position - reported >= PROGRESS_STEP) {
        reported = line.position
        yield { type: 'progress', bytes: reported }
      }
    }
    if (header === null) throw new ImportRejection('empty-file', 'The file is empty.')
    if (rows === 0) throw new ImportRejection('no-transactions-table', 'The table of rates has no line with rates.')
  },
}
