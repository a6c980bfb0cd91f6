import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CoreError } from '../../../shared/ipc/errors.ts'
import { CalendarFileKeeper, calendarFileName } from './calendar-file.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onebook-calendar-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const keeper = (write: () => Promise<{ text: string; events: number }>, where: () => string | null = () => folder) =>
  new CalendarFileKeeper({ folder: where, write, now: () => 5, changed: () => undefined })
const text = (summary: string, stamp = '1'): string => `DTSTAMP:${stamp}\r\nSEQUENCE:${stamp}\r\nSUMMARY:${summary}\r\n`

describe('the calendar file that is kept up to date', () => {
  it('is written whole, for its user alone, with nothing left beside it', async () => {
    const kept = keeper(async () => ({ text: text('Visa'), events: 1 }))
    await kept.update()
    expect(readdirSync(folder)).toEqual([calendarFileName])
    const path = join(folder, calendarFileName)
    expect(readFileSync(path, 'utf8')).toBe(text('Visa'))
    expect(statSync(path).mode & 0o077).toBe(0)
    expect(kept.view()).toEqual({ path, writtenAt: 5, events: 1, trouble: null })
  })
  it('stays as it is while nothing but its stamp would differ', async () => {
    const path = join(folder, calendarFileName)
    writeFileSync(path, text('Visa', '1'))
    await keeper(async () => ({ text: text('Visa', '2'), events: 1 })).update()
    expect(readFileSync(path, 'utf8')).toBe(text('Visa', '1'))
    await keeper(async () => ({ text: text('Loan', '3'), events: 1 })).update()
    expect(readFileSync(path, 'utf8')).toBe(text('Loan', '3'))
  })
  it('stays as it is while the vault is locked, which is no trouble', async () => {
    const kept = keeper(() => Promise.reject(new CoreError('locked', 'locked')))
    await kept.update()
    expect(readdirSync(folder)).toEqual([])
    expect(kept.view().trouble).toBeNull()
  })
  it('says that its folder is gone', async () => {
    const kept = keeper(
      async () => ({ text: text('Visa'), events: 1 }),
      () => join(folder, 'gone'),
    )
    await kept.update()
    expect(kept.view()).toMatchObject({ trouble: 'missing', writtenAt: null })
  })
  it('what changed while it was being written is written once more', async () => {
    let count = 0
    const kept = keeper(async () => {
      count += 1
      return { text: text(`Version ${count}`), events: 1 }
    })
    await Promise.all([kept.update(), kept.update(), kept.update()])
    expect(readFileSync(join(folder, calendarFileName), 'utf8')).toContain(`Version ${count}`)
    expect(count).toBe(2)
  })
  it('is not written where none is wanted', async () => {
    const kept = keeper(
      () => Promise.reject(new Error('not to be asked')),
      () => null,
    )
    await kept.update()
    expect(kept.view()).toEqual({ path: null, writtenAt: null, events: 0, trouble: null })
  })
})
