import { addDecimal, type Decimal, ZERO } from '../../../../shared/domain/decimal.ts'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import {
  type ByteSource,
  type Finding,
  type Importer,
  ImportRejection,
  type ParsedItem,
  type ParseOptions,
} from '../importer.ts'
import { bytesSource, decodeHead } from './decode.ts'

type ItemOf<Type extends ParsedItem['type']> = Extract<ParsedItem, { type: Type }>

/** What an importer made of a file, sorted by kind of item. For tests. */
export interface Read {
  readonly items: readonly ParsedItem[]
  readonly statements: readonly ItemOf<'statement'>[]
  readonly transactions: readonly ItemOf<'transaction'>['transaction'][]
  readonly skipped: readonly ItemOf<'skipped'>[]
  readonly failed: readonly ItemOf<'failed'>[]
  readonly positions: readonly ItemOf<'position'>['position'][]
  readonly balances: readonly ItemOf<'balance'>[]
  readonly findings: readonly Finding[]
  readonly sum: Decimal
}

const TODAY = parseIsoDate('2026-03-01')

const isType =
  <Type extends ParsedItem['type']>(type: Type) =>
  (item: ParsedItem): item is ItemOf<Type> =>
    item.type === type

/** A source that hands out at most `size` bytes a read, to put window borders everywhere. */
export function smallReads(source: ByteSource, size: number): ByteSource {
  return { ...source, read: (offset, length) => source.read(offset, Math.min(length, size)) }
}

/** Runs an importer over text (as UTF-8) or bytes. */
export function readWith(
  importer: Importer,
  content: string | Uint8Array | ByteSource,
  options: Partial<ParseOptions> = {},
): Read {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const source = bytes instanceof Uint8Array ? bytesSource('test', bytes) : bytes
  const items = [...importer.parse(source, { today: TODAY, ...options })]
  const transactions = items.filter(isType('transaction')).map((item) => item.transaction)
  return {
    items,
    statements: items.filter(isType('statement')),
    transactions,
    skipped: items.filter(isType('skipped')),
    failed: items.filter(isType('failed')),
    positions: items.filter(isType('position')).map((item) => item.position),
    balances: items.filter(isType('balance')),
    findings: items.filter(isType('finding')).map((item) => item.finding),
    sum: transactions.reduce((sum, transaction) => addDecimal(sum, transaction.amount), ZERO),
  }
}

/** The rejection that parsing ends with; undefined where it ends well. Any other throw passes on. */
export function rejectionOf(importer: Importer, content: string | Uint8Array): ImportRejection | undefined {
  try {
    readWith(importer, content)
    return undefined
  } catch (error) {
    if (error instanceof ImportRejection) return error
    throw error
  }
}

export function identify(importer: Importer, text: string): string {
  const bytes = new TextEncoder().encode(text)
  return importer.identify({ name: 'test', size: bytes.length, bytes, text: decodeHead(bytes, true) })
}
