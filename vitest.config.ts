import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** The programs that host the core, and faults: their tests stand in for modules, set the environment or end processes. */
const hosts = [
  'electron/{main,preload,server,cli}/**/*.test.ts',
  'electron/core/{hosting,workers}/**/*.test.ts',
  'test/faults/**/*.test.ts',
]
const left = ['node_modules/**', 'out/**', 'test/e2e/**', 'test/bench/**']

export default defineConfig({
  test: {
    setupFiles: ['test/support/property-seed.ts'],
    pool: 'threads',
    maxWorkers: 2,
    // generous: the machine may be busy, and a hang is still found
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // what tests start in threads and processes of their own is compiled once, not at every start
    env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/compiled', import.meta.url)) },
    projects: [
      {
        extends: true,
        test: {
          name: 'core',
          include: ['shared/**/*.test.ts', 'electron/**/*.test.ts', 'renderer/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
          exclude: [...left, ...hosts],
          // one file after another in a thread that has the modules loaded, as the app's own threads have: what a module
          // remembers must not change what it answers. Loading them again for every file took half of the time.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'hosts', include: hosts, exclude: left } },
    ],
  },
})
