import { expect, test, unlock, writeStatement } from './support/app.ts'
import { ofxStatement } from './support/statements.ts'
import { chooseCategory, chooseSegment, drawer, goTo, headline, importFiles } from './support/window.ts'
import type { Locator, Page } from '@playwright/test'

async function addAccount(page: Page, name: string, opening: string): Promise<void> {
  await goTo(page, 'Accounts')
  await page.getByRole('button', { name: 'Add account' }).first().click()
  const form = drawer(page, 'New account')
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await form.getByRole('textbox', { name: 'Opening balance' }).fill(opening)
  await form.getByRole('textbox', { name: 'As of' }).fill('2025-01-01')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
}

async function addTransaction(
  page: Page,
  given: { on: string; amount: string; payee: string; incoming?: boolean },
): Promise<void> {
  await page.getByRole('button', { name: 'Add transaction' }).click()
  const form = drawer(page, 'Add transaction')
  if (given.incoming === true) await chooseSegment(page, 'In and out', 'Money in')
  await form.getByRole('textbox', { name: 'Amount' }).fill(given.amount)
  await form.getByRole('textbox', { name: 'Date' }).fill(given.on)
  await form.getByRole('textbox', { name: 'Payee' }).fill(given.payee)
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form).toHaveCount(0)
}

const rowOf = (page: Page, payee: string): Locator =>
  page.getByRole('table', { name: 'Transactions' }).getByRole('row').filter({ hasText: payee })

