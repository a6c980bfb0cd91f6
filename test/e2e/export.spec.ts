import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, unlock, writeStatement } from './support/app.ts'
import { ofxStatement } from './support/statements.ts'
import { chooseOption, goTo, importFiles } from './support/window.ts'

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
