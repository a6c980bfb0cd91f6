import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { automaticBackupPath } from './backup.ts'
import { backupsToRemove, momentOfBackup } from './backup-rotation.ts'

const VAULT = 'home.onebook'
const DAY = 86_400_000
const nameOf = (moment: number): string => automaticBackupPath('/b', `/v/${VAULT}`, moment).slice('/b/'.length)
const keep = { daily: 7, weekly: 4, monthly: 12 }
const names = (count: number, step: number, last: number): string[] =>
  Array.from({ length: count }, (_, index) => nameOf(last - index * step))

describe('rotation of automatic backups', () => {
  const last = Date.UTC(2026, 10, 23, 10)

  it('reads the moment back from the name', () => {
    expect(nameOf(Date.UTC(2026, 10, 23, 10, 15, 1, 7))).toBe('home.onebook.20261123T101501007Z.onebook-backup')
    expect(momentOfBackup(nameOf(last), VAULT)).toBe(last)
  })

  it.each([
    'home.onebook',
    'home.onebook.keys',
    'holiday.onebook-backup',
    'home.onebook.20261340T101501007Z.onebook-backup',
    'other.onebook.20261123T101501007Z.onebook-backup',
    'home.onebook.20261123T101501007Z.onebook-backup.part',
  ])('leaves %s alone', (name) => {
    expect(
      backupsToRemove([name, nameOf(last), nameOf(last - DAY)], VAULT, { daily: 1, weekly: 1, monthly: 1 }),
    ).not.toContain(name)
  })

  it('of one a day over two years keeps 7 days, 4 weeks and 12 months', () => {
    const all = names(730, DAY, last)
    const removed = new Set(backupsToRemove(all, VAULT, keep))
    const kept = all.filter((name) => !removed.has(name)).map((name) => name.slice(VAULT.length + 1, VAULT.length + 9))
    // 2026-11-23 is a Monday: its week has one backup, the three weeks before end on the Sundays 22, 15 and 8
    expect(kept).toEqual([
      '20261123', '20261122', '20261121', '20261120', '20261119', '20261118', '20261117',
      '20261115', '20261108',
      '20261031', '20260930', '20260831', '20260731', '20260630', '20260531', '20260430', '20260331', '20260228',
      '20260131', '20251231',
    ]) // prettier-ignore
  })

  it('keeps the newest of many on one day', () => {
    const all = names(20, 60_000, last)
    expect(backupsToRemove(all, VAULT, keep)).toEqual(all.slice(1))
  })

  it('always keeps the newest, keeps at most the sum of the three counts, and is stable', () => {
    const moments = fc.array(
      fc.integer({ min: 0, max: 2_000 }).map((hours) => last - hours * 3_600_000),
      { minLength: 1 },
    )
    fc.assert(
      fc.property(moments, (list) => {
        const all = [...new Set(list.map(nameOf))]
        const removed = new Set(backupsToRemove(all, VAULT, keep))
        const kept = all.filter((name) => !removed.has(name))
        expect(kept).toContain(nameOf(Math.max(...list)))
        expect(kept.length).toBeLessThanOrEqual(23)
        expect(backupsToRemove(kept, VAULT, keep)).toEqual([])
      }),
    )
  })
})
