import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, passphrase, test, unlock, writeStatement } from './support/app.ts'
import { ofxStatement } from './support/statements.ts'
import { chooseOption, goTo, importFiles, pickFiles } from './support/window.ts'

test('records leave by keyboard in a format of choice, with a word that the file is not encrypted', async ({
  app,
  page,
}) => {
  await app.open(page)
  await unlock(page)
  const lines = [{ on: '2025-01-02', amount: '-12.50', payee: 'Kiosk; | "corner"' }] as const
  const statement = ofxStatement({ account: '11112222', currency: 'CNY', closing: '87.50', lines: [...lines] })
  await importFiles(page, [writeStatement(app, 'bank.ofx', statement)])
  await goTo(page, 'Settings')
  await page
    .getByRole('navigation', { name: 'Parts of the settings' })
    .getByRole('link', { name: 'Export', exact: true })
    .click()
  await expect(page.getByText('The file is not encrypted.')).toBeVisible()

  for (const [format, extension, words] of [
    ['JSON: everything', 'json', '"format":"onebook-export"'],
    ['Beancount', 'beancount', '"Kiosk; | \\"corner\\""'],
    ['ledger', 'ledger', 'Kiosk； ｜ "corner"'],
  ] as const) {
    await chooseOption(page, page.getByRole('combobox', { name: 'Format' }), format)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export…' }).press('Enter')
    const file = await download
    expect(file.suggestedFilename()).toMatch(new RegExp(`^onebook-.*\\.${extension}$`))
    const saved = join(app.folder, `out.${extension}`)
    await file.saveAs(saved)
    expect(readFileSync(saved, 'utf8')).toContain(words)
  }
})

test.describe('a new vault of a complete export', () => {
  test.use({ vault: 'none' })

  test('holds what was exported, under a passphrase of its own', async ({ app, page }) => {
    await app.stop()
    expect(app.onebook('create', '--currency', 'EUR', '--recovery-key-file', join(app.folder, 'key.txt')).code).toBe(0)
    const account = JSON.stringify({ name: 'Old box', kind: 'cash', currency: 'EUR', openingMinor: 1234 })
    expect(app.onebook('call', 'account.create', account).code).toBe(0)
    const file = join(app.folder, 'all.json')
    expect(app.onebook('export', '--format', 'json', file).code).toBe(0)
    for (const name of readdirSync(app.folder)) if (name.startsWith('test.vault')) rmSync(join(app.folder, name))
    await app.start()

    await app.open(page)
    await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(passphrase)
    await page.getByRole('textbox', { name: 'Passphrase again' }).fill(passphrase)
    await pickFiles(page, [file], 'Bring in a complete export (JSON)')
    await expect(page.getByText('The new vault will hold what is in “all.json”.')).toBeVisible()
    await page.getByRole('button', { name: 'Create vault' }).click()
    const shown = await page.getByRole('note', { name: 'Recovery key' }).innerText()
    await page
      .getByRole('textbox', { name: 'Type the last four characters' })
      .fill(shown.replaceAll(/\s/g, '').slice(-4))
    await page.getByRole('button', { name: 'I have kept it safe' }).click()
    await goTo(page, 'Accounts')
    await expect(page.getByText('Old box')).toBeVisible()
  })
})
