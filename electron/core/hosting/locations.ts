import { fileURLToPath } from 'node:url'

export interface Locations {
  readonly workerUrl: URL
  readonly rendererFolder: string
  readonly preload: string
  /** Icons of the tray; a file `name@2x.png` beside each is for sharp screens. */
  readonly trayIcon: string
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
    trayIcon: fileURLToPath(
      new URL(`../../resources/tray/${process.platform === 'darwin' ? 'onebookTemplate' : 'onebook'}.png`, entry),
    ),
    preload: fileURLToPath(at('../../out/preload/index.cjs', '../preload/index.cjs')),
  }
}
