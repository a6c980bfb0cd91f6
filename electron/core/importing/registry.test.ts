import { describe, expect, it } from 'vitest'
import { parseIsoDate } from '../../../shared/domain/iso-date.ts'
import type { Identification, Importer } from './importer.ts'
import { ImportRejection } from './importer.ts'
import { inspectSource } from './inspect.ts'
import { candidatesFor, importers, readHead, readItems } from './registry.ts'
import { bytesSource } from './text/decode.ts'

const today = parseIsoDate('2026-11-23')
const source = (text: string, name = 'x'): ReturnType<typeof bytesSource> =>
  bytesSource(name, Buffer.from(text, 'latin1'))

const nothing: Importer['parse'] = function* () {}

function stub(id: string, says: Identification, parse: Importer['parse'] = nothing): Importer {
  return { id, identify: () => says, parse }
}

describe('who reads a file', () => {
  it('has importers of distinct ids', () => {
    const ids = importers.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('prefers a signature to a shape and a shape to a guess; ties go to the first', () => {
    const head = readHead(source('some text'))
    const ids = (list: Importer[]): string[] => candidatesFor(head, list).map(({ id }) => id)
    expect(ids([stub('a', 'maybe'), stub('b', 'likely'), stub('c', 'maybe'), stub('d', 'no')])).toEqual(['b', 'a', 'c'])
    expect(ids([stub('a', 'maybe'), stub('b', 'yes'), stub('c', 'yes')])).toEqual(['b'])
  })

  it.each([
    ['', 'empty-file'],
    ['  \r\n \n', 'empty-file'],
    ['\u0000\u0000\u0000\u0000', 'empty-file'],
    ['%PDF-1.4 …', 'truncated'],
    ['\u0089PNG\r\n\u001a\n', 'wrong-kind'],
    ['<!-- saved --><html><head></head></html>', 'wrong-kind'],
    [':20:STARTUMS\r\n:25:10020030/1234567\r\n:28C:0\r\n', 'truncated'],
    ['\u0001\u0002\u0003\u0004\u0005\u0006\u0007', 'binary'],
    ['Dear customer, we are glad to have you with us.', 'unknown-format'],
  ])('%j is refused: %s', async (text, code) => {
    const inspection = await inspectSource('x', source(text), today)
    expect(inspection).toMatchObject({ status: 'rejected', reason: { code }, statements: [] })
    expect(inspection.reason?.message.length).toBeGreaterThan(10)
  })

  it('is told at once behind any number of comments', () => {
    // found by fuzzing: forty comments before the tags of a statement held the reader for ever
    const comments = '<!-- this example is taken from the specification -->\n'.repeat(60)
    const statement =
      '<?xml version="1.0"?><?OFX OFXHEADER="200" VERSION="211"?><OFX><SIGNONMSGSRSV1></SIGNONMSGSRSV1></OFX>'
    expect(candidatesFor(readHead(source(`${comments}${statement}`)))[0]?.id).toBe('ofx')
  })

  it('lets the next importer try where the first finds that the file is not its own', () => {
    const list = [
      stub('first', 'likely', () => {
        throw new ImportRejection('no-transactions-table', 'no table')
      }),
      stub('second', 'maybe', function* () {
        yield { type: 'statement', statement: 0, account: {}, currency: null }
      }),
    ]
    expect([...readItems(source('text'), { today }, list)]).toHaveLength(1)
    expect(() => [...readItems(source('text'), { today }, list.slice(0, 1))]).toThrow('no table')
  })

  it('tells a defect as a damaged file, and ends no run by it', async () => {
    const broken = stub('broken', 'yes', () => {
      throw new TypeError('a defect')
    })
    const inspection = await inspectSource('x', source('text'), today, [broken])
    expect(inspection).toMatchObject({ status: 'rejected', importer: 'broken', reason: { code: 'damaged' } })
    expect(inspection.reason?.message).not.toContain('a defect')
  })
})
