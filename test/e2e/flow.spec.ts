import { readFileSync } from 'node:fs'
import { expect, expectAccessible, test, unlock, writeStatement } from './support/app.ts'
import { ofxStatement } from './support/statements.ts'
import { chooseSegment, goTo, importFiles } from './support/window.ts'

test.describe('the sample household', () => {
  test.use({ vault: 'demo' })

  test('cash flow: a year and its months, where money went, down to the rows behind a figure', async ({
    app,
    page,
  }) => {
    test.setTimeout(120_000)
    await app.open(page)
    await goTo(page, 'Accounts')
    await page.getByRole('navigation', { name: 'Account pages' }).getByRole('link', { name: 'Cash flow' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Cash flow' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Savings rate' })).toBeVisible()
    await expectAccessible(page)

    // the figure's definition
    await page.getByRole('button', { name: 'Savings rate' }).hover()
    await expect(page.getByRole('tooltip')).toContainText('Saved ÷ income')

    // the diagram is also a table
    const diagram = page.getByRole('figure').filter({ hasText: 'Where money came from and where it went' })
    await expect(diagram.getByRole('link', { name: /^Wages: / })).toBeVisible()
    await diagram.getByRole('button', { name: 'Show as table' }).click()
    await expect(diagram.getByRole('row', { name: /^Wages All money in/ })).toBeVisible()

    // a month, one step back
    await chooseSegment(page, 'Span', 'Month')
    const earlier = page.getByRole('button', { name: 'Earlier' })
    await earlier.click()
    await expect(page).toHaveURL(/span=month/)

    // a main category opens; a category leads to its rows
    const expenses = page.getByRole('table', { name: 'Expenses by category' })
    await expenses.getByRole('button', { name: 'What is in Food and drink' }).click()
    await expenses.getByRole('link', { name: 'Groceries' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'All transactions' })).toBeVisible()
    await expect(page).toHaveURL(/category=\d+/)
    await expect(page.getByRole('table', { name: 'Transactions' }).getByRole('row').nth(1)).toContainText('Groceries')
  })

  test('the monthly report: one page, as a picture that the window draws itself', async ({ app, page }) => {
    test.setTimeout(120_000)
    const asked: string[] = []
    page.on('request', (request) => {
      if (/^https?:/.test(request.url())) asked.push(new URL(request.url()).hostname)
    })
    await app.open(page)
    await goTo(page, 'Accounts')
    await page.getByRole('navigation', { name: 'Account pages' }).getByRole('link', { name: 'Report' }).click()
    await expect(page.getByRole('article', { name: / on one page$/ })).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Largest items' })).toBeVisible()
    await expectAccessible(page)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'PNG' }).click()
    const saved = await download
    expect(saved.suggestedFilename()).toMatch(/^onebook-\d{4}-\d{2}\.png$/)
    const png = readFileSync(await saved.path())
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG')
    // a blank page of this size packs into far less
    expect(png.length).toBeGreaterThan(40_000)
    expect(new Set(asked)).toEqual(new Set(['127.0.0.1']))

    // on paper: the page alone
    await page.emulateMedia({ media: 'print' })
    await expect(page.getByRole('navigation', { name: 'Main navigation' })).toBeHidden()
    await expect(page.getByRole('button', { name: 'PNG' })).toBeHidden()
    await expect(page.getByRole('article', { name: / on one page$/ })).toBeVisible()
  })
})

/** A day of the month that is over, by the clock of the host (Shanghai's): the report's first. */
function lastMonth(day: string): string {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
  const [year = 0, month = 0] = today.split('-').map(Number)
  const before = month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`
  return `${before}-${day}`
}

test('the monthly report names transfers whose other half was not found, which are in no figure', async ({
  app,
  page,
}) => {
  await app.open(page)
  await unlock(page)
  const text = ofxStatement({
    account: '6217',
    currency: 'CNY',
    closing: '4000.00',
    lines: [
      { on: lastMonth('03'), amount: '8000.00', payee: 'Wages' },
      { on: lastMonth('04'), amount: '-3000.00', payee: 'To my other bank' },
      { on: lastMonth('05'), amount: '-1500.00', payee: 'To my broker' },
      { on: lastMonth('06'), amount: '500.00', payee: 'From my other bank' },
    ],
  })
  // the bank calls them transfers
  const transfers = text.replaceAll(/<TRNTYPE>\w+(?=\n<DTPOSTED>\d{6}0[456])/g, '<TRNTYPE>XFER')
  await importFiles(page, [writeStatement(app, 'transfers.ofx', transfers)])
  await goTo(page, 'Accounts')
  await page.getByRole('navigation', { name: 'Account pages' }).getByRole('link', { name: 'Report' }).click()
  const sheet = page.getByRole('article', { name: / on one page$/ })
  await expect(sheet).toContainText('¥8,000.00')
  // 3,000 + 1,500 out, 500 in
  await expect(sheet).toContainText('3 lines are called transfers by their files')
  await expect(sheet).toContainText('¥4,500.00 out, ¥500.00 in')

  // a month without any does not speak of them
  await page.getByRole('button', { name: 'Earlier' }).click()
  await expect(sheet).toBeVisible()
  await expect(sheet).not.toContainText('called transfers')
  await page.getByRole('button', { name: 'Later' }).click()
  await sheet.getByRole('link', { name: 'Review pairs' }).click()
  await expect(page).toHaveURL(/\/import\/review/)
})
