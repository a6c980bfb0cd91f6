import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ICAL from 'ical.js'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, test, unlock } from './support/app.ts'
import { goTo } from './support/window.ts'

/** The day so many days from today by the browser's clock, as a date field takes it. */
const dayFromNow = (page: Page, days: number): Promise<string> =>
  page.evaluate((ahead) => {
    const at = new Date()
    at.setDate(at.getDate() + ahead)
    return new Intl.DateTimeFormat('sv-SE').format(at)
  }, days)

async function addReminder(page: Page, name: string, on: string, repeats?: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a reminder' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('textbox', { name: 'What for' }).fill(name)
  await drawer.getByLabel('First day').fill(on)
  if (repeats !== undefined) {
    await drawer.getByRole('combobox', { name: 'Repeats' }).click()
    await page.getByRole('option', { name: repeats, exact: true }).click()
  }
  await drawer.getByRole('textbox', { name: 'Amount' }).fill('1200')
  await drawer.getByRole('button', { name: 'Save' }).click()
  await expect(drawer).toHaveCount(0)
}

test('a reminder of one’s own is added, done and taken back, put off, by mouse and by key', async ({ app, page }) => {
  test.setTimeout(120_000)
  await app.open(page)
  await unlock(page)
  await goTo(page, 'Reminders')
  await addReminder(page, 'Pay the rent', await dayFromNow(page, 0))
  await addReminder(page, 'Call the bank', await dayFromNow(page, 40))
  const row = (name: string) => page.getByRole('listitem').filter({ hasText: name })
  await expect(page.getByRole('region', { name: 'Today' }).getByText('Pay the rent')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Later' }).getByText('Call the bank')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Reminders' })).toHaveAccessibleDescription(/due within 7 days/)
  await expectAccessible(page)

  // done by mouse, taken back from the toast
  await row('Pay the rent').getByRole('button', { name: 'Done: Pay the rent' }).click()
  await expect(row('Pay the rent')).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await expect(row('Pay the rent')).toHaveCount(1)

  // by key: down to the next one, put off with L, done with D
  await page.getByRole('button', { name: 'Pay the rent', exact: true }).focus()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('button', { name: 'Call the bank', exact: true })).toBeFocused()
  await page.keyboard.press('l')
  await page.getByRole('menuitem', { name: 'In 3 days' }).click()
  await expect(row('Call the bank').getByText(/Put off until/)).toBeVisible()
  await page.getByRole('button', { name: 'Pay the rent', exact: true }).focus()
  await page.keyboard.press('d')
  await expect(row('Pay the rent')).toHaveCount(0)

  // what is done can be looked at and opened again
  await page.getByRole('switch', { name: 'Show done' }).click()
  await row('Pay the rent').getByRole('button', { name: 'Reopen: Pay the rent' }).click()
  await expect(page.getByRole('region', { name: 'Today' }).getByText('Pay the rent')).toBeVisible()

  // a day of one's own choice
  await row('Pay the rent').getByRole('button', { name: 'Remind me later: Pay the rent' }).click()
  await page.getByRole('menuitem', { name: 'On a date' }).click()
  await page.getByLabel('On a date').fill(await dayFromNow(page, 9))
  await page.getByRole('button', { name: 'Put off' }).click()
  await expect(row('Pay the rent').getByText(/Put off until/)).toBeVisible()
})

