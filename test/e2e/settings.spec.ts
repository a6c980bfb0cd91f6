import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, passphrase, test, unlock, writeStatement } from './support/app.ts'
import { ofxStatement } from './support/statements.ts'
import { chooseOption, chooseSegment, drawer, goTo, headline, importFiles, pickFiles } from './support/window.ts'

async function openPart(page: Page, part: string): Promise<void> {
  await goTo(page, 'Settings')
  await page
    .getByRole('navigation', { name: 'Parts of the settings' })
    .getByRole('link', { name: part, exact: true })
    .click()
}

test('language, look and lock are kept', async ({ app, page }) => {
  await app.open(page)
  await unlock(page)
  await openPart(page, 'General')
  await page.getByRole('combobox', { name: 'Language' }).click()
  await page.getByRole('option', { name: '简体中文' }).click()
  await expect(page.getByRole('heading', { name: '设置', level: 1 })).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN')
  await page.reload()
  await expect(page.getByRole('heading', { name: '设置', level: 1 })).toBeVisible()
  await page.getByRole('combobox', { name: '语言' }).click()
  await page.getByRole('option', { name: 'English' }).click()
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()

  const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await chooseSegment(page, 'Theme', 'Light')
  await expect.poll(ground).toMatch(/^rgb\((2[2-5]\d), (2[2-5]\d), (2[2-5]\d)\)$/)
  await chooseSegment(page, 'Theme', 'Dark')
  await expect.poll(ground).toMatch(/^rgb\((\d{1,2}), (\d{1,2}), (\d{1,2})\)$/)

  await openPart(page, 'Privacy and lock')
  await chooseOption(page, page.getByRole('combobox', { name: 'Lock when unused' }), '30 minutes')
  await page.reload()
  await expect(page.getByRole('combobox', { name: 'Lock when unused' })).toHaveValue('30 minutes')
  await expect.poll(ground).toMatch(/^rgb\((\d{1,2}), (\d{1,2}), (\d{1,2})\)$/)
})

test('a changed passphrase opens, the old one does not; a backup is made, listed, restored and verified', async ({
  app,
  page,
}) => {
  test.setTimeout(150_000)
  await app.open(page)
  await unlock(page)
  const statement = (account: string, closing: string): string =>
    ofxStatement({ account, currency: 'CNY', closing, lines: [{ on: '2025-01-02', amount: '-1.00', payee: 'Kiosk' }] })
  await importFiles(page, [writeStatement(app, 'before.ofx', statement('11112222', '100.00'))])

  await openPart(page, 'Backups')
  await page.getByRole('button', { name: 'Back up now' }).click()
  const backups = page.getByRole('table', { name: 'Backups on this computer' })
  await expect(backups.getByRole('row').filter({ hasText: 'By you' })).toHaveCount(1, { timeout: 30_000 })
  const download = page.waitForEvent('download')
  await backups.getByRole('row').filter({ hasText: 'By you' }).getByRole('button').click()
  const copy = join(app.folder, 'copy.onebook-backup')
  await (await download).saveAs(copy)
  expect(readFileSync(copy).includes('Kiosk')).toBe(false)

  await importFiles(page, [writeStatement(app, 'after.ofx', statement('33334444', '900.00'))])
  await goTo(page, 'Home')
  // 100.00 + 900.00
  await expect(headline(page, 'Net worth')).toContainText('¥1,000.00')

  await openPart(page, 'Privacy and lock')
  await page.getByRole('button', { name: 'Change passphrase' }).click()
  const form = drawer(page, 'Change passphrase')
  await form.getByRole('textbox', { name: 'Current passphrase' }).fill('not this one at all')
  await form.getByRole('textbox', { name: 'New passphrase' }).fill('seven purple turtles waltz')
  await form.getByRole('textbox', { name: 'Passphrase again' }).fill('seven purple turtles waltz')
  await form.getByRole('button', { name: 'Change passphrase' }).click()
  await expect(form.getByText('Wrong passphrase.')).toBeVisible()
  await form.getByRole('textbox', { name: 'Current passphrase' }).fill(passphrase)
  await form.getByRole('button', { name: 'Change passphrase' }).click()
  await expect(form).toHaveCount(0)
  await page.getByRole('button', { name: 'Lock', exact: true }).click()
  const field = page.getByRole('textbox', { name: 'Passphrase', exact: true })
  await field.fill(passphrase)
  await field.press('Enter')
  await expect(page.getByText('Wrong passphrase.', { exact: true })).toBeVisible()
  await field.fill('seven purple turtles waltz')
  await field.press('Enter')
  await expect(page.getByRole('navigation', { name: 'Main navigation' })).toBeVisible()

  await openPart(page, 'Check the vault')
  await page.getByRole('button', { name: 'Check now' }).click()
  await expect(page.getByText('Everything is in order')).toBeVisible({ timeout: 30_000 })

  // a file that is no backup is refused, and nothing happens
  const wrong = join(app.folder, 'wrong.onebook-backup')
  writeFileSync(wrong, 'no backup at all')
  const restore = async (path: string): Promise<void> => {
    await openPart(page, 'Backups')
    await pickFiles(page, [path], 'Choose a backup…')
    await page.getByRole('button', { name: 'Restore', exact: true }).click()
  }
  await restore(wrong)
  await expect(page.getByText(/Nothing was changed|not touched/).first()).toBeVisible()
  await goTo(page, 'Home')
  await expect(headline(page, 'Net worth')).toContainText('¥1,000.00')

  // back to before the second import, with the passphrase of then
  await restore(copy)
  await expect(page.getByRole('heading', { name: 'Welcome back' })).toBeVisible({ timeout: 30_000 })
  await field.fill(passphrase)
  await field.press('Enter')
  await expect(page.getByRole('navigation', { name: 'Main navigation' })).toBeVisible()
  await goTo(page, 'Home')
  await expect(headline(page, 'Net worth')).toContainText('¥100.00')
})

