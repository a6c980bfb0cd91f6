import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { FileHead, ParsedItem } from '../importer.ts'
import { bytesSource } from '../text/decode.ts'
import { brokerImporter } from './broker-importer.ts'

export const TODAY = '2026-11-25' as IsoDate

export function headOf(text: string, name = 'export.csv'): FileHead {
  const bytes = new TextEncoder().encode(text)
  return { name, size: bytes.length, bytes: bytes.slice(0, 65_536), text: text.slice(0, 65_536) }
}

export function readBytes(bytes: Uint8Array, name = 'export.csv'): readonly ParsedItem[] {
  return [...brokerImporter.parse(bytesSource(name, bytes), { today: TODAY })]
}

export function readText(text: string, name = 'export.csv'): readonly ParsedItem[] {
  return readBytes(new TextEncoder().encode(text), name)
}

type Transaction = Extract<ParsedItem, { type: 'transaction' }>

function lineOf({ transaction: t }: Transaction, currency: string): string {
  const { security } = t
  const parts = [
    `${t.date} ${t.kind} ${t.amount} ${currency}`,
    security === undefined
      ? ''
      : (security.isin ?? security.symbol ?? security.name ?? security.otherId?.value ?? 'id'),
    t.quantity === undefined ? '' : `× ${t.quantity}`,
    t.price === undefined ? '' : `@ ${t.price}`,
    t.fee === undefined ? '' : `fee ${t.fee}`,
    t.tax === undefined ? '' : `tax ${t.tax}`,
  ]
  return parts.filter((part) => part !== '').join(' ')
}

/** The transactions of each statement in turn: date, kind, cash, currency, security, × quantity, @ price, fee, tax. */
export function linesOf(items: readonly ParsedItem[]): string[] {
  return items
    .filter((item) => item.type === 'statement')
    .flatMap(({ statement, currency }) =>
      items
        .filter((item): item is Transaction => item.type === 'transaction' && item.statement === statement)
        .map((item) => lineOf(item, currency ?? '?')),
    )
}

/** How many records became what: a record that gives several transactions counts each of them. */
export function fatesOf(items: readonly ParsedItem[]): { imported: number; skipped: number; failed: number } {
  const count = (type: ParsedItem['type']): number => items.filter((item) => item.type === type).length
  return { imported: count('transaction'), skipped: count('skipped'), failed: count('failed') }
}

/** "record code" of every record that gave no transaction. */
export function reasonsOf(items: readonly ParsedItem[]): string[] {
  return items.flatMap((item) =>
    item.type === 'skipped' || item.type === 'failed' ? [`${item.record} ${item.reason.code}`] : [],
  )
}
