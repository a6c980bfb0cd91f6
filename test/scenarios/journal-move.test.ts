import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseCurrencyCode } from '../../shared/domain/currency.ts'
import { parseIsoDate } from '../../shared/domain/iso-date.ts'
import { prepareExport } from '../../electron/core/exporting/export-writers.ts'
import { seedDemo } from '../../electron/core/demo/seed-demo.ts'
import { seedVault } from '../../electron/core/handlers/seed-vault.ts'
import { verifyVault } from '../../electron/core/storage/verify-vault.ts'
import { loadAccounts } from '../../electron/core/storage/repositories/account-repository.ts'
import { loadHeldSecurities } from '../../electron/core/storage/repositories/holding-repository.ts'
import { loadValueTimelines } from '../../electron/core/storage/repositories/worth-repository.ts'
import type { Vault } from '../../electron/core/storage/open-vault.ts'
import { ImportStand } from '../support/import-stand.ts'
import { createTemporaryVault, type TemporaryVault } from '../support/temporary-vault.ts'

const today = parseIsoDate('2026-11-23')
const lastDay = parseIsoDate('9999-12-31')

let home: TemporaryVault
let away: TemporaryVault
beforeEach(async () => {
  home = await createTemporaryVault()
  away = await createTemporaryVault()
})
afterEach(async () => {
  await home.close()
  await away.close()
})

/** What each account holds: its money or value in minor units, and each security. */
function holdings(vault: Vault): string[] {
  const accounts = loadAccounts(vault)
  const values = loadValueTimelines(vault, accounts)
  const names = new Map(accounts.map(({ id, name }) => [id, name]))
  const money = accounts.map(({ id, name, currency, openingMinor, changeMinor }) => {
    const minor = values.get(id)?.at(-1)?.minor ?? openingMinor + changeMinor
    return `${name} ${minor} ${currency}`
  })
  const units = loadHeldSecurities(vault, new Set(names.keys()), [lastDay]).map(
    ({ accountId, timeline }) => `${names.get(accountId)} holds ${timeline.at(lastDay)?.quantity}`,
  )
  return [...money, ...units.filter((line) => !line.endsWith(' 0'))].toSorted()
}

describe('a household that leaves and comes back as a journal', () => {
  it.each(['beancount', 'hledger', 'ledger'] as const)('%s: every account holds what it held', async (format) => {
    seedVault(home.vault, { baseCurrency: parseCurrencyCode('CNY') })
    seedDemo(home.vault, { today: () => today, now: () => 1_800_000_000_000 })
    const choice = { accountIds: null, from: null, to: null, language: 'en' } as const
    const prepared = prepareExport(home.vault, format, choice, today)
    const pieces = [...prepared.pieces({ told: () => undefined, note: () => undefined })]
    seedVault(away.vault, { baseCurrency: parseCurrencyCode('CNY') })
    const before = new Set(loadAccounts(away.vault).map(({ name }) => name))
    const stand = new ImportStand(away.vault)
    const file = stand.add(new TextEncoder().encode(pieces.join('')), `household.${prepared.extension}`)
    const [run] = await stand.commit(file)
    expect(run).toMatchObject({ failed: 0, duplicates: 0 })
    const came = holdings(away.vault).filter((line) => ![...before].some((name) => line.startsWith(`${name} 0 `)))
    expect(came).toEqual(holdings(home.vault))
    expect((await verifyVault(away.vault)).filter(({ ok }) => !ok)).toEqual([])
    const again = await stand.commit(file)
    expect(again).toMatchObject([{ imported: 0 }])
  })
})
