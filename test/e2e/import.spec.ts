import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeGb } from '../../electron/core/importing/chinese/fixtures/gb-text.ts'
import { expect, type RunningApp, test, unlock, writeStatement } from './support/app.ts'
import { alipayBill, ofxStatement } from './support/statements.ts'
import { dropFiles, fileCard, goTo, headline, pickFiles } from './support/window.ts'

/** 3,271.00 at the start; +8,000.00 − 35.50 − 35.50 − 1,200.00 = +6,729.00; 10,000.00 at the end. */
const bank = ofxStatement({
  account: '6222021234567890123',
  currency: 'CNY',
  closing: '10000.00',
  lines: [
    { on: '2025-01-05', amount: '8000.00', payee: 'Employer' },
    { on: '2025-01-07', amount: '-35.50', payee: 'Coffee Corner' },
    { on: '2025-01-07', amount: '-35.50', payee: 'Coffee Corner' },
    { on: '2025-01-10', amount: '-1200.00', payee: 'Landlord' },
  ],
})

/** −45.00 + 1,250.00 − 300.50 = 904.50 by column C; column D is something else (12.50, 3.25, 7.75). */
const strange = `A;B;C;D
03.01.2025;Kiosk;-45,00;12,50
04.01.2025;Arbejde;1.250,00;3,25
17.01.2025;Udlejer;-300,50;7,75
`

/** −25.50 − 50.00 + 200.00 = 124.50. */
const alipay = alipayBill([
  { on: '2025-01-20', amount: '-25.50', payee: '小面馆' },
  { on: '2025-01-18', amount: '-50.00', payee: '便利店' },
  { on: '2025-01-05', amount: '200.00', payee: '李四' },
])

function writeAll(app: RunningApp): string[] {
  const gb = join(app.folder, 'alipay_record.csv')
  writeFileSync(gb, encodeGb(alipay))
  return [
    writeStatement(app, 'january.ofx', bank),
    writeStatement(app, 'udtog.csv', strange),
    gb,
    writeStatement(app, 'contract.pdf', '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n'),
    writeStatement(app, 'january (1).ofx', bank),
  ]
}

