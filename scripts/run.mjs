// The one way in for every npm script: installs what is missing, then runs the command on the project's Node 24.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, isBuilt } from './build.mjs'
import { ensureDependencies, nodeBinary, PlainError } from './dependencies.mjs'
import { electronBinary, fetchElectron } from './electron-runtime.mjs'

const root = resolve(fileURLToPath(new URL('..', import.meta.url)))
const node = nodeBinary(root)
const tool = (path) => join(root, 'node_modules', path)
// npm runs scripts in the project's folder; paths on the command line are relative to where the user is
const userFolder = process.env.INIT_CWD ?? process.cwd()
const results = join(root, 'test-results')

/** Runs a program to its end. Ctrl-C reaches the child by itself; this process only waits for it. */
function runProgram(program, args, { env = {}, cwd = root } = {}) {
  return new Promise((done, failed) => {
    const child = spawn(program, args, { cwd, stdio: 'inherit', env: { ...process.env, ...env } })
    const ignore = () => undefined
    const forward = () => child.kill('SIGTERM')
    process.on('SIGINT', ignore)
    process.on('SIGTERM', forward)
    child.on('error', failed)
    child.on('close', (code, signal) => {
      process.off('SIGINT', ignore)
      process.off('SIGTERM', forward)
      done(code ?? (signal === 'SIGINT' ? 130 : 1))
    })
  })
}
// glibc gives every thread a heap of its own and keeps what each once needed: two for all are enough
const runNode = (args, options = {}) =>
  runProgram(node, args, { ...options, env: { MALLOC_ARENA_MAX: '2', ...options.env } })
// left to itself the engine lets its nursery grow to 128 MB and its heap to four times of what is in use before it looks
// what of that is garbage; kept tidier it holds half as much and is hardly slower
const tidyHeap = ['--max-semi-space-size=16', '--heap-growing-percent=40']

/** In order; stops at the first that fails and says which it was. */
async function steps(list) {
  for (const [name, step] of list) {
    const started = Date.now()
    process.stdout.write(`\n── ${name}\n`)
    const code = await step()
    if (code !== 0) {
      process.stdout.write(`── ${name} FAILED (exit ${code})\n`)
      return code
    }
    process.stdout.write(`── ${name} ok (${((Date.now() - started) / 1000).toFixed(1)} s)\n`)
  }
  return 0
}

