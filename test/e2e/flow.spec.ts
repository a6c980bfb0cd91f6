import { readFileSync } from 'node:fs'
import { expect, expectAccessible, test } from './support/app.ts'
import { chooseSegment, goTo } from './support/window.ts'

test.use({ vault: 'demo' })

test('cash flow: a year and its months, where money went, down to the rows behind a figure', async ({ app, page }) => {
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
