import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { importerOf, judge } from './judge.ts'
import { mutate, randomOf } from './mutate.ts'
import type { Sample } from './sample.ts'
import { corpusSamples, ownSamples } from './samples.ts'

/**
 * `npm run fuzz [-- --count N] [--seed S] [--only IMPORTER,…]`: changes valid statements, own ones and where it is the
 * corpus beside the project, N times for each importer, and reads what comes out. What crashes, hangs, takes too long for
 * its size or gives figures that are none is written to test-results/fuzz, to become a fixture.
 */

const argument = (name: string, fallback: string): string => {
  const at = process.argv.indexOf(name)
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback)
}

interface Plan {
  readonly importer: string
  readonly count: number
  readonly seed: number
  readonly from: number
}

/** What a thread is given: sorting all samples anew would take it longer than the work. */
interface Share {
  readonly plan: Plan
  readonly samples: readonly Sample[]
}

interface Progress {
  readonly done: number
  readonly defect?: { readonly index: number; readonly importer: string; readonly what: string }
}

/** No single file may hold the thread for so long. */
const TICK_MILLISECONDS = 1000
const HANG_MILLISECONDS = 60_000

function samplesByImporter(): Map<string, Sample[]> {
  const groups = new Map<string, Sample[]>()
  for (const sample of [...ownSamples(), ...corpusSamples()]) {
    const importer = importerOf(sample.name, sample.bytes) ?? 'container'
    groups.set(importer, [...(groups.get(importer) ?? []), sample])
  }
  return groups
}

function fileOf(plan: Plan, samples: readonly Sample[], index: number): Sample {
  const random = randomOf(plan.seed + index)
  const sample = samples[Math.floor(random() * samples.length)] ?? { name: 'empty', bytes: new Uint8Array(0) }
  const others = samples.map(({ bytes }) => bytes)
  return { name: sample.name, bytes: mutate(sample.bytes, random, others) }
}

async function work({ plan, samples }: Share): Promise<void> {
  const tell = (progress: Progress): void => parentPort?.postMessage(progress, [])
  for (let index = plan.from; index < plan.count; index += 1) {
    if (index % 50 === 0) tell({ done: index })
    const { name, bytes } = fileOf(plan, samples, index)
    const defect = await judge(name, bytes)
    if (defect !== null) tell({ done: index, defect: { index, ...defect } })
  }
  tell({ done: plan.count })
}

/** Runs one importer's share in a thread of its own; answers its defects. A file that hangs is one, and is gone past. */
async function supervise(plan: Plan, samples: readonly Sample[]): Promise<Progress['defect'][]> {
  const defects: Progress['defect'][] = []
  let from = plan.from
  while (from < plan.count) {
    from = await new Promise<number>((resolve) => {
      let done = from
      let last = Date.now()
      const share: Share = { plan: { ...plan, from }, samples }
      const worker = new Worker(new URL(import.meta.url), { workerData: share })
      const end = async (next: number): Promise<void> => {
        clearInterval(watch)
        await worker.terminate()
        resolve(next)
      }
      let tick = Date.now()
      const watch = setInterval(() => {
        // time in which the whole process stood still is nobody's
        last += Math.max(0, Date.now() - tick - 2 * TICK_MILLISECONDS)
        tick = Date.now()
        if (tick - last < HANG_MILLISECONDS) return
        defects.push({ index: done, importer: plan.importer, what: `hangs at one of the 50 files from ${done} on` })
        void end(done + 50)
      }, TICK_MILLISECONDS)
      worker.on('message', (progress: Progress) => {
        last = Date.now()
        done = progress.done
        if (progress.defect !== undefined) defects.push(progress.defect)
        if (done === plan.count) void end(done)
      })
      worker.on('error', (error) => {
        defects.push({ index: done, importer: plan.importer, what: `ended the thread: ${String(error)}` })
        void end(done + 50)
      })
    })
  }
  return defects
}

async function main(): Promise<void> {
  const count = Number(argument('--count', '1000'))
  const seed = Number(argument('--seed', '1'))
  const only = argument('--only', '')
    .split(',')
    .filter((name) => name !== '')
  const groups = samplesByImporter()
  const folder = join('test-results', 'fuzz')
  let failed = 0
  for (const [importer, samples] of [...groups].toSorted(([left], [right]) => (left < right ? -1 : 1))) {
    if (only.length > 0 && !only.includes(importer)) continue
    const started = Date.now()
    const plan = { importer, count, seed, from: 0 }
    const defects = await supervise(plan, samples)
    failed += defects.length
    const seconds = ((Date.now() - started) / 1000).toFixed(1)
    process.stdout.write(
      `${importer}: ${samples.length} samples, ${count} changed files, ${defects.length} defects, ${seconds} s\n`,
    )
    for (const defect of defects.slice(0, 20)) {
      if (defect === undefined) continue
      mkdirSync(folder, { recursive: true })
      const { name, bytes } = fileOf(plan, samples, defect.index)
      const path = join(folder, `${importer.replaceAll(':', '-')}-${seed + defect.index}-${name}`)
      writeFileSync(path, bytes)
      process.stdout.write(`  ${path}\n    ${defect.importer}: ${defect.what.split('\n').slice(0, 6).join('\n    ')}\n`)
    }
  }
  process.exitCode = failed === 0 ? 0 : 1
}

if (isMainThread) await main()
else await work(workerData as Share)
