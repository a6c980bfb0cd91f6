import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { lockVault } from '../../electron/core/storage/vault-lock.ts'
import { startChild } from '../support/child-process.ts'

const childFile = new URL('../support/vault-child.ts', import.meta.url)
let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onebook-test-'))
  path = join(folder, 'home.onebook')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('two processes on one vault: the second says who holds it', async () => {
  const first = startChild(childFile, 'lock', path, '0')
  await first.line('locked')
  expect(() => lockVault(path, 'loopback')).toThrow(
    expect.objectContaining({ code: 'vault-in-use', values: { holder: 'cli', pid: first.pid } }),
  )
  await first.end()
  // it ended without releasing, and is taken over
  expect(readdirSync(folder)).toEqual(['home.onebook.lock'])
  lockVault(path, 'loopback').release()
  expect(readdirSync(folder)).toEqual([])
})

it('of many processes that find a killed one’s lock at the same moment, one gets it', async () => {
  for (let round = 0; round < 4; round += 1) {
    const killed = startChild(childFile, 'lock', path, '0')
    await killed.line('locked')
    await killed.kill()
    const moment = String(Date.now() + 1_500)
    const children = Array.from({ length: 5 }, () => startChild(childFile, 'lock', path, moment))
    const answers = await Promise.all(
      children.map((child) => Promise.race([child.line('locked'), child.line('refused')])),
    )
    const winner = children[answers.indexOf('locked')]
    expect(answers.filter((answer) => answer === 'locked')).toHaveLength(1)
    // the others name the winner, unless they gave up while it was still taking over
    for (const answer of answers.filter((answer) => answer !== 'locked')) {
      expect([`refused vault-in-use cli ${winner?.pid}`, 'refused vault-in-use unknown 0']).toContain(answer)
    }
    expect(readFileSync(`${path}.lock`, 'utf8')).toContain(`"pid":${winner?.pid}`)
    expect(readdirSync(folder)).toEqual(['home.onebook.lock'])
    await Promise.all(children.map((child) => child.end()))
  }
})
