import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, passphrase, startSecondHost, test, unlock } from './support/app.ts'
import { chooseSegment } from './support/window.ts'

/** Both fields of a new passphrase. */
async function enterNewPassphrase(page: Page, label: string, again: string, text: string): Promise<void> {
  await page.getByRole('textbox', { name: label, exact: true }).fill(text)
  await page.getByRole('textbox', { name: again, exact: true }).fill(text)
}

test.describe('a new user', () => {
  test.use({ vault: 'none' })

  test('makes a vault, keeps the recovery key, and is taught to import', async ({ app, page }) => {
    await app.open(page)
    await expect(page.getByRole('heading', { name: 'Create your vault' })).toBeVisible()
    const create = page.getByRole('button', { name: 'Create vault' })
    await expect(create).toBeDisabled()

    // a weak one is refused by the meter, in words
    await enterNewPassphrase(page, 'Passphrase', 'Passphrase again', 'password1')
    await expect(page.getByText('Make it a little longer to go on.')).toBeVisible()
    await expect(create).toBeDisabled()

    // a strong one that differs is refused, too
    await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(passphrase)
    await page.getByRole('textbox', { name: 'Passphrase again' }).fill('correct horse battery stable')
    await expect(page.getByText('The two are not the same.')).toBeVisible()
    await expect(create).toBeDisabled()

    await page.getByRole('textbox', { name: 'Passphrase again' }).fill(passphrase)
    await create.click()

    await expect(page.getByRole('heading', { name: 'Your recovery key' })).toBeVisible()
    const shown = (await page.getByRole('note', { name: 'Recovery key' }).innerText()).replaceAll(/\s/g, '')
    expect(shown).toMatch(/^[A-Z0-9]{32}$/)
    const kept = page.getByRole('button', { name: 'I have kept it safe' })
    await expect(kept).toBeDisabled()
    const lastFour = page.getByRole('textbox', { name: 'Type the last four characters' })
    await lastFour.fill(shown.endsWith('ZZZZ') ? 'YYYY' : 'ZZZZ')
    await kept.click()
    await expect(page.getByText('These are not the last four characters.')).toBeVisible()
    await lastFour.fill(shown.slice(-4).toLowerCase())
    await kept.click()

    await expect(page.getByRole('navigation', { name: 'Main navigation' })).toBeVisible()
    await expect(page.getByText('Drop your statements here')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible()

    // the key that was shown is the one that opens it
    await page.getByRole('button', { name: 'Lock', exact: true }).click()
    await page.getByRole('button', { name: 'Forgot your passphrase?' }).click()
    await page.getByRole('textbox', { name: 'Recovery key' }).fill(shown)
    await enterNewPassphrase(page, 'New passphrase', 'Passphrase again', 'seven purple turtles waltz')
    await page.getByRole('button', { name: 'Open the vault' }).click()
    await expect(page.getByText('Drop your statements here')).toBeVisible()
  })

  test('is greeted in Chinese after one click, in the window’s and the document’s language', async ({ app, page }) => {
    await app.open(page)
    await chooseSegment(page, 'Language', '简体中文')
    await expect(page.getByRole('heading', { name: '创建你的账本' })).toBeVisible()
    await expect(page.getByText('你的家当，一本账看清')).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN')
    await page.getByRole('textbox', { name: '密码', exact: true }).fill('12345678')
    await expect(page.getByText('再长一点就可以了。')).toBeVisible()
    await enterNewPassphrase(page, '密码', '再输一次密码', passphrase)
    await page.getByRole('button', { name: '创建账本' }).click()
    const shown = (await page.getByRole('note', { name: '恢复密钥' }).innerText()).replaceAll(/\s/g, '')
    await page.getByRole('textbox', { name: '输入最后四位' }).fill(shown.slice(-4))
    await page.getByRole('button', { name: '我已妥善保存' }).click()
    await expect(page.getByRole('navigation', { name: '主导航' })).toBeVisible()
    // the choice outlives the window
    await page.reload()
    await expect(page.getByRole('navigation', { name: '主导航' })).toBeVisible()
  })
})

test.describe('the lock', () => {
  test('says only “Wrong passphrase.”, and opens with the right one', async ({ app, page }) => {
    await app.open(page)
    await expect(page.getByRole('heading', { name: 'Welcome back' })).toBeVisible()
    const field = page.getByRole('textbox', { name: 'Passphrase', exact: true })
    await field.fill('correct horse battery stapler')
    await field.press('Enter')
    await expect(page.getByText('Wrong passphrase.', { exact: true })).toBeVisible()
    await expect(page.getByRole('alert')).toHaveCount(0)
    await unlock(page)
    await page.keyboard.press('Control+Shift+L')
    await expect(page.getByRole('heading', { name: 'Welcome back' })).toBeVisible()
    // nothing of the vault is left in the page
    await expect(page.getByRole('navigation')).toHaveCount(0)
  })

  test('slows down after five wrong passphrases', async ({ app, page }) => {
    await app.open(page)
    const field = page.getByRole('textbox', { name: 'Passphrase', exact: true })
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      await expect(field).toBeEnabled()
      await field.fill(`wrong ${attempt}`)
      const answer = page.waitForResponse((response) => response.url().endsWith('/vault.unlock'))
      await field.press('Enter')
      await answer
    }
    await expect(page.getByText(/Too many tries\. Wait \d+ seconds?\./)).toBeVisible()
    await expect(field).toBeDisabled()
    await expect(page.getByRole('button', { name: 'Unlock', exact: true })).toBeDisabled()
    // and lets the right one in after the wait
    await expect(field).toBeEnabled({ timeout: 20_000 })
    await unlock(page)
  })

  test('opens with the recovery key and a new passphrase; the old one then fails', async ({ app, page }) => {
    await app.open(page)
    await page.getByRole('button', { name: 'Forgot your passphrase?' }).click()
    await expect(page.getByRole('heading', { name: 'Open with your recovery key' })).toBeVisible()
    const key = page.getByRole('textbox', { name: 'Recovery key' })
    await enterNewPassphrase(page, 'New passphrase', 'Passphrase again', 'seven purple turtles waltz')
    await key.fill('AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG-HHHH')
    await page.getByRole('button', { name: 'Open the vault' }).click()
    await expect(page.getByText('This is not the key of this vault. Check every group.')).toBeVisible()
    // as people type it: lower case, other gaps
    const written = readFileSync(join(app.folder, 'recovery.txt'), 'utf8').trim()
    await key.fill(written.toLowerCase().replaceAll('-', ' '))
    await page.getByRole('button', { name: 'Open the vault' }).click()
    await expect(page.getByRole('navigation', { name: 'Main navigation' })).toBeVisible()

    await page.getByRole('button', { name: 'Lock', exact: true }).click()
    const field = page.getByRole('textbox', { name: 'Passphrase', exact: true })
    await field.fill(passphrase)
    await field.press('Enter')
    await expect(page.getByText('Wrong passphrase.', { exact: true })).toBeVisible()
    await field.fill('seven purple turtles waltz')
    await field.press('Enter')
    await expect(page.getByRole('navigation', { name: 'Main navigation' })).toBeVisible()
  })

  test('a second host on the same vault says who holds it and stops', async ({ app, page }) => {
    await app.open(page)
    await unlock(page)
    const second = await startSecondHost(app)
    expect(second.code).not.toBe(0)
    expect(second.stdout).not.toContain('http://')
    expect(second.stderr).toMatch(/already open in .+\./)
    const cli = app.onebook('call', 'account.list', '{}')
    expect(cli.code).not.toBe(0)
    expect(cli.stderr).not.toBe('')
    // the first goes on as before
    await page.getByRole('link', { name: 'Accounts' }).click()
    await expect(page.getByRole('heading', { name: 'Accounts', level: 1 })).toBeVisible()
  })
})
