import { describe, expect, it } from 'vitest'
import { dumpUserTables } from '../../electron/core/changes/dump.ts'
import { redoChange, undoChange } from '../../electron/core/changes/undo.ts'
import { undoImport } from '../../electron/core/changes/undo-import.ts'
import { settingsHandlers } from '../../electron/core/handlers/settings-handlers.ts'
import { parseCurrencyCode } from '../../shared/domain/currency.ts'
import { parseDecimal } from '../../shared/domain/decimal.ts'
import { parseIsoDate } from '../../shared/domain/iso-date.ts'
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
      vault.driver.exec(`insert into fx_rates
         (base, quote, as_of, rate, source)
         values ('EUR', 'USD', '2026-01-02', '9.99', 'manual')`)
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

  it('says how many rates a file brought: new and corrected ones, not those that were known', async () => {
    const temporary = await createTemporaryVault()
    try {
      const stand = new ImportStand(temporary.vault)
      const bring = async (...lines: string[]): Promise<number | undefined> =>
        (await stand.commit(stand.add(rates(...lines), 'eurofxref-hist.csv')))[0]?.rates
      expect(await bring('2026-01-02, 1.1, 160, 0.8, ')).toBe(3)
      expect(await bring('2026-01-02, 1.1, 161, 0.8, ', '2026-01-01, 1.2, N/A, N/A, ')).toBe(2)
      expect(await bring('2026-01-02, 1.1, 161, 0.8, ')).toBe(0)
    } finally {
      await temporary.close()
    }
  })

  it("a rate that was typed over an imported one is nobody else's: undoing the import leaves it", async () => {
    const temporary = await createTemporaryVault()
    try {
      const { vault } = temporary
      const stand = new ImportStand(vault)
      const [run] = await stand.commit(stand.add(rates('2026-01-02, 1.1, 160, 0.8, '), 'eurofxref-hist.csv'))
      const imported = dumpUserTables(vault)
      await settingsHandlers['fx.set'](
        {
          base: parseCurrencyCode('EUR'),
          quote: parseCurrencyCode('USD'),
          on: parseIsoDate('2026-01-02'),
          rate: parseDecimal('1.5'),
        },
        stand.context,
      )
      const typed = dumpUserTables(vault)
      undoImport(vault, stand.context.clock, run?.id ?? 0)
      expect(vault.driver.prepare('select quote, rate, source from fx_rates').all()).toEqual([
        { quote: 'USD', rate: '1.5', source: 'manual' },
      ])
      undoChange(vault, stand.context.clock)
      expect(dumpUserTables(vault)).toBe(typed)
      undoChange(vault, stand.context.clock)
      expect(dumpUserTables(vault)).toBe(imported)
    } finally {
      await temporary.close()
    }
  })
})
