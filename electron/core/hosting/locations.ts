import { fileURLToPath } from 'node:url'

export interface Locations {
  readonly workerUrl: URL
  readonly rendererFolder: string
  readonly preload: string
}

/**
 * Where a host's entry finds the other parts of the program: beside itself in the build, in the tree when it runs from
 * its source. `entry` is the entry's own `import.meta.url`.
 */
export function locate(entry: string): Locations {
  const source = entry.endsWith('.ts')
  const at = (inSource: string, inBuild: string): URL => new URL(source ? inSource : inBuild, entry)
  return {
    workerUrl: at('../core/workers/core-worker.ts', './core-worker.js'),
    rendererFolder: fileURLToPath(at('../../out/renderer', '../renderer')),
    preload: fileURLToPath(at('../../out/preload/index.cjs', '../preload/index.cjs')),
  }
}
