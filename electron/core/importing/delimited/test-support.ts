import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import {
  type Finding,
  ImportRejection,
  type Importer,
  type ParsedItem,
  type ParsedTransaction,
  type ParseOptions,
} from '../importer.ts'
import { bytesSource } from '../text/decode.ts'
import { delimitedImporter } from './importer.ts'

export const TODAY = '2026-11-23' as IsoDate

export interface ReadFile {
  readonly items: readonly ParsedItem[]
  readonly transactions: readonly ParsedTransaction[]
  readonly statements: readonly Extract<ParsedItem, { type: 'statement' }>[]
  readonly layout: Extract<ParsedItem, { type: 'layout' }> | undefined
  readonly skipped: readonly string[]
  readonly failed: readonly string[]
  readonly findings: readonly Finding[]
  /** `opening` and `closing` of statement 0. */
  readonly balances: Readonly<Partial<Record<string, string>>>
}

export function readBytes(
  bytes: Uint8Array,
  name = 'statement.csv',
  options: Partial<ParseOptions> = {},
  importer: Importer = delimitedImporter,
): ReadFile {
  const items = [...importer.parse(bytesSource(name, bytes), { today: TODAY, ...options })]
  const balances: Partial<Record<string, string>> = {}
  for (const item of items) {
    if (item.type === 'balance' && item.statement === 0) balances[item.kind] = item.amount
  }
  return {
    items,
    transactions: items.flatMap((item) => (item.type === 'transaction' ? [item.transaction] : [])),
    statements: items.filter((item) => item.type === 'statement'),
    layout: items.find((item) => item.type === 'layout'),
    skipped: items.flatMap((item) => (item.type === 'skipped' ? [`${item.record} ${item.reason.code}`] : [])),
    failed: items.flatMap((item) => (item.type === 'failed' ? [`${item.record} ${item.reason.code}`] : [])),
    findings: items.flatMap((item) => (item.type === 'finding' ? [item.finding] : [])),
    balances,
  }
}

export function readText(text: string, name?: string, options?: Partial<ParseOptions>): ReadFile {
  return readBytes(new TextEncoder().encode(text), name, options)
}

/** Date, amount and payee of each transaction, divided by spaces: what a statement is read for. */
export function linesOf(file: ReadFile): string[] {
  return file.transactions.map(({ date, amount, payee }) => `${date} ${amount} ${payee ?? ''}`.trimEnd())
}

/** The text in a single-byte or Shift_JIS code page, by inverting its decoder. */
export function encode(text: string, encoding: string): Uint8Array {
  const decoder = new TextDecoder(encoding)
  const codes = new Map<string, number[]>()
  for (let byte = 0; byte < 256; byte += 1) codes.set(decoder.decode(new Uint8Array([byte])), [byte])
  if (encoding === 'shift_jis' || encoding === 'euc-kr') {
    for (let lead = 0x81; lead < 0xfd; lead += 1) {
      for (let trail = 0x40; trail < 0xff; trail += 1) {
        const character = decoder.decode(new Uint8Array([lead, trail]))
        if (character.length === 1 && !codes.has(character)) codes.set(character, [lead, trail])
      }
    }
  }
  return new Uint8Array(Array.from(text).flatMap((character) => codes.get(character) ?? [63]))
}

/** The code of the rejection, or 'parsed'. */
export function fateOf(bytes: Uint8Array, name?: string): string {
  try {
    readBytes(bytes, name)
    return 'parsed'
  } catch (error) {
    if (error instanceof ImportRejection) return error.code
    throw error
  }
}