test('a category’s name, a tag, and a rate by hand that changes net worth', async ({ app, page }) => {
  test.setTimeout(120_000)
  await app.open(page)
  await unlock(page)
  await importFiles(page, [
    writeStatement(
      app,
      'dollars.ofx',
      ofxStatement({
        account: '55556666',
        currency: 'USD',
        closing: '1000.00',
        lines: [{ on: '2025-01-02', amount: '-5.00', payee: 'Diner' }],
      }),
    ),
  ])
  await goTo(page, 'Home')
  await expect(page.getByText('No rate for US Dollar: not counted')).toBeVisible()
  await expect(headline(page, 'Net worth')).toContainText('¥0.00')
  await page.getByRole('link', { name: 'Add a rate' }).click()
  await page.getByRole('button', { name: 'Add a rate' }).click()
  const rate = drawer(page, 'Add a rate')
  await rate.getByRole('textbox', { name: 'Rate', exact: true }).fill('7.1234')
  await rate.getByRole('textbox', { name: 'Of', exact: true }).fill('2025-01-01')
  await rate.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('table', { name: 'Exchange rates' }).getByRole('row').nth(1)).toContainText('7.1234')
  // 1,000.00 × 7.1234, and the day of the rate is said
  await goTo(page, 'Home')
  await expect(headline(page, 'Net worth')).toContainText('¥7,123.40')
  await expect(headline(page, 'Net worth')).toContainText('US Dollar at the rate of 1 January 2025')

  await openPart(page, 'Categories')
  const tree = page.getByRole('tree', { name: 'Spending' })
  await tree.getByRole('treeitem', { name: /^Housing/ }).click()
  const category = page.getByRole('dialog')
  await category.getByRole('textbox', { name: 'Name in English' }).fill('Roof and walls')
  await category.getByRole('button', { name: 'Save' }).click()
  await expect(tree.getByRole('treeitem', { name: /^Roof and walls/ })).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(tree.getByRole('treeitem', { name: /^Housing/ })).toBeVisible()

  await openPart(page, 'Tags')
  await page.getByRole('textbox', { name: 'New tag' }).fill('Iceland 2027')
  await page.getByRole('button', { name: 'Add tag' }).click()
  await expect(page.getByRole('button', { name: 'Rename Iceland 2027' })).toBeVisible()
  await page.getByRole('textbox', { name: 'New tag' }).fill('Iceland 2027')
  await page.getByRole('button', { name: 'Add tag' }).click()
  await expect(page.getByText('There is already a tag of this name.')).toBeVisible()
})

test.describe('privacy mode', () => {
  test.use({ vault: 'demo' })

  test('leaves no amount on any page', async ({ app, page }) => {
    test.setTimeout(120_000)
    await app.open(page)
    await expect(page.getByRole('navigation', { name: 'Main navigation' })).toBeVisible()
    /** An amount: a currency's sign or code and a digit. */
    const amount = /(?:[¥$€£₩]|(?:CNY|USD|EUR|HKD|GBP|JPY)\s?)[−+-]?\d|\d(?:[\d,.]*)\s?(?:元|万|CNY|USD|EUR)/u
    const written = async (): Promise<string[]> => {
      const texts = await page.evaluate(() => {
        const found: string[] = []
        for (const element of document.querySelectorAll('body, body *')) {
          for (const name of ['aria-label', 'title', 'alt', 'aria-description', 'aria-valuetext']) {
            const value = element.getAttribute(name)
            if (value !== null) found.push(value)
          }
        }
        return [document.body.innerText, ...found]
      })
      return texts.flatMap((text) => text.split('\n')).filter((line) => amount.test(line))
    }
    await goTo(page, 'Home')
    await expect(headline(page, 'Net worth')).toContainText(/¥[\d,]+\.\d\d/)
    expect((await written()).length).toBeGreaterThan(3)
    await page.keyboard.press('Control+Shift+h')
    await expect(page.getByRole('button', { name: 'Show amounts' })).toBeVisible()
    const leaks: string[] = []
    const look = async (where: string): Promise<void> => {
      await expect(page.getByRole('status').filter({ hasText: 'Loading…' })).toHaveCount(0)
      for (const line of await written()) leaks.push(`${where}: ${line}`)
    }
    for (const place of ['Home', 'Accounts', 'Wealth', 'Credit', 'Life'] as const) {
      await goTo(page, place)
      await look(place)
      // the table behind a chart says the same figures
      const asTable = page.getByRole('button', { name: 'Show as table' })
      if (place === 'Home') {
        await asTable.click()
        await look(`${place}, chart as table`)
      }
    }
    await goTo(page, 'Accounts')
    await page.getByRole('main').getByRole('listitem').getByRole('link').first().click()
    await expect(page.getByRole('table', { name: 'Transactions' })).toBeVisible()
    await look('an account')
    await page.getByRole('table', { name: 'Transactions' }).getByRole('row').nth(1).getByRole('cell').nth(1).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await look('a transaction')
    await page.keyboard.press('Escape')
    for (const [place, table] of [
      ['Wealth', 'Holdings'],
      ['Credit', 'Cards'],
      ['Credit', 'Loans'],
    ] as const) {
      await goTo(page, place)
      await page.getByRole('table', { name: table }).getByRole('row').nth(1).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await look(`${table}, opened`)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
    }
    expect(leaks).toEqual([])
  })
})
