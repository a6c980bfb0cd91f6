import { expect, test, unlock } from './support/app.ts'
import { drawer, goTo } from './support/window.ts'
import type { Locator, Page } from '@playwright/test'

async function openForm(page: Page): Promise<Locator> {
  await goTo(page, 'Accounts')
  await page.getByRole('button', { name: 'Add account' }).first().click()
  return drawer(page, 'New account')
}

async function chooseKind(page: Page, form: Locator, typed: string, name: string): Promise<void> {
  const field = form.getByRole('combobox', { name: 'Kind' })
  await field.clear()
  await field.pressSequentially(typed)
  await expect(page.getByRole('option', { name, exact: true })).toBeVisible()
  // the best is first and chosen by Enter alone
  await page.keyboard.press('Enter')
  await expect(field).toHaveValue(name)
}

test('a kind is found by its initials, its facts are checked, kept and undone', async ({ app, page }) => {
  test.setTimeout(120_000)
  await app.open(page)
  await unlock(page)
  const form = await openForm(page)

  await form.getByRole('combobox', { name: 'Kind' }).click()
  await expect(page.getByRole('group', { name: 'Common' })).toBeVisible()
  await chooseKind(page, form, 'dqck', 'Time deposit')
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Three years')

  // institutions by initials; the first is taken with the arrow key
  await form.getByRole('combobox', { name: 'Institution' }).fill('zsyh')
  await page.getByRole('option', { name: 'China Merchants Bank', exact: true }).click()

  const rate = form.getByRole('textbox', { name: 'Annual rate' })
  await rate.fill('275')
  await expect(form.getByText('Enter a value from -5 % to 100 %.')).toBeVisible()
  await expect(form.getByRole('button', { name: 'Save' })).toBeDisabled()
  await rate.fill('2.75')
  await form.getByRole('textbox', { name: 'Matures on' }).fill('2029-03-31')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name: 'Three years', level: 1 })).toBeVisible()

  // kept
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  const edit = drawer(page, 'Edit account')
  await expect(edit.getByRole('textbox', { name: 'Annual rate' })).toHaveValue('2.75')
  await expect(edit.getByRole('combobox', { name: 'Institution' })).toHaveValue('China Merchants Bank')
  await edit.getByRole('textbox', { name: 'Annual rate' }).fill('3')
  await edit.getByRole('button', { name: 'Save' }).click()
  await expect(edit).toHaveCount(0)

  // and undone, though the drawer is opened before the vault has said so
  await page.route('**/rpc/account.get', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    await route.continue().catch(() => undefined)
  })
  await page.keyboard.press('ControlOrMeta+z')
  await expect(page.getByText(/^Undone/)).toBeVisible()
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await expect(drawer(page, 'Edit account').getByRole('textbox', { name: 'Annual rate' })).toHaveValue('2.75')
})

test('points count at what one is worth', async ({ app, page }) => {
  test.setTimeout(120_000)
  await app.open(page)
  await unlock(page)
  const form = await openForm(page)
  await chooseKind(page, form, 'miles', 'Airline miles')
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Miles')
  await form.getByRole('textbox', { name: 'Points at the start' }).fill('12345')
  await form.getByRole('textbox', { name: 'Value of one point' }).fill('0.04')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name: 'Miles', level: 1 })).toBeVisible()
  // 12,345 × 0.04 = 493.80
  await expect(page.getByText('¥493.80').first()).toBeVisible()
})