test('an account by hand: lines, keyboard editing, splits that add up, undo and redo', async ({ app, page }) => {
  test.setTimeout(120_000)
  await app.open(page)
  await unlock(page)
  await addAccount(page, 'Everyday', '1,000.00')
  await expect(headline(page, 'Balance')).toContainText('¥1,000.00')
  await addTransaction(page, { on: '2025-02-01', amount: '120.50', payee: 'Grocer' })
  await addTransaction(page, { on: '2025-02-02', amount: '2,000', payee: 'Employer', incoming: true })
  await addTransaction(page, { on: '2025-02-03', amount: '45.25', payee: 'Bookshop' })
  // 1,000.00 − 120.50 = 879.50; + 2,000.00 = 2,879.50; − 45.25 = 2,834.25
  await expect(headline(page, 'Balance')).toContainText('¥2,834.25')
  await expect(rowOf(page, 'Grocer')).toContainText('−¥120.50')
  await expect(rowOf(page, 'Grocer')).toContainText('¥879.50')
  await expect(rowOf(page, 'Bookshop')).toContainText('¥2,834.25')

  // category and note by keyboard alone
  const grocer = rowOf(page, 'Grocer')
  await grocer.focus()
  await expect(grocer).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(grocer.getByRole('button', { name: 'Category: No category' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Search', exact: true })).toBeFocused()
  await page.keyboard.type('groc')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(grocer.getByRole('button', { name: /^Category: .*Groceries/ })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.keyboard.type('for the party')
  await page.keyboard.press('Enter')
  await expect(grocer.getByRole('button', { name: 'Note: for the party' })).toBeVisible()

  // undo and redo by keyboard
  await page.getByRole('heading', { name: 'Everyday', level: 1 }).click()
  await page.keyboard.press('Control+z')
  await expect(grocer.getByRole('button', { name: 'Add a note' })).toBeVisible()
  await page.keyboard.press('Control+Shift+z')
  await expect(grocer.getByRole('button', { name: 'Note: for the party' })).toBeVisible()

  // a split is saved only once its parts add up: 120.50 = 100.00 + 20.50
  await grocer.focus()
  await page.keyboard.press('Enter')
  const details = drawer(page, 'Transaction')
  await details.getByRole('button', { name: 'Split across categories' }).click()
  await details.getByRole('textbox', { name: 'Amount 1' }).fill('100')
  await details.getByRole('textbox', { name: 'Amount 2' }).fill('20')
  await expect(details.getByText(/Left to assign/)).toContainText('¥0.50')
  await expect(details.getByRole('button', { name: 'Save' })).toBeDisabled()
  await details.getByRole('textbox', { name: 'Amount 2' }).fill('20.5')
  await expect(details.getByText('Adds up')).toBeVisible()
  await chooseCategory(page, details.getByRole('button', { name: /^Category 2/ }), 'Gifts')
  await details.getByRole('button', { name: 'Save' }).click()
  await expect(details.getByText('−¥100.00')).toBeVisible()
  await expect(details.getByText('−¥20.50')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(grocer.getByText('split', { exact: true })).toBeVisible()

  // several at once
  await grocer.getByRole('checkbox').check()
  await rowOf(page, 'Bookshop').getByRole('checkbox').check()
  await expect(page.getByText('2 selected')).toBeVisible()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(page.getByText('Delete 2 transactions?')).toBeVisible()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  // 1,000.00 + 2,000.00
  await expect(headline(page, 'Balance')).toContainText('¥3,000.00')
  await page.keyboard.press('Control+z')
  await expect(headline(page, 'Balance')).toContainText('¥2,834.25')
  await expect(grocer.getByText('split', { exact: true })).toBeVisible()

  // the whole account goes and comes back
  await page.getByRole('button', { name: 'Edit' }).click()
  const form = drawer(page, 'Edit account')
  await form.getByRole('button', { name: 'Delete account' }).click()
  await expect(form.getByText('Delete it with its 3 transactions?')).toBeVisible()
  await form.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(page.getByText('No accounts yet')).toBeVisible()
  await page.getByRole('button', { name: /^Undo: an account deleted/ }).click()
  const link = page.getByRole('link', { name: /Everyday/ })
  await expect(link).toContainText('¥2,834.25')
  await link.click()
  await expect(grocer.getByText('split', { exact: true })).toBeVisible()
})

test('bulk edit, filters, and the two halves of a transfer', async ({ app, page }) => {
  test.setTimeout(120_000)
  await app.open(page)
  await unlock(page)
  // far apart in time, so that importing does not pair them by itself: the user does
  const one = ofxStatement({
    account: '111122223333',
    currency: 'CNY',
    closing: '500.00',
    lines: [
      { on: '2025-03-03', amount: '-300.00', payee: 'Own savings' },
      { on: '2025-03-10', amount: '-20.00', payee: 'Tea house' },
      { on: '2025-03-12', amount: '-22.00', payee: 'Tea house' },
      { on: '2025-04-01', amount: '900.00', payee: 'Salary' },
    ],
  })
  await importFiles(page, [writeStatement(app, 'one.ofx', one)])
  await addAccount(page, 'Piggy bank', '0')
  await addTransaction(page, { on: '2025-03-05', amount: '300', payee: 'From everyday', incoming: true })

  await rowOf(page, 'From everyday').getByRole('cell').nth(1).click()
  const details = drawer(page, 'Transaction')
  await details.getByRole('button', { name: 'Find the other half' }).click()
  await expect(details.getByText(/Own savings/)).toBeVisible()
  await details.getByRole('button', { name: 'Link', exact: true }).click()
  await expect(details.getByText(/^Linked with .*3333/)).toBeVisible()
  await details.getByRole('button', { name: 'Open the other half' }).click()
  await expect(details.getByText('Linked with Piggy bank')).toBeVisible()
  await details.getByRole('button', { name: 'Unlink' }).click()
  await expect(details.getByRole('button', { name: 'Find the other half' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Undo: a transfer unlinked/ }).click()
  await expect(rowOf(page, 'From everyday').getByRole('img', { name: 'Transfer' })).toBeVisible()

  await goTo(page, 'Accounts')
  await page.getByRole('navigation', { name: 'Account pages' }).getByRole('link', { name: 'Transactions' }).click()
  await expect(page.getByText('5 transactions', { exact: true })).toBeVisible()
  await page.getByRole('textbox', { name: 'Search payee, memo, notes' }).fill('tea')
  await expect(page.getByText('2 transactions', { exact: true })).toBeVisible()
  // 20.00 + 22.00
  await expect(page.getByText(/^out /)).toContainText('¥42.00')
  await page.getByRole('checkbox', { name: 'Select all that match' }).click()
  await expect(page.getByText('2 selected')).toBeVisible()
  await chooseCategory(page, page.getByRole('button', { name: /^Set category/ }), 'Groceries')
  await expect(page.getByRole('button', { name: /^Category: .*Groceries/ })).toHaveCount(2)
  await page.getByRole('button', { name: 'Clear selection' }).click()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(page.getByText('5 transactions', { exact: true })).toBeVisible()

  await chooseSegment(page, 'In and out', 'In')
  await expect(page.getByText('2 transactions', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.getByRole('button', { name: 'Filters' }).click()
  await page.getByRole('textbox', { name: 'From', exact: true }).fill('2025-03-11')
  await page.getByRole('textbox', { name: 'To', exact: true }).fill('2025-03-31')
  await expect(page.getByText('1 transaction', { exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(rowOf(page, 'Tea house')).toHaveCount(1)
  await expect(rowOf(page, 'Tea house')).toContainText('−¥22.00')
})

test('20,000 lines scroll, and the running balance is right at both ends', async ({ app, page }) => {
  test.setTimeout(120_000)
  const count = 20_000
  // line i, 1…n, is of 2005-01-01 + i ÷ 5 days and brings (i mod 97) − 40 yuan and i mod 100 fen
  const lines: string[] = []
  let sum = 0
  const amounts: number[] = []
  for (let index = 1; index <= count; index += 1) {
    const minor = ((index % 97) - 40) * 100 + (index % 100) + (index % 97 === 40 && index % 100 === 0 ? 1 : 0)
    amounts.push(minor)
    sum += minor
    const day = new Date(Date.UTC(2005, 0, 1 + Math.floor(index / 5))).toISOString().slice(0, 10)
    const sign = minor < 0 ? '-' : ''
    const text = `${sign}${Math.floor(Math.abs(minor) / 100)}.${String(Math.abs(minor) % 100).padStart(2, '0')}`
    lines.push(`${day},Payee-${String(index).padStart(5, '0')},${text}`)
  }
  const written = (minor: number): string => {
    const whole = String(Math.floor(Math.abs(minor) / 100)).replaceAll(/\B(?=(\d{3})+$)/g, ',')
    return `${minor < 0 ? '−' : ''}¥${whole}.${String(Math.abs(minor) % 100).padStart(2, '0')}`
  }
  const path = writeStatement(app, 'twenty years.csv', `Date,Payee,Amount\n${lines.join('\n')}\n`)
  await app.open(page)
  await unlock(page)
  await importFiles(page, [path])
  await expect(page.getByRole('heading', { name: '20,000 transactions imported' })).toBeVisible()
  await goTo(page, 'Accounts')
  await page.getByRole('link', { name: /twenty years/ }).click()
  await expect(headline(page, 'Balance')).toContainText(written(sum))

  const table = page.getByRole('table', { name: 'Transactions' })
  await expect(table).toHaveAttribute('aria-rowcount', String(count + 1))
  // only rows in view exist
  expect(await table.getByRole('row').count()).toBeLessThan(120)
  // newest first: its running balance is the account's
  await expect(rowOf(page, 'Payee-20000')).toContainText(written(sum))
  await rowOf(page, 'Payee-20000').focus()
  await page.keyboard.press('End')
  const oldest = rowOf(page, 'Payee-00001')
  await expect(oldest).toBeFocused()
  await expect(oldest).toContainText(written(amounts[0] ?? 0))
  // and in between: the n-th line's balance is the sum of the first n
  await page.keyboard.press('PageUp')
  const current = table.getByRole('row').and(page.locator(':focus'))
  await expect(current).toContainText(/Payee-\d{5}/)
  const number = Number(/Payee-(\d{5})/.exec(await current.innerText())?.[1])
  expect(number).toBeGreaterThan(2)
  const partial = amounts.slice(0, number).reduce((total, minor) => total + minor, 0)
  await expect(current).toContainText(written(partial))
  // the figures over all of them: what came in less what went out
  const incoming = amounts.filter((minor) => minor > 0).reduce((total, minor) => total + minor, 0)
  await expect(page.getByText(/^in /).first()).toContainText(written(incoming))
  await expect(page.getByText(/^out /).first()).toContainText(written(incoming - sum))
})