test('a pile of files, looked at, put right, saved, taken back and brought again', async ({ app, page }) => {
  test.setTimeout(120_000)
  await app.open(page)
  await unlock(page)
  await expect(page.getByText('Drop your statements here')).toBeVisible()
  const files = writeAll(app)
  await dropFiles(page, files)
  await expect(page.getByRole('heading', { name: 'Import', level: 1 })).toBeVisible()
  await expect(page.getByRole('article')).toHaveCount(5)

  // each file says what it is, or why not
  const ofx = fileCard(page, 'january.ofx')
  await expect(ofx.getByText('OFX', { exact: true })).toBeVisible()
  await expect(ofx.getByRole('listitem').filter({ hasText: /^4\s*new$/ })).toBeVisible()
  await expect(fileCard(page, 'alipay_record.csv').getByText('Alipay', { exact: true })).toBeVisible()
  await expect(fileCard(page, 'alipay_record.csv').getByText('138****5678')).toBeVisible()
  const pdf = fileCard(page, 'contract.pdf')
  await expect(pdf.getByText('cannot be imported')).toBeVisible()
  await expect(pdf.getByText(/damaged/)).toBeVisible()
  // the same file twice brings nothing new
  const again = fileCard(page, 'january (1).ofx')
  await expect(again.getByRole('listitem').filter({ hasText: /^0\s*new$/ })).toBeVisible()
  await expect(again.getByRole('listitem').filter({ hasText: /^4\s*already there$/ })).toBeVisible()

  // the strange table: first read by the wrong column on purpose, then by the right one
  const table = fileCard(page, 'udtog.csv')
  const summary = table.getByText('How to read the columns')
  const amounts = table.getByRole('combobox', { name: 'Meaning of column C' })
  if (!(await amounts.isVisible())) await summary.click()
  // what it is read as is a guess, so its rows are open from the beginning; a sure file's among so many are not
  const rows = table.getByRole('table', { name: 'First rows' })
  await expect(rows).toBeVisible()
  await expect(ofx.getByRole('table', { name: 'First rows' })).toBeHidden()
  await table.getByRole('combobox', { name: 'Meaning of column D' }).selectOption('Amount')
  await expect(rows.getByRole('row').filter({ hasText: 'Kiosk' })).toContainText('12.50')
  await amounts.selectOption('Amount')
  await expect(rows.getByRole('row').filter({ hasText: 'Kiosk' })).toContainText('−¥45.00')
  await table.getByRole('combobox', { name: 'Meaning of column D' }).selectOption('not used')
  await expect(rows.getByRole('row').filter({ hasText: 'Arbejde' })).toContainText('+¥1,250.00')
  await expect(rows.getByRole('row').filter({ hasText: 'Udlejer' })).toContainText('−¥300.50')

  // its new account gets a name; one row stays out
  await table.getByRole('textbox', { name: 'New account’s name' }).fill('Danish savings')
  await table.getByRole('textbox', { name: 'New account’s name' }).blur()
  await rows.getByRole('row').filter({ hasText: 'Kiosk' }).getByRole('checkbox').uncheck()
  await expect(page.getByText(/9 new transactions/)).toBeVisible()
  await expect(page.getByText(/1 left out/)).toBeVisible()
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByRole('heading', { name: '9 transactions imported' })).toBeVisible({ timeout: 30_000 })

  // 10,000.00 + (904.50 + 45.00 left out) + 124.50 = 11,074.00
  await goTo(page, 'Home')
  await expect(headline(page, 'Net worth')).toContainText('¥11,074.00')
  await goTo(page, 'Accounts')
  const bankRow = page.getByRole('link', { name: /0123/ })
  await expect(bankRow).toContainText('¥10,000.00')
  await expect(page.getByRole('link', { name: /Danish savings/ })).toContainText('¥949.50')
  await expect(page.getByRole('link', { name: /138\*\*\*\*5678|余额/ })).toContainText('¥124.50')

  // the history says what became of the records that were not taken over
  await goTo(page, 'Import')
  const history = page.getByRole('table', { name: 'Earlier imports' })
  await history.getByRole('row').filter({ hasText: 'udtog.csv' }).click()
  const records = page.getByRole('table', { name: 'Records of udtog.csv' })
  await expect(records.getByRole('row').filter({ hasText: '#2' })).toHaveText(/left out.*Left out by you\./)
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()

  // taken back, one after the other: exactly empty again
  for (const name of ['udtog.csv', 'alipay_record.csv', 'january.ofx']) {
    await history.getByRole('row').filter({ hasText: name }).click()
    await page.getByRole('button', { name: 'Undo this import' }).click()
    await page.getByRole('button', { name: 'Undo this import' }).click()
    await expect(page.getByRole('dialog').getByText('taken back')).toBeVisible()
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  await goTo(page, 'Accounts')
  await expect(page.getByText('No accounts yet')).toBeVisible()
  await goTo(page, 'Home')
  await expect(page.getByText('Drop your statements here')).toBeVisible()

  // undoing the taking back brings the first file again, whole
  await page.getByRole('button', { name: /^Undo: an import taken back/ }).click()
  await expect(headline(page, 'Net worth')).toContainText('¥10,000.00')
  await page.getByRole('button', { name: /^Redo: an import taken back/ }).click()
  await expect(page.getByText('Drop your statements here')).toBeVisible()
})

test('the same file once more changes nothing; pasted rows are a statement, too', async ({ app, page }) => {
  await app.open(page)
  await unlock(page)
  const path = writeStatement(app, 'january.ofx', bank)
  await goTo(page, 'Import')
  await pickFiles(page, [path])
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByRole('heading', { name: '4 transactions imported' })).toBeVisible()
  await page.getByRole('button', { name: 'Import more' }).click()
  await pickFiles(page, [path])
  await expect(fileCard(page, 'january.ofx').getByText(/The very same file was imported on/)).toBeVisible()
  await expect(fileCard(page, 'january.ofx').getByText('4 already there')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeDisabled()
  await page.getByRole('button', { name: 'Clear all' }).click()

  await page.getByRole('button', { name: 'Paste text' }).click()
  await page
    .getByRole('textbox', { name: 'Paste a statement' })
    .fill('Date\tPayee\tAmount\n2025-01-02\tBookshop\t-19.90\n2025-01-03\tGrandmother\t50.00\n')
  await page.getByRole('button', { name: 'Read it' }).click()
  await expect(page.getByText(/2 new transactions/)).toBeVisible()
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByRole('heading', { name: '2 transactions imported' })).toBeVisible()
  // 10,000.00 − 19.90 + 50.00
  await goTo(page, 'Home')
  await expect(headline(page, 'Net worth')).toContainText('¥10,030.10')
})
