import type { Page } from '@playwright/test'
import { expect, expectAccessible, test, unlock } from './support/app.ts'
import { chooseCategory, chooseSegment, drawer, goTo } from './support/window.ts'

async function openTab(page: Page, name: 'Budgets' | 'Checks'): Promise<void> {
  await goTo(page, 'Accounts')
  await page.getByRole('navigation', { name: 'Account pages' }).getByRole('link', { name, exact: true }).click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
}

test.describe('with the sample household', () => {
  test.use({ vault: 'demo' })

  test('budgets are edited in their place by keyboard, undone, and lead to the rows behind them', async ({
    app,
    page,
  }) => {
    await app.open(page)
    await openTab(page, 'Budgets')
    const monthly = page.getByRole('table', { name: 'Monthly budgets' })
    const field = (name: string) => monthly.getByRole('textbox', { name: `Budget for ${name},` })
    await expect(field('Housing')).toHaveValue('2,500.00')
    await field('Housing').focus()
    await page.keyboard.type('2600')
    await page.keyboard.press('Escape')
    await expect(field('Housing')).toHaveValue('2,500.00')
    await page.keyboard.type('26oo')
    await page.keyboard.press('Enter')
    await expect(field('Housing')).toHaveAttribute('aria-invalid', 'true')
    await field('Housing').fill('2600')
    await page.keyboard.press('Enter')
    await expect(field('Transport')).toBeFocused()
    await expect(field('Housing')).toHaveValue('2,600.00')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Undo: a budget', exact: true }).click()
    await expect(field('Housing')).toHaveValue('2,500.00')

    await page.getByRole('button', { name: 'Month before' }).click()
    await page.getByRole('button', { name: 'This month', exact: true }).click()
    await monthly.getByRole('link', { name: 'Transactions behind Housing' }).click()
    await expect(page.getByRole('table', { name: 'Transactions' })).toBeVisible()
    await expect(page).toHaveURL(/category=/)
  })

  test('checks say what they found in words, show the figures behind, and take the user’s own rate', async ({
    app,
    page,
  }) => {
    await app.open(page)
    await openTab(page, 'Checks')
    await expect(page.getByText(/^Your money at hand would pay for [\d.]+ months/)).toBeVisible()
    await expect(page.getByRole('table', { name: 'Deposit insurance' })).toBeVisible()
    await page.getByRole('button', { name: 'Show the figures: Emergency fund' }).click()
    await expect(page.getByRole('table', { name: 'Accounts counted' })).toBeVisible()
    await page.getByRole('textbox', { name: 'The rate you could get, a year' }).fill('2')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByText('CNY: 2%, as you entered it')).toBeVisible()
    await expectAccessible(page)

    // what is essential is the household's to choose, and can be taken back
    await page.getByRole('button', { name: 'Choose essential categories' }).click()
    const choice = drawer(page, 'What you cannot leave off')
    await expect(choice.getByRole('checkbox', { name: 'Housing › Rent' })).toBeChecked()
    await expect(choice.getByRole('checkbox', { name: 'Housing › Rent' })).toBeDisabled()
    await choice.getByRole('checkbox', { name: 'Shopping', exact: true }).check()
    await expectAccessible(page)
    const essential = page.getByText(/^Essential a month/).locator('..')
    const before = (await essential.textContent()) ?? ''
    await choice.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(drawer(page)).toHaveCount(0)
    await expect(essential).not.toHaveText(before)
    await page.getByRole('button', { name: /^Undo/ }).first().click()
    await expect(essential).toHaveText(before)

    // a person's part of it
    await chooseSegment(page, 'Whose figures', '孩子 Child')
    await expect(page.getByRole('button', { name: "示例孩子 Sample child's part" })).toBeVisible()
    await expect(page.getByRole('table', { name: 'Deposit insurance' }).getByRole('row')).toHaveCount(2)
  })
})

test('a household begins with envelopes, assigns what it has, and moves money between them', async ({ app, page }) => {
  await app.open(page)
  await unlock(page)
  await openTab(page, 'Budgets')
  await page.getByRole('button', { name: 'Begin without suggestions' }).click()
  await page.getByRole('button', { name: 'How you budget' }).click()
  const plan = drawer(page, 'How you budget')
  await chooseSegment(plan, 'Way of budgeting', 'Envelopes')
  await plan.getByRole('textbox', { name: 'To assign at the start' }).fill('1000')
  await expectAccessible(page)
  await plan.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(plan).toHaveCount(0)
  for (const [category, amount] of [
    ['Groceries', '600'],
    ['Rent', '300'],
  ] as const) {
    await page.getByRole('button', { name: 'Set a budget', exact: true }).click()
    const form = drawer(page, 'Set a budget')
    await chooseCategory(page, form.getByRole('button', { name: /^Category/ }), category)
    await form.getByRole('textbox', { name: 'Assigned', exact: true }).fill(amount)
    await form.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(form).toHaveCount(0)
  }
  const headline = page.getByRole('region', { name: 'To assign' })
  await expect(headline).toContainText('100.00')
  await page.getByRole('button', { name: 'Edit the budget for Groceries' }).click()
  const edit = drawer(page, 'Budget for Food and drink › Groceries')
  await edit.getByRole('textbox', { name: 'Amount' }).fill('250')
  await edit.getByRole('button', { name: 'Move', exact: true }).click()
  await expect(headline).toContainText('350.00')
  await page.getByRole('button', { name: 'Fill this month' }).click()
  await page.getByRole('menuitem', { name: 'Empty all' }).click()
  await expect(headline).toContainText('1,000.00')
})
