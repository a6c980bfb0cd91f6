import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const at = (path: string): string => resolve(import.meta.dirname, path)

/**
 * `main` is everything that runs on Node: the Electron host, the loopback host, the command line and the core's worker,
 * as separate entries in one folder, so that each finds the worker beside itself. Native packages stay outside the bundles.
 */
export default defineConfig({
  main: {
    // its build for Node declares a `require` of its own, which the bundler's own stands in the way of
    resolve: { alias: { fflate: 'fflate/browser' } },
    build: {
      outDir: at('out/main'),
      sourcemap: false,
      minify: false,
      // what is bundled starts faster than hundreds of files; what is native cannot be
      externalizeDeps: { exclude: ['zod', 'kysely', 'conf', 'electron-store', 'fflate'] },
      rolldownOptions: {
        input: {
          index: at('electron/main/index.ts'),
          server: at('electron/server/index.ts'),
          cli: at('electron/cli/index.ts'),
          'core-worker': at('electron/core/workers/core-worker.ts'),
          'pdf-thread': at('electron/core/importing/pdf/pdf-thread.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: at('out/preload'),
      // a sandboxed preload can load nothing but itself
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('electron/preload/index.ts') },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    base: './',
    plugins: [react()],
    build: {
      outDir: at('out/renderer'),
      emptyOutDir: true,
      assetsInlineLimit: 0,
      // parsed at every start: half the text is half the wait for the unlock screen
      minify: true,
      cssMinify: true,
      rolldownOptions: { input: at('renderer/index.html') },
    },
  },
})
