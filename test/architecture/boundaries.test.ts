import { describe, expect, it } from 'vitest'
import { findCycle, type Import, importsOf, listSources, readSource } from './imports.ts'

/** Who may import whom: the table of the architecture, read from the sources themselves. */

const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file) || file.startsWith('test/')
const sources = listSources()
const program = sources.filter((file) => !isTest(file))
const imports = program.flatMap((file) => importsOf(file))
const isPackage = (to: string): boolean =>
  !/^(electron|renderer|shared|resources|test)\//.test(to) && to !== 'package.json'
const packageName = (to: string): string => {
  if (to.startsWith('node:')) return 'node:'
  return to
    .split('/')
    .slice(0, to.startsWith('@') ? 2 : 1)
    .join('/')
}

interface Rule {
  readonly from: RegExp
  readonly what: string
  /** Folders and files of the project that it may import, and packages by name (`node:` for all of Node's own). */
  readonly folders: readonly RegExp[]
  readonly packages: readonly string[]
  /** Imports of types, which leave no trace in what runs. */
  readonly typesOf?: readonly RegExp[]
}

/** The first rule that fits a file is the one it goes by. */
const rules: readonly Rule[] = [
  {
    what: 'shared/domain: nothing',
    from: /^shared\/domain\//,
    folders: [/^shared\/domain\//, /^resources\//],
    packages: [],
  },
  {
    what: 'shared: zod',
    from: /^shared\//,
    folders: [/^shared\//, /^resources\//],
    packages: ['zod'],
  },
  {
    what: 'migrations: kysely, frozen',
    from: /^electron\/core\/storage\/migrations\/\d/,
    folders: [],
    packages: ['kysely'],
  },
  {
    what: 'core/analysis: shared only',
    from: /^electron\/core\/analysis\//,
    folders: [/^electron\/core\/analysis\//, /^shared\//, /^resources\//],
    packages: ['zod', 'pinyin-pro'],
  },
  {
    what: 'core/storage/repositories: as storage, and pure analysis on the rows they load',
    from: /^electron\/core\/storage\/repositories\//,
    folders: [/^electron\/core\/(storage|analysis)\//, /^shared\//, /^resources\//],
    packages: ['node:', 'kysely', 'better-sqlite3-multiple-ciphers', 'zod'],
    typesOf: [/^electron\/core\/ports\.ts$/],
  },
  {
    what: 'core/storage: shared, kysely, the driver, key derivation',
    from: /^electron\/core\/storage\//,
    folders: [/^electron\/core\/storage\//, /^shared\//, /^resources\//],
    packages: ['node:', 'kysely', 'better-sqlite3-multiple-ciphers', '@node-rs/argon2', 'zod'],
    typesOf: [/^electron\/core\/ports\.ts$/],
  },
  {
    what: 'importers: shared and parsing libraries, never the vault',
    from: /^electron\/core\/importing\/(?!committing\/|pipeline|registry|inspect|preview|local-file|[\w-]+\.ts$)/,
    folders: [/^electron\/core\/importing\//, /^shared\//, /^resources\//],
    packages: ['node:', 'zod', 'fflate', 'iconv-lite', 'pdfjs-dist'],
  },
  {
    what: 'core: core and shared',
    from: /^electron\/core\//,
    folders: [/^electron\/core\//, /^shared\//, /^resources\//, /^package\.json$/],
    packages: ['node:', 'zod', 'kysely', 'fflate', 'conf', 'better-sqlite3-multiple-ciphers'],
  },
  {
    what: 'preload: electron and types of shared',
    from: /^electron\/preload\//,
    folders: [/^electron\/preload\//],
    packages: ['electron'],
    typesOf: [/^shared\//],
  },
  {
    what: 'main: core’s hosting side, shared, electron',
    from: /^electron\/main\//,
    folders: [/^electron\/main\//, /^electron\/core\/hosting\//, /^shared\//],
    packages: ['node:', 'electron', 'electron-store', 'zod'],
    typesOf: [/^electron\/core\//],
  },
  {
    what: 'server: core’s hosting side, shared',
    from: /^electron\/server\//,
    folders: [/^electron\/server\//, /^electron\/core\/hosting\//, /^shared\//],
    packages: ['node:', 'zod'],
    typesOf: [/^electron\/core\//],
  },
  {
    what: 'cli: core’s hosting side, shared, and what inspect reads files with',
    from: /^electron\/cli\//,
    folders: [/^electron\/cli\//, /^electron\/core\/hosting\//, /^electron\/core\/importing\//, /^shared\//],
    packages: ['node:', 'zod'],
    typesOf: [/^electron\/core\//],
  },
  {
    what: 'renderer: shared and what a window needs',
    from: /^renderer\//,
    folders: [/^renderer\//, /^shared\//],
    packages: [
      'react',
      'react-dom',
      'zod',
      'wouter',
      'i18next',
      'react-i18next',
      'chart.js',
      '@mantine/core',
      '@mantine/hooks',
      '@tabler/icons-react',
      '@tanstack/react-query',
      '@fontsource-variable/inter',
      '@fontsource-variable/noto-sans-sc',
      '@zxcvbn-ts/core',
      '@zxcvbn-ts/language-common',
    ],
  },
]

const isAllowed = (rule: Rule, { to, typeOnly }: Import): boolean => {
  if (typeOnly && rule.typesOf?.some((folder) => folder.test(to)) === true) return true
  return isPackage(to) ? rule.packages.includes(packageName(to)) : rule.folders.some((folder) => folder.test(to))
}
const arrow = ({ from, to }: Import): string => `${from} → ${to}`

describe('the reader of imports', () => {
  it('finds every form that the sources use', () => {
    const text = [
      `import { a } from './a.ts'`,
      `import type { B } from '../b.ts'`,
      `import { type C, type D } from './c.ts'`,
      `import { type E, f } from './e.ts'`,
      `import './style.css'`,
      `import data from '../data.json' with { type: 'json' }`,
      `export { g } from './g.ts'`,
      `const later = await import('./h.ts')`,
      `// import { no } from './no.ts'`,
      `/* import { no } from './no.ts' */`,
    ].join('\n')
    expect(importsOf('x/y/z.ts', text).map(({ to, typeOnly }) => [to, typeOnly])).toEqual([
      ['x/y/a.ts', false],
      ['x/b.ts', true],
      ['x/y/c.ts', true],
      ['x/y/e.ts', false],
      ['x/data.json', false],
      ['x/y/g.ts', false],
      ['x/y/style.css', false],
      ['x/y/h.ts', false],
    ])
  })
  it('finds a cycle of code and passes over one of types', () => {
    const edge = (from: string, to: string, typeOnly = false): Import => ({ from, to, typeOnly })
    expect(findCycle([edge('a', 'b'), edge('b', 'c'), edge('c', 'a')])).toEqual(['a', 'b', 'c', 'a'])
    expect(findCycle([edge('a', 'b'), edge('b', 'c'), edge('c', 'a', true)])).toBeNull()
  })
  it('sees the whole project', () => {
    expect(program.length).toBeGreaterThan(100)
    expect(imports.length).toBeGreaterThan(program.length)
  })
})

describe('who may import whom', () => {
  it.each(rules.map((rule) => [rule.what, rule] as const))('%s', (_, rule) => {
    const mine = imports.filter(({ from }) => rules.find((each) => each.from.test(from)) === rule)
    expect(mine.filter((each) => !isAllowed(rule, each)).map(arrow)).toEqual([])
  })

  it('every file goes by a rule', () => {
    expect(program.filter((file) => !rules.some((rule) => rule.from.test(file)))).toEqual([])
  })

  it('only main and preload name electron', () => {
    const others = imports.filter(({ from, to }) => to === 'electron' && !/^electron\/(main|preload)\//.test(from))
    expect(others.map(arrow)).toEqual([])
  })

  it('a panel imports no other panel', () => {
    const panelOf = (path: string): string | null => /^renderer\/panels\/([^/]+)\//.exec(path)?.[1] ?? null
    const across = imports.filter(({ from, to }) => {
      const [mine, other] = [panelOf(from), panelOf(to)]
      return mine !== null && other !== null && mine !== other
    })
    expect(across.map(arrow)).toEqual([])
  })

  it('nothing of the program imports a test or its support', () => {
    expect(imports.filter(({ to }) => isTest(to)).map(arrow)).toEqual([])
  })

  it('nothing imports itself by a way around', () => {
    expect(findCycle(imports)).toBeNull()
  })
})

describe('how the sources are kept', () => {
  it('has no barrels but that of the migrations', () => {
    const barrels = program.filter((file) => {
      if (file === 'electron/core/storage/migrations/index.ts') return false
      const code = readSource(file)
        .replaceAll(/\/\*[\s\S]*?\*\//g, '')
        .split('\n')
        .filter((line) => line.trim() !== '' && !line.trimStart().startsWith('//'))
      return code.length > 0 && code.every((line) => /^export (type )?(\*|\{).*from /.test(line))
    })
    expect(barrels).toEqual([])
  })

  it('names the extension of every file it imports', () => {
    const bare = imports.filter(({ to }) => !isPackage(to) && !/\.(tsx?|css|json|svg|png)$/.test(to))
    expect(bare.map(arrow)).toEqual([])
  })

  it('names every file in small letters and hyphens', () => {
    const odd = sources.filter((file) => !/^[a-z0-9./-]+$/.test(file.replace('zh-CN', 'zh')))
    expect(odd).toEqual([])
  })

  it('keeps Date out of the domain, the analysis and the importers', () => {
    const pure =
      /^(shared\/domain|electron\/core\/analysis|electron\/core\/importing\/(ofx|qif|delimited|chinese|rates))\//
    const using = program.filter(
      (file) => pure.test(file) && /\bnew Date\b|\bDate\.(now|UTC|parse)\b/.test(readSource(file)),
    )
    expect(using).toEqual([])
  })

  it('has no way around the types or the lint', () => {
    const ways = /\bas any\b|: any(\[\])?\s*[;,)=}]|<any>|@ts-(ignore|expect-error|nocheck)|(ox|es)lint-disable/
    const found = sources.filter(
      (file) => file !== 'test/architecture/boundaries.test.ts' && ways.test(readSource(file)),
    )
    expect(found).toEqual([])
  })
})
