import { TextDecoder } from 'node:util'
import { Inflate } from 'fflate'
import { identifySpreadsheet } from './open-tables.ts'

const SHOWN_PARTS = /^(?:xl\/(?:sharedStrings|worksheets\/sheet\d*|workbook)|content)\.xml$/i
const MOST_TEXT = 512 * 1024

/** What can be unpacked of a deflated part that breaks off. */
function inflateBeginning(packed: Uint8Array): string {
  const decoder = new TextDecoder()
  let text = ''
  const inflate = new Inflate((chunk) => {
    if (text.length < MOST_TEXT) text += decoder.decode(chunk, { stream: true })
  })
  try {
    for (let at = 0; at < packed.length && text.length < MOST_TEXT; at += 4096)
      inflate.push(packed.subarray(at, at + 4096))
  } catch {
    // What was unpacked up to here is all there is to see.
  }
  return text
}

function peekZip(head: Uint8Array): string {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const texts: string[] = []
  for (let at = 0; at + 30 < head.length; at += 1) {
    if (head[at] !== 0x50 || view.getUint32(at, true) !== 0x04034b50) continue
    const start = at + 30 + view.getUint16(at + 26, true)
    const name = new TextDecoder().decode(head.subarray(at + 30, start))
    if (!SHOWN_PARTS.test(name)) continue
    const data = head.subarray(start + view.getUint16(at + 28, true))
    if (view.getUint16(at + 8, true) === 8) texts.push(inflateBeginning(data))
    else texts.push(new TextDecoder().decode(data.subarray(0, MOST_TEXT)))
  }
  return texts.join('\n').replace(/<[^<>]*>/g, '\n')
}

/**
 * The texts that show in the beginning of a spreadsheet file of which the rest is not at hand, in no good order; null
 * where it is no binary spreadsheet (markup reads from its beginning as it is). For telling whose file it is, never for reading it.
 */
export function peekSpreadsheet(head: Uint8Array): string | null {
  const kind = identifySpreadsheet(head)
  if (kind === 'xlsx' || kind === 'ods') return peekZip(head)
  if (kind !== 'xls') return null
  // XLS keeps texts as UTF-16 or as single bytes, at any offset.
  const even = new TextDecoder('utf-16le').decode(head)
  const odd = new TextDecoder('utf-16le').decode(head.subarray(1))
  return `${even}\n${odd}`
}
