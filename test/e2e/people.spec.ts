import type { Page } from '@playwright/test'
import { expect, expectAccessible, test, unlock } from './support/app.ts'
import { chooseSegment, drawer, goTo, headline } from './support/window.ts'

async function addPerson(page: Page, name: string, role = 'Adult'): Promise<void> {
  await page.getByRole('button', { name: 'Add a person' }).click()
  const form = drawer(page, 'Add a person')
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await form.getByRole('combobox', { name: 'Role' }).selectOption(role)
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(drawer(page)).toHaveCount(0)
}

async function addAccount(page: Page, name: string, opening: string, owner?: string): Promise<void> {
  await goTo(page, 'Accounts')
  await page.getByRole('button', { name: 'Add account' }).first().click()
  const form = drawer(page, 'New account')
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await form.getByRole('textbox', { name: 'Opening balance' }).fill(opening)
  if (owner !== undefined) await form.getByRole('combobox', { name: 'Belongs to' }).selectOption(owner)
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
}

const view = (page: Page, who: string) => chooseSegment(page, 'Whose figures', who)

test('each person sees their part, and together they see the whole', async ({ app, page }) => {
  test.setTimeout(150_000)
  await app.open(page)
  await unlock(page)
  await page.evaluate(() => {
    location.hash = '#/settings/people'
  })
  await expect(page.getByText('Nobody is named yet')).toBeVisible()
  await addPerson(page, 'Anna')
  // one person: nothing to choose from
  await expect(page.getByRole('radiogroup', { name: 'Whose figures' })).toHaveCount(0)
  await addPerson(page, 'Bert')
  await addPerson(page, 'Cleo', 'Child')
  await expect(page.getByRole('radiogroup', { name: 'Whose figures' })).toBeVisible()
  await expectAccessible(page)

  await addAccount(page, 'Salary', '1,000.01', 'Anna')
  await addAccount(page, 'Both', '500.01')

  // 70 and 30 per cent: first wrong, then right
  await page.getByRole('button', { name: 'Edit' }).click()
  const form = drawer(page, 'Edit account')
  await form.getByRole('combobox', { name: 'Belongs to' }).selectOption('Several people, in parts')
  await form.getByRole('textbox', { name: 'Share of Anna' }).fill('70')
  await expect(form.getByText('20% too much')).toBeVisible()
  await expect(form.getByRole('button', { name: 'Save' })).toBeDisabled()
  await form.getByRole('textbox', { name: 'Share of Bert' }).fill('30')
  await expect(form.getByText('Adds up to 100%')).toBeVisible()
  await expectAccessible(page)
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Anna 70%, Bert 30%').first()).toBeVisible()

  await addAccount(page, 'Household', '0.03')

  await goTo(page, 'Home')
  // 1,000.01 + 500.01 + 0.03
  await expect(headline(page, 'Net worth')).toContainText('¥1,500.05')
  await expect(page.getByText('Everyone’s figures').or(page.getByText("Everyone's figures"))).toBeVisible()
  await view(page, 'Anna')
  await expect(page.getByRole('status').filter({ hasText: "Showing Anna's part" })).toBeAttached()
  // 1,000.01 + 350.007 → 350.01, and of 0.03 by halves the cent left over: 0.02
  await expect(headline(page, 'Net worth')).toContainText('¥1,350.04')
  await page.reload()
  await expect(headline(page, 'Net worth')).toContainText('¥1,350.04')
  await expect(page.getByText("Anna's part")).toBeVisible()
  await view(page, 'Bert')
  // 150.003 → 150.00, and 0.01
  await expect(headline(page, 'Net worth')).toContainText('¥150.01')
  await view(page, 'Cleo')
  await expect(page.getByText("Nothing here is Cleo's yet")).toBeVisible()

  await goTo(page, 'Accounts')
  await view(page, 'Bert')
  const both = page.getByRole('link', { name: /Both/ })
  await expect(both).toContainText('¥150.00')
  await expect(both).toContainText('30% of ¥500.01')
  await expect(page.getByRole('link', { name: /Salary/ })).toHaveCount(0)
  await expectAccessible(page)

  // many at once
  await view(page, 'Everyone')
  await page.getByRole('button', { name: 'Owners' }).click()
  const owners = drawer(page, 'Whose accounts are these?')
  await owners.getByRole('combobox', { name: 'Belongs to' }).selectOption('Cleo')
  await owners.getByRole('checkbox', { name: /^Household/ }).check()
  await owners.getByRole('checkbox', { name: /^Both/ }).check()
  await expectAccessible(page)
  await owners.getByRole('button', { name: 'Set the owners of 2 accounts' }).click()
  await expect(drawer(page)).toHaveCount(0)
  await view(page, 'Cleo')
  await expect(page.getByRole('link', { name: /Both/ })).toContainText('¥500.01')

  // removing Cleo gives it to Bert, and can be taken back
  await page.evaluate(() => {
    location.hash = '#/settings/people'
  })
  await page.getByRole('button', { name: 'Cleo', exact: true }).click()
  const cleo = drawer(page, 'Cleo')
  await cleo.getByRole('button', { name: 'Remove' }).click()
  await expect(cleo.getByText('2 accounts are theirs alone.')).toBeVisible()
  await cleo.getByRole('combobox', { name: 'Their shares go to' }).selectOption('Bert')
  await cleo.getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByRole('button', { name: 'Cleo', exact: true })).toHaveCount(0)
  await goTo(page, 'Home')
  // Cleo is gone, so everyone is shown
  await expect(page.getByRole('radio', { name: 'Everyone' })).toBeChecked()
  await view(page, 'Bert')
  await expect(headline(page, 'Net worth')).toContainText('¥500.04')
  await page.getByRole('button', { name: /^Undo/ }).first().click()
  await expect(page.getByRole('radio', { name: 'Cleo' })).toBeAttached()
})