const format = (args) => runNode([tool('oxfmt/bin/oxfmt'), ...args])
const lint = (args) => runNode([tool('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings', ...args])
const typesOf = (project) => runNode([tool('typescript/bin/tsc'), '-p', join(root, project)])
const types = () =>
  steps(
    readdirSync(root)
      .filter((name) => /^tsconfig\.\w+\.json$/.test(name) && name !== 'tsconfig.base.json')
      .map((name) => [`types: ${name}`, () => typesOf(name)]),
  )

/** Counts of a run from the reporter's file; a run that died before writing it counts as one failure. */
function tell(file, code) {
  let counts = { passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 }
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'))
    counts =
      report.stats === undefined
        ? {
            passed: report.numPassedTests,
            // a file that does not load fails without a failed test
            failed: Math.max(report.numFailedTests, code === 0 ? 0 : 1),
            skipped: report.numPendingTests + report.numTodoTests,
          }
        : {
            passed: report.stats.expected + report.stats.flaky,
            failed: Math.max(report.stats.unexpected, code === 0 ? 0 : 1),
            skipped: report.stats.skipped,
          }
  } catch {
    // counted above
  }
  process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`)
}

async function test(args) {
  mkdirSync(results, { recursive: true })
  const file = join(results, 'unit.json')
  rmSync(file, { force: true })
  const code = await runNode([
    tool('vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
    ...args,
  ])
  tell(file, code)
  return code
}

/** The tests once more on random cases of another seed: finds what the cases of every day do not reach. */
async function explore(args) {
  const given = args.find((argument) => /^\d+$/.test(argument))
  const seed = given ?? String(Math.floor(Math.random() * 2 ** 31) + 1)
  process.env.ONEBOOK_TEST_SEED = seed
  const code = await test(args.filter((argument) => argument !== given))
  process.stdout.write(`The random cases came from seed ${seed}: npm run explore -- ${seed} draws them again.\n`)
  return code
}

async function endToEnd(args) {
  const specs = join(root, 'test', 'e2e')
  if (
    !existsSync(specs) ||
    !readdirSync(specs, { recursive: true }).some((name) => /\.(spec|e2e)\.ts$/.test(String(name)))
  ) {
    process.stdout.write('There are no end-to-end specs in test/e2e.\n')
    return 0
  }
  const built = await build(root, runNode, { quiet: true })
  if (built !== 0) return built
  mkdirSync(results, { recursive: true })
  const file = join(results, 'e2e.json')
  rmSync(file, { force: true })
  const config = ['playwright.config.ts', 'test/e2e/playwright.config.ts']
    .map((path) => join(root, path))
    .find(existsSync)
  const code = await runNode(
    [
      tool('@playwright/test/cli.js'),
      'test',
      ...(config === undefined ? [specs] : ['--config', config]),
      '--reporter=list,json',
      ...args,
    ],
    { env: { PLAYWRIGHT_JSON_OUTPUT_NAME: file } },
  )
  tell(file, code)
  return code
}

async function start(args) {
  const built = await build(root, runNode, { quiet: true })
  if (built !== 0) throw new PlainError('The program could not be built; see above.')
  const server = (why) =>
    runNode([...tidyHeap, join(root, 'out/main/server.js'), ...(why === null ? [] : ['--because', why]), ...args], {
      cwd: userFolder,
    })
  if (args.includes('--browser') || args.includes('--no-window')) return server(null)
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return server('There is no display here')
  }
  const electron = electronBinary(root) ?? (await fetchElectron(root, node))
  if (electron === null) return server('The Electron runtime is not there and could not be fetched')
  // Chromium's sandbox does not run as root
  const rootUser = process.platform === 'linux' && process.getuid?.() === 0
  if (rootUser)
    process.stderr.write('Running as root: Chromium runs without its sandbox. Better use an account of your own.\n')
  return runProgram(
    electron,
    [`--js-flags=${tidyHeap.join(' ')}`, ...(rootUser ? ['--no-sandbox'] : []), root, ...args],
    {
      cwd: userFolder,
      env: { ELECTRON_RUN_AS_NODE: undefined },
    },
  )
}

async function check(args) {
  const skipTests = args.includes('--skip-tests')
  return steps([
    ['format', () => format(['--check', '.'])],
    ['lint', () => lint(['.'])],
    ['types', types],
    ...(skipTests ? [] : [['tests', () => test([])]]),
    ['build', () => build(root, runNode, { force: true })],
  ])
}

const commands = {
  start,
  dev: (args) => runNode([join(root, 'scripts/dev.mjs'), ...args]),
  test,
  explore,
  check,
  bench: (args) => runNode([...tidyHeap, '--expose-gc', join(root, 'test/bench/run.ts'), ...args]),
  docs: async () => {
    const code = await runNode([join(root, 'scripts/docs.mjs')])
    return code === 0 ? format(['README.md']) : code
  },
  fuzz: (args) => runNode([join(root, 'test/fuzz/run.ts'), ...args]),
  e2e: endToEnd,
  onebook: (args) =>
    // the built one starts three times as fast; the sources do as well
    runNode([...tidyHeap, join(root, isBuilt(root) ? 'out/main/cli.js' : 'electron/cli/index.ts'), ...args], {
      cwd: userFolder,
    }),
  build: () => build(root, runNode, { force: true }),
  lint: (args) => lint(args.length > 0 ? args : ['.']),
  format: (args) => format(args.length > 0 ? args : ['.']),
  types,
}

async function main() {
  const [name, ...args] = process.argv.slice(2)
  const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined
  if (command === undefined) {
    throw new PlainError(`Unknown command ${name ?? '(none)'}. There are: ${Object.keys(commands).join(', ')}.`)
  }
  await ensureDependencies(root)
  return command(args)
}

main().then(
  (code) => {
    process.exitCode = code
  },
  (error) => {
    process.stderr.write(`${error instanceof PlainError ? error.message : (error?.stack ?? String(error))}\n`)
    process.exitCode = 1
  },
)
