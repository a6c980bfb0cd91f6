import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, resolve, sep } from 'node:path'

/** One import of a source file. */
export interface Import {
  /** Both relative to the project, with forward slashes; a package's name stays as it is. */
  readonly from: string
  readonly to: string
  readonly typeOnly: boolean
}

const projectRoot = resolve(import.meta.dirname, '../..')
const SOURCE_FOLDERS = ['electron', 'renderer', 'shared', 'test']

function* sourceFiles(folder: string): Generator<string, void, void> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (entry.name !== 'fixtures') yield* sourceFiles(path)
    } else if (/\.tsx?$/.test(entry.name)) yield path
  }
}

/** All source files of the project, relative, with forward slashes. */
export function listSources(): readonly string[] {
  return SOURCE_FOLDERS.flatMap((folder) => Array.from(sourceFiles(join(projectRoot, folder))))
    .map((path) => relative(projectRoot, path).split(sep).join('/'))
    .toSorted()
}

export function readSource(file: string): string {
  return readFileSync(join(projectRoot, file), 'utf8')
}

const statement = /^(?:import|export)\s+(type\s+)?([\w*${},\s]*?)\s*\bfrom\s*['"]([^'"\n]+)['"]/gm
const bare = /^import\s+['"]([^'"\n]+)['"]/gm
const dynamic = /\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g

/** What stands between the braces is types only, as in `import { type A, type B } from …`. */
function namesOnlyTypes(clause: string): boolean {
  const names = /^\{([^}]*)\}$/.exec(clause.trim())?.[1]
  return names !== undefined && names.trim() !== '' && names.split(',').every((name) => /^\s*(type\s|$)/.test(name))
}

/** The imports of one file, by their text: the project's style keeps them to plain statements. */
export function importsOf(file: string, text: string = readSource(file)): readonly Import[] {
  const found: Import[] = []
  const add = (specifier: string, typeOnly: boolean): void => {
    const to = specifier.startsWith('.') ? posix.join(dirname(file), specifier) : specifier
    found.push({ from: file, to, typeOnly })
  }
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '')
  for (const match of code.matchAll(statement)) {
    add(match[3] ?? '', match[1] !== undefined || namesOnlyTypes(match[2] ?? ''))
  }
  for (const match of code.matchAll(bare)) add(match[1] ?? '', false)
  for (const match of code.matchAll(dynamic)) add(match[1] ?? '', false)
  return found
}

/** A cycle of imports as the files on it, or null. Types may point back; code may not. */
export function findCycle(imports: readonly Import[]): readonly string[] | null {
  const next = new Map<string, string[]>()
  for (const { from, to, typeOnly } of imports) if (!typeOnly) next.set(from, [...(next.get(from) ?? []), to])
  const state = new Map<string, 'open' | 'done'>()
  const path: string[] = []
  const visit = (file: string): readonly string[] | null => {
    if (state.get(file) === 'done') return null
    if (state.get(file) === 'open') return [...path.slice(path.indexOf(file)), file]
    state.set(file, 'open')
    path.push(file)
    for (const to of next.get(file) ?? []) {
      const cycle = visit(to)
      if (cycle !== null) return cycle
    }
    path.pop()
    state.set(file, 'done')
    return null
  }
  for (const file of next.keys()) {
    const cycle = visit(file)
    if (cycle !== null) return cycle
  }
  return null
}
