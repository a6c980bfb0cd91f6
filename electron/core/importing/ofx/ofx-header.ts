import type { ByteSource } from '../importer.ts'
import { knownEncoding } from '../text/encoding.ts'

const HEADER_LENGTH = 4096
const END = '(?=ENCODING:|CHARSET:|COMPRESSION:|OLDFILEUID:|[\\s<]|$)'
const XML = /<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']/i
const CHARSET = new RegExp(`CHARSET:\\s?([\\w.-]{1,30}?)${END}`, 'i')
const ENCODING = new RegExp(`ENCODING:\\s?([\\w.-]{1,30}?)${END}`, 'i')

/** The encoding that the file says it is in, of which many are wrong; undefined where it says nothing useful. */
export function declaredEncoding(source: ByteSource): string | undefined {
  const bytes = source.read(0, HEADER_LENGTH)
  const text = new TextDecoder('windows-1252').decode(bytes)
  for (const pattern of [XML, CHARSET, ENCODING]) {
    const declared = pattern.exec(text)?.[1]
    if (declared !== undefined && knownEncoding(declared) !== null) return declared
  }
  return undefined
}

/** Whether a head's text is that of an OFX file: its header or root element near the beginning. */
export function ofxSignature(text: string): 'no' | 'likely' | 'yes' {
  const beginning = text.slice(0, 16_384)
  if (/^\s{0,200}OFXHEADER\s?:/i.test(beginning) || /<\?OFX\s/i.test(beginning)) return 'yes'
  if (/<OFX(?:\s[^<>]{0,500})?>/i.test(beginning)) return 'yes'
  return /OFXHEADER\s?:/i.test(beginning) || /<(?:STMTTRN|STMTRS|CCSTMTRS|INVSTMTRS)>/i.test(beginning)
    ? 'likely'
    : 'no'
}
