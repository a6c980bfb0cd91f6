import { describe, expect, it } from 'vitest'
import { dumpUserTables } from '../../electron/core/changes/dump.ts'
import { redoChange, undoChange } from '../../electron/core/changes/undo.ts'
import { undoImport } from '../../electron/core/changes/undo-import.ts'
import { ImportStand } from '../support/import-stand.ts'
import { createTemporaryVault } from '../support/temporary-vault.ts'

const rates = (...lines: string[]): Uint8Array =>
  new TextEncoder().encode(['Date, USD, JPY, GBP, ', ...lines, ''].join('\n'))

describe("importing the European Central Bank's rates", () => {
  it('adds, corrects, leaves what was typed in by hand, and can be undone in and out of order', async () => {
    const temporary = await createTemporaryVault()
    try {
      const { vault } = temporary
      const stand = new ImportStand(vault)
      vault.driver.exec(`insert into fx_rates values ('EUR', 'USD', '2026-01-02', '9.99', 'manual')`)
      const states = [dumpUserTables(vault)]
      const [first] = await stand.commit(
        stand.add(rates('2026-01-02, 1.1, 160, N/A, ', '2026-01-01, 1.2, N/A, N/A, '), 'eurofxref-hist.csv'),
      )
      states.push(dumpUserTables(vault))
      await stand.commit(
        stand.add(rates('2026-01-05, 1.3, 161, N/A, ', '2026-01-02, 1.1, 165, N/A, '), 'eurofxref-hist.csv'),
      )
      states.push(dumpUserTables(vault))
      const known = vault.driver.prepare(`select as_of || ' ' || quote || ' ' || rate as line from fx_rates order by 1`)
      expect(known.pluck().all()).toEqual([
        '2026-01-01 USD 1.2',
        '2026-01-02 JPY 165',
        '2026-01-02 USD 9.99',
        '2026-01-05 JPY 161',
        '2026-01-05 USD 1.3',
      ])
      for (const state of [states[1], states[0]]) {
        undoChange(vault, stand.context.clock)
        expect(dumpUserTables(vault)).toBe(state)
      }
      for (const state of states.slice(1)) {
        redoChange(vault)
        expect(dumpUserTables(vault)).toBe(state)
      }
      undoImport(vault, stand.context.clock, first?.id ?? 0)
      // what the later file corrected is its own by now
      expect(known.pluck().all()).toEqual([
        '2026-01-02 JPY 165',
        '2026-01-02 USD 9.99',
        '2026-01-05 JPY 161',
        '2026-01-05 USD 1.3',
      ])
    } finally {
      await temporary.close()
    }
  })
})
