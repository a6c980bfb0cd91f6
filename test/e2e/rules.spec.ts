import type { Locator, Page } from '@playwright/test'
import { expect, expectAccessible, test, unlock, writeStatement } from './support/app.ts'
import { ofxStatement } from './support/statements.ts'
import { chooseCategory, drawer, goTo, importFiles } from './support/window.ts'

const rowsOf = (page: Page, payee: string): Locator =>
  page.getByRole('table', { name: 'Transactions' }).getByRole('row').filter({ hasText: payee })

const cafe = (day: number): { on: string; amount: string; payee: string } => ({
  on: `2025-03-0${day}`,
  amount: '-4.20',
  payee: 'SQ *HERON COFFEE',
})

async function openRules(page: Page): Promise<void> {
  await goTo(page, 'Settings')
  await page.getByRole('navigation', { name: 'Parts of the settings' }).getByRole('link', { name: 'Rules' }).click()
  await expect(page.getByRole('heading', { name: 'Rules', level: 2 })).toBeVisible()
}

async function openTransactions(page: Page): Promise<void> {
  await goTo(page, 'Accounts')
  await page.getByRole('main').getByRole('listitem').getByRole('link').first().click()
  await expect(page.getByRole('table', { name: 'Transactions' })).toBeVisible()
}

test('a rule is written from a transaction, tested, applied and undone; a choice teaches', async ({ app, page }) => {
  test.setTimeout(180_000)
  await app.open(page)
  await unlock(page)
  const lines = [1, 2, 3, 4].map(cafe).concat([{ on: '2025-03-05', amount: '-60.00', payee: 'Riverside' }])
  const statement = ofxStatement({ account: '11112222', currency: 'CNY', closing: '100.00', lines })
  await importFiles(page, [writeStatement(app, 'bank.ofx', statement)])
  await openTransactions(page)
  // the processor's prefix is gone, what the bank wrote is kept
  await expect(rowsOf(page, 'HERON COFFEE')).toHaveCount(4)
  await expect(rowsOf(page, 'SQ *')).toHaveCount(0)

  // two choices by hand teach; the next ones are suggested and taken with Enter
  for (const index of [0, 1]) {
    const row = rowsOf(page, 'HERON COFFEE').nth(index)
    await chooseCategory(page, row.getByRole('button', { name: /^Category:/ }), 'Coffee')
    await expect(row.getByRole('button', { name: /^Category: .*Coffee/ })).toBeVisible()
  }
  const suggested = rowsOf(page, 'HERON COFFEE')
    .nth(2)
    .getByRole('button', { name: /^File under .*Coffee/ })
  await expect(suggested).toBeVisible()
  await suggested.focus()
  await page.keyboard.press('Enter')
  await expect(
    rowsOf(page, 'HERON COFFEE')
      .nth(2)
      .getByRole('button', { name: /^Category: .*Coffee/ }),
  ).toBeVisible()

  // the reason is its evidence
  await rowsOf(page, 'HERON COFFEE').nth(3).getByRole('cell').nth(1).click()
  const details = drawer(page, 'Transaction')
  await expect(details.getByText('You filed 3 of 3 payments with “HERON COFFEE”')).toBeVisible()
  await expect(details.getByText('SQ *HERON COFFEE')).toBeVisible()

  // a rule from it: what it would change shows while it is written
  await details.getByRole('button', { name: 'Make a rule from this' }).click()
  const editor = drawer(page, 'New rule')
  await expect(editor.getByText('Would change 1 of 5 transactions.')).toBeVisible()
  await editor.getByRole('checkbox', { name: 'Also what you filed or named by hand' }).check()
  await chooseCategory(page, editor.getByRole('button', { name: /^Category:/ }), 'Restaurants')
  await expect(editor.getByText('Would change 4 of 5 transactions.')).toBeVisible()
  await expectAccessible(page)
  await editor.getByRole('button', { name: 'Save and change 4' }).click()
  await expect(page.getByText('4 transactions changed')).toBeVisible()
  await expect(editor).toHaveCount(0)
  await expect(details.getByText('Filed by one of your rules.')).toBeVisible()
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click()
  await expect(details.getByText('Filed by one of your rules.')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(
    rowsOf(page, 'HERON COFFEE')
      .nth(0)
      .getByRole('button', { name: /^Category: .*Coffee/ }),
  ).toBeVisible()

  // the rule is there; another is added, moved up by keyboard, switched off
  await openRules(page)
  const list = page.getByRole('list', { name: 'Rules' })
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await page.getByRole('button', { name: 'Add rule' }).click()
  const second = drawer(page, 'New rule')
  await second.getByRole('textbox', { name: 'Name', exact: true }).first().fill('Shopping trips')
  await second.getByRole('textbox', { name: 'Text' }).fill('river')
  await second.getByRole('button', { name: 'Add an action' }).click()
  await chooseCategory(page, second.getByRole('button', { name: /^Category:/ }), 'Groceries')
  await expect(second.getByText('Would change 1 of 5 transactions.')).toBeVisible()
  await second.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(list.getByRole('listitem')).toHaveCount(2)
  await expect(list.getByRole('listitem').nth(1)).toContainText('Shopping trips')
  const opener = list.getByRole('button', { name: /^Shopping trips/ })
  await opener.focus()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(list.getByRole('listitem').nth(0)).toContainText('Shopping trips')
  await list.getByRole('switch', { name: '“Shopping trips” on' }).click({ force: true })
  await expect(list.getByRole('listitem').nth(0)).toContainText('off')
  await expectAccessible(page)
})
