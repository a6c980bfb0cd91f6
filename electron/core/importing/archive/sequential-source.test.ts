import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SequentialSource } from './sequential-source.ts'

describe('random reads of bytes that are produced in sequence', () => {
  const content = Uint8Array.from({ length: 5000 }, (_, at) => (at * 31) % 251)
  const produced = { starts: 0 }
  const source = (window: number): SequentialSource =>
    new SequentialSource(
      'x',
      content.length,
      function* open() {
        produced.starts += 1
        for (let at = 0; at < content.length; at += 97) yield content.subarray(at, at + 97)
      },
      window,
    )

  it('give what reading the whole would give, whatever their order and the size of the window', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(5200), fc.nat(2000)), { minLength: 1, maxLength: 20 }),
        fc.constantFrom(1, 97, 500, 100_000),
        (reads, window) => {
          const opened = source(window)
          for (const [offset, length] of reads) {
            expect(opened.read(offset, length)).toEqual(content.slice(offset, offset + length))
          }
        },
      ),
      { numRuns: 200 },
    )
  })

  it('in one direction produce everything once; going back starts over', () => {
    produced.starts = 0
    const opened = source(200)
    for (let at = 0; at < content.length; at += 100) opened.read(at, 100)
    expect(produced.starts).toBe(1)
    opened.read(100, 100)
    expect(produced.starts).toBe(2)
  })

  it('the beginning stays at hand', () => {
    produced.starts = 0
    const opened = source(200)
    opened.read(0, 1000)
    opened.read(4900, 100)
    opened.read(0, 1000)
    expect(produced.starts).toBe(1)
  })
})
