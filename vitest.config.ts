import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['shared/**/*.test.ts', 'electron/**/*.test.ts', 'renderer/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    exclude: ['node_modules/**', 'out/**', 'test/e2e/**', 'test/bench/**'],
    setupFiles: ['test/support/property-seed.ts'],
    pool: 'threads',
    maxWorkers: 2,
    // generous: the machine may be busy, and a hang is still found
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
})
