import { defineConfig } from '@playwright/test'
import type { AppOptions } from './support/app.ts'
import { findBrowser } from './support/browser.ts'
import { findElectron } from './support/electron.ts'

const browser = await findBrowser()
const electron = findElectron()

// workers read this file, too: only the first process speaks
if (process.env['TEST_WORKER_INDEX'] === undefined) {
  process.stdout.write(
    'missing' in electron
      ? `The specs run in the browser host. They did NOT run in Electron: ${electron.missing}.\n`
      : 'The specs run in the browser host and in Electron.\n',
  )
}

export default defineConfig<AppOptions>({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../test-results/e2e',
  fullyParallel: true,
  workers: 2,
  // for a machine that others use as well; a test of its own takes a quarter
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  use: {
    browserName: 'chromium',
    actionTimeout: 15_000,
    launchOptions: { executablePath: browser.path, args: [...browser.args] },
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    timezoneId: 'Asia/Shanghai',
    // recording nearly doubles the time: `npm run e2e -- --trace on` for a look at a failure
    trace: 'off',
  },
  projects: [
    { name: 'browser' },
    ...('missing' in electron
      ? []
      : [
          {
            name: 'electron',
            use: { host: 'electron' as const },
            // what only a browser can be asked (addresses, tabs, window sizes) stays there
            testMatch: ['first-run.spec.ts', 'import.spec.ts', 'accounts.spec.ts', 'services.spec.ts'],
          },
        ]),
  ],
})
