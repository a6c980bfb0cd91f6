import { CoreError } from '../../../shared/ipc/errors.ts'
import { loadReadings } from '../analysis/account/search/pinyin-reading.ts'
import type { Log } from '../ports.ts'
import type { WritableVault } from '../storage/open-vault.ts'
import { countPending, indexNextBlock } from '../storage/repositories/search-index-repository.ts'

/** So many changes are read with each search; from there on they are worth writing a block. */
const WORTH_WRITING = 256
/** Nothing is indexed until the vault has rested for so long. */
const REST_MILLISECONDS = 1_500
/** From time to time the index is brought up to date whatever little has changed, so that what was deleted leaves it. */
const TIDY_MILLISECONDS = 10 * 60_000
/** Between two blocks, so that whoever waits gets in. */
const PAUSE_MILLISECONDS = 10

export interface SearchIndexer {
  /** Something was written: looks soon whether the index is worth bringing up to date. */
  poke(): void
  stop(): void
}

export interface SearchIndexerOptions {
  /** The vault, or null while it is not open. */
  readonly vault: () => WritableVault | null
  /** Runs something as one of the writer's calls. */
  readonly between: <T>(work: () => Promise<T>) => Promise<T>
  /** Called once the index is up to date again. */
  readonly caughtUp: () => void
  readonly log: Log
}

/** Keeps the index of a vault up to date behind the writer's back: one block after another, between its calls. */
export function createSearchIndexer(options: SearchIndexerOptions): SearchIndexer {
  let timer: NodeJS.Timeout | null = null
  let wanted = WORTH_WRITING
  let running = false

  const later = (milliseconds: number): void => {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => void run(), milliseconds)
    timer.unref()
  }
  const step = (): Promise<boolean> =>
    options.between(async () => {
      const vault = options.vault()
      if (vault === null) return false
      return indexNextBlock(vault, await loadReadings())
    })
  const run = async (): Promise<void> => {
    timer = null
    if (running) return later(REST_MILLISECONDS)
    const vault = options.vault()
    if (vault === null || countPending(vault) < wanted) return
    running = true
    wanted = WORTH_WRITING
    try {
      while (await step()) await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS).unref())
      // every row has been through the cache: it is given back
      options.vault()?.driver.pragma('shrink_memory')
      if (options.vault() !== null) options.caughtUp()
    } catch (error) {
      options.log.write('search-index-failed', { code: error instanceof CoreError ? error.code : 'unknown' })
    } finally {
      running = false
    }
  }

  const tidying = setInterval(() => {
    wanted = 1
    later(0)
  }, TIDY_MILLISECONDS)
  tidying.unref()

  return {
    poke: () => later(REST_MILLISECONDS),
    stop() {
      clearInterval(tidying)
      if (timer !== null) clearTimeout(timer)
      timer = null
    },
  }
}
