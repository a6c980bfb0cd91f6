import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { processorMilliseconds } from '../support/processor-time.ts'

/**
 * Statements come from strangers, so no pattern may take long on any text. Every pattern in the code is run on long runs
 * of what it might stumble over: one whose time grows with the square of the length takes seconds there, a linear one
 * next to nothing.
 */

const root = new URL('../../', import.meta.url).pathname
const LENGTH = 16_000
const ALLOWED_MILLISECONDS = 120

const seeds =
  '  |\t|0|a|A|中|,|.|-|"|(|[|:|/|1,|a |0 |- |: |\n|*|%|<|=|0.|a.|a-|中 |¥|+|;|#|_|X:|（|00:|a:|1 234 |·|9.9,|<!--a-->|<a>|&a;|a="a" '.split(
    '|',
  )

interface Found {
  readonly pattern: RegExp
  readonly file: string
}

function patterns(): Found[] {
  const found = new Map<string, Found>()
  for (const folder of ['electron', 'shared', 'renderer']) {
    for (const name of readdirSync(join(root, folder), { recursive: true }).map(String)) {
      if (!/\.tsx?$/.test(name) || /\.test\.tsx?$|\.d\.ts$/.test(name)) continue
      const text = readFileSync(join(root, folder, name), 'utf8')
      const literal =
        /(?:[=(,:[!&|?{};]|return|=>)\s{0,20}\/((?![*/])(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuvy]*)/g
      for (const [, body = '', flags = ''] of text.matchAll(literal)) {
        try {
          const pattern = new RegExp(body, flags.includes('g') ? flags : `${flags}g`)
          found.set(`${body}/${flags}`, { pattern, file: `${folder}/${name}` })
        } catch {
          // a division that looks like a pattern
        }
      }
    }
  }
  return [...found.values()]
}

function slowest({ pattern }: Found): { milliseconds: number; seed: string } {
  let worst = { milliseconds: 0, seed: '' }
  for (const seed of seeds) {
    const run = seed.repeat(Math.ceil(LENGTH / Math.max(1, seed.length)))
    for (const text of [`${run}\u0001`, `x${run}`]) {
      const started = processorMilliseconds()
      pattern.lastIndex = 0
      text.replace(pattern, '')
      const milliseconds = processorMilliseconds() - started
      if (milliseconds > worst.milliseconds) worst = { milliseconds, seed }
    }
    if (worst.milliseconds > ALLOWED_MILLISECONDS) break
  }
  return worst
}

it('no pattern in the code takes more than linear time on long runs of anything', () => {
  const all = patterns()
  expect(all.length).toBeGreaterThan(500)
  const slow = all.flatMap((found) => {
    // once more, for the machine may have been busy
    if (slowest(found).milliseconds <= ALLOWED_MILLISECONDS) return []
    const { milliseconds, seed } = slowest(found)
    if (milliseconds <= ALLOWED_MILLISECONDS) return []
    return [`${found.file}: /${found.pattern.source}/ took ${Math.round(milliseconds)} ms on ${JSON.stringify(seed)}`]
  })
  expect(slow).toEqual([])
})
