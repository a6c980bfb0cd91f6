import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFileRegistry, type FileRegistry } from './file-registry.ts'
import { InboxWatch } from './inbox.ts'

let folder: string
let files: FileRegistry
let seen: Set<string>
let moves: boolean
let told: number
let inbox: InboxWatch

const newInbox = (): InboxWatch =>
  new InboxWatch({
    files,
    seen: { has: (key) => seen.has(key), add: (keys) => keys.forEach((key) => seen.add(key)) },
    folder: () => folder,
    moves: () => moves,
    changed: () => {
      told += 1
    },
  })

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onebook-inbox-'))
  files = createFileRegistry(
    () => undefined,
    () => undefined,
  )
  seen = new Set()
  moves = false
  told = 0
  inbox = newInbox()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const write = (name: string, text = 'Date,Amount\n2026-01-01,1\n'): void => writeFileSync(join(folder, name), text)
const names = (): string[] => inbox.view().waiting.map(({ name }) => name)
const lookTwice = async (): Promise<void> => {
  await inbox.look()
  await inbox.look()
}

describe('a watched folder', () => {
  it('offers a file once it has stayed the same between two looks', async () => {
    write('a.csv')
    await inbox.look()
    expect(names()).toEqual([])
    write('a.csv', 'Date,Amount\n2026-01-01,1\n2026-01-02,2\n')
    await inbox.look()
    expect(names()).toEqual([])
    await inbox.look()
    expect(names()).toEqual(['a.csv'])
    expect(told).toBe(1)
  })

  it('leaves downloads on their way, hidden files, links and folders alone', async () => {
    for (const name of ['a.csv.part', 'b.crdownload', '.hidden.csv', '~$book.xlsx', 'c.tmp']) write(name)
    mkdirSync(join(folder, 'Imported'))
    writeFileSync(join(folder, 'Imported', 'old.csv'), 'x')
    write('real.csv')
    symlinkSync(join(folder, 'real.csv'), join(folder, 'link.csv'))
    await lookTwice()
    expect(names()).toEqual(['real.csv'])
  })

  it('offers no file twice, done or dismissed, also after a restart', async () => {
    write('a.csv')
    write('b.csv')
    await lookTwice()
    const [a, b] = inbox.view().waiting.map(({ file }) => file)
    inbox.done([a ?? ''])
    inbox.dismiss([b ?? ''])
    await lookTwice()
    expect(names()).toEqual([])
    inbox = newInbox()
    await lookTwice()
    expect(names()).toEqual([])
    expect(readdirSync(folder)).toEqual(['a.csv', 'b.csv'])
  })

  it('offers a file of the same name again when it holds something else', async () => {
    write('a.csv')
    await lookTwice()
    inbox.done(inbox.view().waiting.map(({ file }) => file))
    write('a.csv', 'Date,Amount\n2026-02-01,3\n')
    utimesSync(join(folder, 'a.csv'), 1_800_000_000, 1_800_000_000)
    await lookTwice()
    expect(names()).toEqual(['a.csv'])
  })

  it('moves what is imported, and never over another file', async () => {
    moves = true
    for (const round of [1, 2]) {
      write('a.csv', `Date,Amount\n2026-01-0${round},1\n`)
      utimesSync(join(folder, 'a.csv'), 1_800_000_000 + round, 1_800_000_000 + round)
      await lookTwice()
      inbox.done(inbox.view().waiting.map(({ file }) => file))
    }
    expect(readdirSync(folder)).toEqual(['Imported'])
    expect(readdirSync(join(folder, 'Imported')).toSorted()).toEqual(['a (1).csv', 'a.csv'])
  })

  it('does not move a file that was written to since it was offered', async () => {
    moves = true
    write('a.csv')
    await lookTwice()
    const tokens = inbox.view().waiting.map(({ file }) => file)
    write('a.csv', 'something else that came in its place')
    inbox.done(tokens)
    expect(readdirSync(folder)).toEqual(['a.csv'])
    await lookTwice()
    expect(names()).toEqual(['a.csv'])
  })

  it('takes back what has gone, and says when the folder is not there', async () => {
    write('a.csv')
    await lookTwice()
    expect([...files.entries()]).toHaveLength(1)
    rmSync(join(folder, 'a.csv'))
    await inbox.look()
    expect(names()).toEqual([])
    expect([...files.entries()]).toHaveLength(0)
    rmSync(folder, { recursive: true })
    await inbox.look()
    expect(inbox.view().trouble).toBe('missing')
  })

  it('finds the files again after the vault was locked', async () => {
    write('a.csv')
    await lookTwice()
    files.releaseAll()
    inbox.forget()
    await lookTwice()
    expect(names()).toEqual(['a.csv'])
  })
})
