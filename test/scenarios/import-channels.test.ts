import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { createDispatcher, type Dispatch } from '../../electron/core/dispatcher.ts'
import { importHandlers } from '../../electron/core/handlers/import-handlers.ts'
import type { OutputOf } from '../../shared/ipc/contract.ts'
import { ImportStand } from '../support/import-stand.ts'
import { createTemporaryVault, type TemporaryVault } from '../support/temporary-vault.ts'

const csv = (month: string): Uint8Array =>
  new TextEncoder().encode(
    `Date,Payee,Amount,Balance,Currency\n2026-${month}-01,Bakery,-3.50,96.50,EUR\n2026-${month}-02,Employer,10.00,106.50,EUR\n`,
  )

/** As a host calls: through the dispatcher, so that inputs and outputs are parsed as the contract says. */
class Caller {
  readonly #dispatch: Dispatch = createDispatcher(importHandlers, { write() {} })
  readonly #stand: ImportStand

  constructor(stand: ImportStand) {
    this.#stand = stand
  }

  async call<N extends keyof typeof importHandlers>(channel: N, input: unknown): Promise<OutputOf<N>> {
    const reply = await this.#dispatch(channel, input, this.#stand.context)
    if (!reply.ok) throw Object.assign(new Error(reply.error.message), reply.error)
    return reply.value as OutputOf<N>
  }
}

async function withVault(
  work: (temporary: TemporaryVault, stand: ImportStand, caller: Caller) => Promise<void>,
): Promise<void> {
  const temporary = await createTemporaryVault()
  try {
    const stand = new ImportStand(temporary.vault)
    await work(temporary, stand, new Caller(stand))
  } finally {
    await temporary.close()
  }
}

describe('the channels of importing', () => {
  it('preview, rows, commit, history, records and undo answer as the contract says', () =>
    withVault(async (temporary, stand, caller) => {
      const choice = stand.add(csv('01'), 'bank.csv')
      const { files } = await caller.call('import.preview', { files: [choice] })
      const [preview] = files
      expect(preview).toMatchObject({ status: 'ready', importer: 'csv', counts: { new: 2, duplicate: 0 } })
      expect(preview?.statements[0]).toMatchObject({ currency: 'EUR', opening: '100', closing: '106.5' })
      expect(preview?.layout?.columns).toEqual(['Date', 'Payee', 'Amount', 'Balance', 'Currency'])
      const { total, rows } = await caller.call('import.rows', { file: choice, offset: 1, limit: 5 })
      expect([total, rows.map((row) => [row.outcome, row.date, row.amount])]).toEqual([
        2,
        [['new', '2026-01-02', '10']],
      ])
      const { runs } = await caller.call('import.commit', { files: [{ ...choice, sha256: preview?.sha256 }] })
      expect(runs[0]).toMatchObject({ imported: 2, importer: 'csv', accounts: [{ imported: 2 }] })
      await caller.call('import.commit', { files: [stand.add(csv('01'), 'again.csv')] })
      const history = await caller.call('import.history', {})
      expect(history.map((run) => [run.imported, run.duplicates])).toEqual([
        [0, 2],
        [2, 0],
      ])
      const records = await caller.call('import.records', { runId: history[0]?.id })
      expect(records.map(({ outcome }) => outcome)).toEqual(['duplicate', 'duplicate'])
      for (const run of history) {
        const undone = await caller.call('import.undo', { runId: run.id })
        expect(undone.undoneAt).not.toBeNull()
      }
      await expect(caller.call('import.undo', { runId: history[1]?.id })).rejects.toMatchObject({ code: 'conflict' })
      await expect(caller.call('import.undo', { runId: 99 })).rejects.toMatchObject({ code: 'not-found' })
      expect(temporary.vault.driver.prepare('select count(*) from accounts').pluck().get()).toBe(0)
      const [afresh] = (await caller.call('import.preview', { files: [choice] })).files
      expect(afresh?.status).toBe('ready')
    }))

  it('an archive answers with each of its files, and each can be imported by its own token', () =>
    withVault(async (_temporary, stand, caller) => {
      const zip = zipSync({
        'january.csv': csv('01'),
        'photo.png': new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
        'march.csv': csv('03'),
      })
      const { files } = await caller.call('import.preview', { files: [stand.add(zip, 'all.zip')] })
      expect(files.map(({ name, status, reason }) => [name, status, reason?.code])).toEqual([
        ['january.csv', 'ready', undefined],
        ['photo.png', 'refused', 'wrong-kind'],
        ['march.csv', 'ready', undefined],
      ])
      const ready = files.filter(({ status }) => status === 'ready')
      const { runs } = await caller.call('import.commit', {
        files: ready.map(({ file, sha256 }) => ({ file, sha256 })),
      })
      expect(runs.map((run) => [run.fileName, run.imported])).toEqual([
        ['january.csv', 2],
        ['march.csv', 2],
      ])
    }))

  it('an archive that cannot be opened is refused with its reason', () =>
    withVault(async (_temporary, stand, caller) => {
      const zip = zipSync({ 'january.csv': csv('01') }).subarray(0, 60)
      const { files } = await caller.call('import.preview', { files: [stand.add(zip, 'torn.zip')] })
      expect(files).toHaveLength(1)
      expect(files[0]).toMatchObject({ status: 'refused', name: 'torn.zip' })
      expect(files[0]?.reason?.message).not.toBe('')
    }))

  it('how the user says that a file is read is used and remembered', () =>
    withVault(async (_temporary, stand, caller) => {
      const choice = stand.add(
        new TextEncoder().encode('Date,Payee,Amount\n01/02/2026,Bakery,-3.50\n03/02/2026,Rent,-9\n'),
        'x.csv',
      )
      const [first] = (await caller.call('import.preview', { files: [choice] })).files
      const layout = first?.layout?.layout
      const other =
        layout === undefined
          ? undefined
          : { ...layout, dateOrder: layout.dateOrder === 'dmy' ? 'mdy' : 'dmy', currency: 'USD' }
      const [mapped] = (await caller.call('import.preview', { files: [{ ...choice, layout: other }] })).files
      expect(mapped?.statements[0]?.currency).toBe('USD')
      expect(mapped?.firstRows[0]?.date).not.toBe(first?.firstRows[0]?.date)
      await caller.call('import.commit', { files: [{ ...choice, layout: other }] })
      const next = stand.add(
        new TextEncoder().encode('Date,Payee,Amount\n01/03/2026,Bakery,-4.50\n02/03/2026,Rent,-9\n'),
        'y.csv',
      )
      const [again] = (await caller.call('import.preview', { files: [next] })).files
      expect(again?.layout).toMatchObject({
        remembered: true,
        layout: { dateOrder: other?.dateOrder, currency: 'USD' },
      })
      expect(again?.statements[0]?.currency).toBe('USD')
    }))
})
