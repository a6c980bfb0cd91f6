import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { parseIsoDate } from '../../shared/domain/iso-date.ts'
import { readItems } from '../../electron/core/importing/registry.ts'
import { bytesSource } from '../../electron/core/importing/text/decode.ts'
import type { Bench, Measurement } from './bench.ts'
import { bankCsv } from './sample-data.ts'
import { bookings, camtSample, mt940Sample, ofxSample, xlsxSample } from './statement-samples.ts'

const today = parseIsoDate('2026-06-01')

/**
 * Milliseconds of the processor that the work takes in this process, the best of several rounds: unlike the time that
 * passes, it hardly depends on what else the machine does. Short work is repeated within a round, for the processor's
 * clock is coarse.
 */
function userTimeOf(rounds: number, repeat: number, work: () => unknown): number {
  let best = Infinity
  for (let round = 0; round < rounds; round += 1) {
    const before = process.cpuUsage().user
    for (let time = 0; time < repeat; time += 1) work()
    best = Math.min(best, (process.cpuUsage().user - before) / 1000 / repeat)
  }
  return best
}

/** The first ones go to compiling the code, and the machine's speed changes by half from one to the next. */
const ROUNDS = 15

interface Sample {
  readonly name: string
  readonly bytes: Uint8Array
  /** Seconds that 50,000 transactions may take. */
  readonly asked: number
}

/** Identifies and reads the file as an import does, to the last item, and throws where a transaction is missing. */
function parseAll({ name, bytes }: Sample, expected: number): void {
  let count = 0
  for (const item of readItems(bytesSource(name, bytes), { today })) if (item.type === 'transaction') count += 1
  if (count !== expected) throw new Error(`${name}: ${count} transactions read, ${expected} written`)
}

/** The least that any reader does: the same bytes from the disk, unpacked where they are packed, as text. */
function decodeAll(path: string): void {
  const bytes = readFileSync(path)
  const decoder = new TextDecoder()
  if (!path.endsWith('.xlsx')) decoder.decode(bytes)
  else for (const part of Object.values(unzipSync(bytes))) decoder.decode(part)
}

function measure(sample: Sample, count: number, folder: string): Measurement {
  const path = join(folder, sample.name)
  writeFileSync(path, sample.bytes)
  const milliseconds = userTimeOf(ROUNDS, 1, () => parseAll(sample, count))
  const asked = (sample.asked * count) / 50_000
  return {
    work: `parse ${sample.name.slice(sample.name.indexOf('.') + 1).toUpperCase()} (processor time)`,
    data: `${count.toLocaleString('en')} transactions, ${(sample.bytes.length / 1024 ** 2).toFixed(1)} MB`,
    milliseconds,
    floor: { what: 'reading and decoding the same bytes', milliseconds: userTimeOf(3, 20, () => decodeAll(path)) },
    limit: { text: `≤ ${asked * 1000} ms`, met: milliseconds <= asked * 1000 },
  }
}

/** Files of each kind to transactions, without a vault. */
export const parseBench: Bench = {
  name: 'parse',
  run(quick) {
    const count = quick ? 5_000 : 50_000
    const rows = bookings(count)
    const samples: readonly Sample[] = [
      { name: 'statement.csv', bytes: new TextEncoder().encode(bankCsv(count)), asked: 0.2 },
      { name: 'statement.ofx', bytes: ofxSample(rows), asked: 0.5 },
      { name: 'statement.mt940', bytes: mt940Sample(rows), asked: 1 },
      { name: 'statement.camt', bytes: camtSample(rows), asked: 1 },
      { name: 'statement.xlsx', bytes: xlsxSample(rows), asked: 2 },
    ]
    const folder = mkdtempSync(join(tmpdir(), 'onebook-parse-'))
    try {
      return Promise.resolve(samples.map((sample) => measure(sample, count, folder)))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}