test('a kind is never told of, its days move, a day of the week is quiet; all of it is kept and taken back', async ({
  app,
  page,
}) => {
  test.setTimeout(120_000)
  await app.open(page)
  await unlock(page)
  await page.evaluate(() => {
    location.hash = '#/settings/reminders'
  })
  const told = page.getByRole('switch', { name: 'Remind of: Card payment' })
  await expect(told).toBeChecked()
  // what the vault says of the settings comes late: quick changes must not begin from it
  await page.route('**/rpc/reminder.settings', async (route) => {
    const response = await route.fetch()
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    await route.fulfill({ response }).catch(() => undefined)
  })
  await told.click({ force: true })
  await expect(told).not.toBeChecked()
  await expect(page.getByRole('textbox', { name: 'Days before: Card payment' })).toBeDisabled()
  await page.getByRole('combobox', { name: 'On a weekend or holiday: Loan instalment' }).click()
  await page.getByRole('option', { name: 'Working day before' }).click()
  await page.getByText('Sun', { exact: true }).click()
  await expect(page.getByRole('checkbox', { name: 'Sunday' })).toBeChecked()
  await expectAccessible(page)
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await page.reload()
  await expect(told).not.toBeChecked()
  await expect(page.getByRole('combobox', { name: 'On a weekend or holiday: Loan instalment' })).toHaveValue(
    'Working day before',
  )
  await expect(page.getByRole('checkbox', { name: 'Sunday' })).toBeChecked()
  await page.getByRole('button', { name: /^Undo/ }).first().click()
  await expect(page.getByRole('checkbox', { name: 'Sunday' })).not.toBeChecked()
  await expect(told).not.toBeChecked()
})

test('the month goes by keys, and its day shows what is due', async ({ app, page }) => {
  test.setTimeout(120_000)
  await app.open(page)
  await unlock(page)
  await goTo(page, 'Reminders')
  await addReminder(page, 'Water bill', await dayFromNow(page, 1), 'Every month')
  await page.getByText('Calendar', { exact: true }).click()
  const month = page.getByRole('grid')
  const chosen = month.getByRole('gridcell', { selected: true }).getByRole('button')
  await expect(chosen).toHaveAttribute('aria-current', 'date')
  await chosen.focus()
  await page.keyboard.press('ArrowRight')
  await expect(chosen).toBeFocused()
  await expect(chosen).toHaveAccessibleName(/1 reminder, Water bill, .*1.*due/)
  await expect(month.locator('[tabindex="0"]'), 'the grid is one tab stop').toHaveCount(1)
  await expect(page.getByRole('listitem').filter({ hasText: 'Water bill' })).toBeVisible()
  await page.keyboard.press('PageDown')
  await expect(chosen).toBeFocused()
  await expect(chosen).toHaveAccessibleName(/1 reminder/)
  await page.keyboard.press('Home')
  await expect(chosen).toHaveAccessibleName(/^(Monday|Sunday)/)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Today', exact: true }).click()
  await expect(chosen).toHaveAttribute('aria-current', 'date')
})

test('the calendar file is read by a calendar’s own parser, without amounts, and is kept up to date', async ({
  app,
  page,
}) => {
  test.setTimeout(120_000)
  await app.open(page)
  await unlock(page)
  await goTo(page, 'Reminders')
  const on = await dayFromNow(page, 2)
  await addReminder(page, '物业费; 第一季, "A"', on, 'Every 3 months')
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save calendar file' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^onebook-reminders-\d{4}-\d\d-\d\d\.ics$/)
  const text = readFileSync(await download.path(), 'utf8')
  const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent')
  const mine = events.filter((event) => event.getFirstPropertyValue('summary') === '物业费; 第一季, "A"')
  expect(mine.map((event) => String(event.getFirstPropertyValue('dtstart')))).toContain(on)
  expect(text).not.toContain('1,200')

  await page.evaluate(() => {
    location.hash = '#/settings/reminders'
  })
  await expect(page.getByRole('button', { name: 'Choose a folder' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Choose a folder' }).click()
  const kept = join(app.folder, 'Onebook Calendar', 'onebook-reminders.ics')
  await expect(page.getByText(/onebook-reminders\.ics/)).toBeVisible()
  // it is written after the folder is shown
  const written = (): string => (existsSync(kept) ? readFileSync(kept, 'utf8') : '')
  await expect.poll(written).toContain('物业费')
  await page.getByRole('switch', { name: 'Write amounts into it' }).click({ force: true })
  await expect.poll(written).toContain('1\\,200')
})
