import { isDecimal } from '../../shared/domain/decimal.ts'
import { isIsoDate, parseIsoDate } from '../../shared/domain/iso-date.ts'
import { openContainer } from '../../electron/core/importing/archive/open-container.ts'
import {
  type ByteSource,
  type Importer,
  ImportRejection,
  type ParsedItem,
} from '../../electron/core/importing/importer.ts'
import { isPdf, openPdf } from '../../electron/core/importing/pdf/open-pdf.ts'
import { candidatesFor, readHead } from '../../electron/core/importing/registry.ts'
import { bytesSource } from '../../electron/core/importing/text/decode.ts'

/** A file of this size may take so long; generous, for what is looked for is work that grows with the square of it. */
const BASE_MILLISECONDS = 1500
const MILLISECONDS_FOR_KIB = 25
const MOST_ITEMS = 2_000_000

const today = parseIsoDate('2026-11-25')
const prototype = JSON.stringify(Object.getOwnPropertyNames(Object.prototype))

export interface Defect {
  readonly importer: string
  readonly what: string
}

/** The importer that a file says it is for, `pdf-file` for a PDF that is not opened yet, or null. */
export function importerOf(name: string, bytes: Uint8Array): string | null {
  const source = bytesSource(name, bytes)
  if (isPdf(source)) return 'pdf-file'
  try {
    return candidatesFor(readHead(source))[0]?.id ?? null
  } catch {
    return null
  }
}

/** Reads a file in every way that its content allows, and answers what must never happen: null where nothing did. */
export async function judge(name: string, bytes: Uint8Array): Promise<Defect | null> {
  const started = process.threadCpuUsage()
  let who = 'container'
  try {
    for (const outer of insideOf(bytesSource(name, bytes))) {
      who = 'pdf-file'
      const source = (await openPdf(outer)) ?? outer
      for (const importer of readersOf(source)) {
        who = importer.id
        const what = readWhole(importer, source)
        if (what !== null) return { importer: who, what }
      }
    }
  } catch (error) {
    if (!(error instanceof ImportRejection)) {
      return { importer: who, what: error instanceof Error ? (error.stack ?? error.message) : String(error) }
    }
  }
  // of this thread alone: others of the same process are at work, too
  const { user, system } = process.threadCpuUsage(started)
  const taken = (user + system) / 1000
  if (taken > BASE_MILLISECONDS + (bytes.length / 1024) * MILLISECONDS_FOR_KIB) {
    return { importer: who, what: `took ${Math.round(taken)} ms for ${bytes.length} bytes` }
  }
  if (JSON.stringify(Object.getOwnPropertyNames(Object.prototype)) !== prototype || 'polluted' in {}) {
    return { importer: who, what: 'changed the prototype of all objects' }
  }
  return null
}

function insideOf(source: ByteSource): readonly ByteSource[] {
  return openContainer(source) ?? [source]
}

function readersOf(source: ByteSource): readonly Importer[] {
  return candidatesFor(readHead(source))
}

function readWhole(importer: Importer, source: ByteSource): string | null {
  let items = 0
  try {
    for (const item of importer.parse(source, { today })) {
      items += 1
      if (items > MOST_ITEMS) return `more than ${MOST_ITEMS} items`
      const what = wrongIn(item)
      if (what !== null) return what
    }
  } catch (error) {
    if (error instanceof ImportRejection) return null
    return error instanceof Error ? (error.stack ?? error.message) : String(error)
  }
  return null
}

/** A figure that the rest of Onebook could not trust. */
function wrongIn(item: ParsedItem): string | null {
  if (item.type !== 'transaction') return null
  const { amount, date, quantity, price, splits = [] } = item.transaction
  if (!isIsoDate(date)) return `a date that is none: ${String(date)}`
  const decimals = [amount, quantity, price, ...splits.map((split) => split.amount)]
  const wrong = decimals.find((value) => value !== undefined && !isDecimal(value))
  return wrong === undefined ? null : `a figure that is none: ${String(wrong).slice(0, 80)}`
}
