import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, expectAccessible, test, unlock, writeStatement } from './support/app.ts'
import { ofxStatement } from './support/statements.ts'
import { goTo, headline, importFiles } from './support/window.ts'

const statement = (on: string, amount: string, closing: string): string =>
  ofxStatement({ account: '6222021234567890123', currency: 'CNY', closing, lines: [{ on, amount, payee: 'Employer' }] })

test('files of the watched folder are shown first, then imported by themselves, each once, and moved', async ({
  app,
  page,
}) => {
  test.setTimeout(120_000)
  await app.open(page)
  await unlock(page)
  await goTo(page, 'Import')
  await page.getByRole('button', { name: 'Choose a folder' }).click()
  await expect(page.getByText(/Onebook Inbox/)).toBeVisible()
  const inbox = join(app.folder, 'Onebook Inbox')
  expect(existsSync(inbox)).toBe(true)
  await expectAccessible(page)

  // looked at, then saved
  writeStatement(app, 'Onebook Inbox/january.ofx', statement('2025-01-05', '1000.00', '1000.00'))
  await expect(page.getByText('One new file in your folder.')).toBeVisible()
  await page.getByRole('button', { name: 'Look at them' }).click()
  await page.getByRole('button', { name: 'Import', exact: true }).click({ timeout: 30_000 })
  await expect(page.getByRole('heading', { name: '1 transaction imported' })).toBeVisible()
  await expect.poll(() => readdirSync(inbox)).toEqual(['Imported'])

  // by itself, for the account is known
  await page.getByRole('button', { name: 'Import more' }).click()
  await page.getByText('Import by itself').click()
  writeStatement(app, 'Onebook Inbox/february.ofx', statement('2025-02-05', '500.00', '1500.00'))
  await expect(page.getByText('One file was imported by itself since you unlocked.')).toBeVisible({ timeout: 30_000 })
  await expect.poll(() => readdirSync(join(inbox, 'Imported')).toSorted()).toEqual(['february.ofx', 'january.ofx'])

  // of an account that is not known yet: its owner looks first
  writeStatement(
    app,
    'Onebook Inbox/other.ofx',
    ofxStatement({
      account: '999',
      currency: 'CNY',
      closing: '7.00',
      lines: [{ on: '2025-02-06', amount: '7.00', payee: 'X' }],
    }),
  )
  await expect(page.getByText('One new file in your folder.')).toBeVisible()
  await page.getByRole('button', { name: 'Not these' }).click()
  await expect(page.getByText('One new file in your folder.')).toHaveCount(0)
  expect(readdirSync(inbox).toSorted()).toEqual(['Imported', 'other.ofx'])

  await goTo(page, 'Home')
  await expect(headline(page, 'Net worth')).toContainText('¥1,500.00')
})

test('a file that was imported by hand is not offered by the folder', async ({ app, page }) => {
  await app.open(page)
  await unlock(page)
  await importFiles(page, [writeStatement(app, 'january.ofx', statement('2025-01-05', '1000.00', '1000.00'))])
  await page.getByRole('button', { name: 'Import more' }).click()
  await page.getByRole('button', { name: 'Choose a folder' }).click()
  await page.getByText('Import by itself').click()
  writeStatement(app, 'Onebook Inbox/january.ofx', statement('2025-01-05', '1000.00', '1000.00'))
  await expect.poll(() => readdirSync(join(app.folder, 'Onebook Inbox')), { timeout: 30_000 }).toEqual(['Imported'])
  await goTo(page, 'Home')
  await expect(headline(page, 'Net worth')).toContainText('¥1,000.00')
})
