import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Log } from '../ports.ts'

const LARGEST_BYTES = 1_048_576
const LONGEST_FACT = 200

/** A log file of codes and counts, one JSON line each; at 1 MiB it is set aside, replacing the one before. */
export function createLocalLog(path: string, now: () => number = Date.now): Log {
  return {
    write(event, facts = {}): void {
      const short = Object.entries(facts).map(([name, value]) => [
        name,
        typeof value === 'string' ? value.slice(0, LONGEST_FACT) : value,
      ])
      const line = JSON.stringify({ time: new Date(now()).toISOString(), event, ...Object.fromEntries(short) })
      try {
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
        if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_BYTES) renameSync(path, `${path}.1`)
        appendFileSync(path, `${line}\n`, { mode: 0o600 })
      } catch {
        // a log that cannot be written must not stop anyone
      }
    },
  }
}

/** For hosts that keep no log. */
export const silentLog: Log = { write: () => undefined }
