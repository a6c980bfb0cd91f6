import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dumpUserTables } from '../../electron/core/changes/dump.ts'
import { loadHistory, redoChange, undoChange } from '../../electron/core/changes/undo.ts'
import { seedVault } from '../../electron/core/handlers/seed-vault.ts'
import type { WritableVault } from '../../electron/core/storage/open-vault.ts'
import { verifyVault } from '../../electron/core/storage/verify-vault.ts'
import { parseCurrencyCode } from '../../shared/domain/currency.ts'
import { parseIsoDate } from '../../shared/domain/iso-date.ts'
import { RandomLife, type Step } from '../support/random-life.ts'
import { createTemporaryVault, openWithoutWaiting } from '../support/temporary-vault.ts'

const clock = { today: () => parseIsoDate('2026-06-15'), now: () => 1_800_000_000_000 }
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({ action: fc.nat(44), a: fc.nat(999), b: fc.nat(999), c: fc.nat(999) }),
  { minLength: 20, maxLength: 60 },
)

/** Without the reports of imports that brought nothing: they are no change, and go with their account for good. */
const dump = (vault: WritableVault): string =>
  dumpUserTables(vault)
    .split('\n')
    .filter((line) => !/^import_run_accounts .*"imported":0/.test(line))
    .join('\n')
const faulty = async (vault: WritableVault) => (await verifyVault(vault)).filter(({ ok }) => !ok)

describe('whatever a household did, in whatever order', () => {
  it('is taken back to the first day and done again to the last, across a restart, with every figure kept', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        const temporary = await createTemporaryVault()
        let vault = temporary.vault
        try {
          seedVault(vault, { baseCurrency: parseCurrencyCode('CNY') })
          const life = new RandomLife(vault)
          const first = dump(vault)
          for (const step of list) await life.perform(step)
          // a refusal is told as what it is; anything else would be a defect
          expect(life.refusals.filter((refusal) => refusal.includes(': internal:'))).toEqual([])
          expect(await faulty(vault)).toEqual([])
          // what was undone last would be done again with the rest
          while (loadHistory(vault).redo !== null) redoChange(vault)
          const last = dump(vault)
          while (loadHistory(vault).undo !== null) undoChange(vault, clock)
          expect(dump(vault)).toBe(first)
          expect(await faulty(vault)).toEqual([])
          await vault.close()
          vault = openWithoutWaiting(temporary)
          while (loadHistory(vault).redo !== null) redoChange(vault)
          expect(dump(vault)).toBe(last)
          expect(await faulty(vault)).toEqual([])
        } finally {
          await vault.close()
          await temporary.close()
        }
      }),
      { numRuns: 12, endOnFailure: true },
    )
  }, 300_000)
})
