import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { SeenFiles } from './inbox.ts'

const KEPT = 10_000

const storedSchema = z.strictObject({ seen: z.array(z.string().max(64)) })

/** Forgets when the host ends. */
export function createMemorySeen(): SeenFiles {
  const keys = new Set<string>()
  return { has: (key) => keys.has(key), add: (more) => more.forEach((key) => keys.add(key)) }
}

/**
 * Hashes of the files that were picked up, in `inbox.json` of a folder; the oldest are forgotten beyond a sane number.
 * Read when it is first needed: most who start Onebook watch no folder.
 */
export function createFileSeen(folder: string): SeenFiles {
  const path = join(folder, 'inbox.json')
  let known: Set<string> | null = null
  const load = (): Set<string> => {
    try {
      return new Set(storedSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).seen)
    } catch {
      // none yet, or damaged: files are then offered once more, and the vault knows what it holds
      return new Set()
    }
  }
  return {
    has(key): boolean {
      known ??= load()
      return known.has(key)
    },
    add(keys): void {
      known ??= load()
      for (const key of keys) known.add(key)
      known = new Set([...known].slice(-KEPT))
      mkdirSync(folder, { recursive: true })
      writeFileSync(`${path}.new`, JSON.stringify({ seen: [...known] }), { mode: 0o600 })
      renameSync(`${path}.new`, path)
    },
  }
}
