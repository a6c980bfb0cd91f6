import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTemporaryVault, type TemporaryVault } from '../../../test/support/temporary-vault.ts'
import { openVault, type ReadableVault } from './open-vault.ts'
import { untilChange } from './until-change.ts'

describe('an answer is kept', () => {
  let temporary: TemporaryVault
  let reader: ReadableVault
  let asked = 0
  const count = (vault: TemporaryVault['vault'] | ReadableVault, key = ''): number =>
    untilChange(vault, 'tags', key, () => {
      asked += 1
      return Number(vault.driver.prepare('select count(*) from tags').pluck().get())
    })
  const add = (name: string): void => {
    temporary.vault.driver.prepare('insert into tags (name) values (?)').run(name)
  }

  beforeEach(async () => {
    asked = 0
    temporary = await createTemporaryVault()
    reader = openVault({ path: temporary.vault.path, dataKey: temporary.dataKey, access: 'read' })
  })
  afterEach(async () => {
    await reader.close()
    await temporary.close()
  })

  it('until this connection writes', () => {
    expect([count(temporary.vault), count(temporary.vault), asked]).toEqual([0, 0, 1])
    add('a')
    expect([count(temporary.vault), asked]).toEqual([1, 2])
  })

  it('until another connection writes', () => {
    expect([count(reader), count(reader), asked]).toEqual([0, 0, 1])
    add('a')
    expect([count(reader), count(reader), asked]).toEqual([1, 1, 2])
  })

  it('not from a change that is taken back', () => {
    temporary.vault.driver.exec('begin')
    add('a')
    expect(count(temporary.vault)).toBe(1)
    temporary.vault.driver.exec('rollback')
    expect(count(temporary.vault)).toBe(0)
  })

  it('for what it was asked for alone', () => {
    expect([count(reader, 'x'), count(reader, 'y'), asked]).toEqual([0, 0, 2])
  })
})
