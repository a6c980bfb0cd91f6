import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from './support/app.ts'

const addresses = [
  '/',
  '/account',
  '/account/all',
  '/account/flow',
  '/account/report',
  '/account/bills',
  '/account/forecast',
  '/account/1/reconcile',
  '/wealth',
  '/credit',
  '/life',
  '/import',
  '/import/review',
  '/reminders',
  '/reminders/calendar',
  '/search?q=a',
  '/settings/general',
  '/settings/people',
  '/settings/privacy',
  '/settings/backups',
  '/settings/export',
  '/settings/check',
  '/settings/categories',
  '/settings/rules',
  '/settings/tags',
  '/settings/reminders',
  '/settings/rates',
  '/settings/about',
] as const

/** What is still moving or loading would be judged half drawn. */
async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: /^(Loading…|正在加载…|加载中…)$/ })).toHaveCount(0)
  await page.evaluate(async () => {
    await document.fonts.ready
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)))
  })
}

async function visit(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = `#${to}`
  }, address)
  await settled(page)
}

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

test.describe('with the sample household', () => {
  test.use({ vault: 'demo' })

  for (const { language, theme } of [
    { language: 'en', theme: 'light' },
    { language: 'zh-CN', theme: 'dark' },
    { language: 'en', theme: 'dark' },
    { language: 'zh-CN', theme: 'light' },
  ] as const) {
    test(`axe finds nothing serious on any screen: ${language}, ${theme}`, async ({ app, page }) => {
      test.setTimeout(180_000)
      await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: theme })
      await app.open(page)
      await settled(page)
      if (language === 'zh-CN') {
        await visit(page, '/settings/general')
        await page.getByRole('combobox', { name: 'Language' }).click()
        await page.getByRole('option', { name: '简体中文' }).click()
        await expect(page.getByRole('heading', { name: '设置', level: 1 })).toBeVisible()
      }
      for (const address of addresses) {
        await test.step(address, async () => {
          await visit(page, address)
          await expectAccessible(page)
        })
      }
      // one account with its chart, lines and drawer
      await visit(page, '/account')
      await page.getByRole('main').getByRole('listitem').getByRole('link').first().click()
      await settled(page)
      await expectAccessible(page)
      await page.getByRole('table').getByRole('row').nth(1).getByRole('cell').nth(1).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await settled(page)
      await expectAccessible(page)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
      await page.keyboard.press('Control+k')
      await expect(page.getByRole('dialog')).toBeVisible()
      await settled(page)
      await expectAccessible(page)
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+Shift+l')
      await expect(page.getByRole('navigation')).toHaveCount(0)
      await settled(page)
      await expectAccessible(page)
    })
  }

  test('no page scrolls sideways at 1024 × 640 or at 400 pixels', async ({ app, page }) => {
    test.setTimeout(120_000)
    await app.open(page)
    await settled(page)
    const wide: string[] = []
    for (const size of [
      { width: 1024, height: 640 },
      { width: 400, height: 800 },
    ]) {
      await page.setViewportSize(size)
      for (const address of addresses) {
        await visit(page, address)
        const extra = await overflow(page)
        if (extra > 0) wide.push(`${address} at ${size.width}: ${extra} px`)
      }
    }
    expect(wide).toEqual([])
  })
})

test.describe('before there is a vault', () => {
  test.use({ vault: 'none' })

  test('axe finds nothing serious while a vault is made, in either theme', async ({ app, page }) => {
    await app.open(page)
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: theme })
      await settled(page)
      await expectAccessible(page)
    }
    await page.setViewportSize({ width: 400, height: 800 })
    expect(await overflow(page)).toBe(0)
  })
})
