import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import type { ExportFormat } from '../../../shared/model/exporting.ts'
import type { Vault } from '../storage/open-vault.ts'
import { writeCsv } from './csv/csv-writer.ts'
import type { ExportBook } from './export-book.ts'
import type { ExportReports } from './export-reports.ts'
import { writeBeancount } from './journal/beancount-writer.ts'
import { writeLedger } from './journal/ledger-writer.ts'
import { writeJson } from './json/json-writer.ts'
import { type ExportChoice, loadExportBook } from './load-export-book.ts'
import { writeOfx } from './ofx/ofx-writer.ts'
import { writeQif } from './qif/qif-writer.ts'

type BookWriter = (book: ExportBook, reports: ExportReports) => Iterable<string>

interface Kind {
  readonly extension: string
  readonly mediaType: string
}

const kinds: Readonly<Record<ExportFormat, Kind>> = {
  json: { extension: 'json', mediaType: 'application/json' },
  csv: { extension: 'csv', mediaType: 'text/csv' },
  ofx: { extension: 'ofx', mediaType: 'application/x-ofx' },
  qif: { extension: 'qif', mediaType: 'application/qif' },
  beancount: { extension: 'beancount', mediaType: 'text/plain' },
  hledger: { extension: 'journal', mediaType: 'text/plain' },
  ledger: { extension: 'ledger', mediaType: 'text/plain' },
}

const writers: Readonly<Record<Exclude<ExportFormat, 'json'>, BookWriter>> = {
  csv: writeCsv,
  ofx: writeOfx,
  qif: writeQif,
  beancount: (book, { told }) => writeBeancount(book, told),
  hledger: (book, { told }) => writeLedger(book, 'hledger', told),
  ledger: (book, { told }) => writeLedger(book, 'ledger', told),
}

export interface PreparedExport extends Kind {
  /** How many records there will be, about. */
  readonly total: number
  pieces(reports: ExportReports): Iterable<string>
}

/** What writes this format. The vault must not change while the pieces are taken: give it a snapshot. */
export function prepareExport(
  vault: Vault,
  format: ExportFormat,
  choice: ExportChoice,
  today: IsoDate,
): PreparedExport {
  const kind = kinds[format]
  if (format === 'json') {
    const { total, pieces } = writeJson(vault, today)
    return { ...kind, total, pieces: ({ told }) => pieces(told) }
  }
  const book = loadExportBook(vault, choice, today)
  return { ...kind, total: book.transactionCount, pieces: (reports) => writers[format](book, reports) }
}
