import type { Page } from '@playwright/test'
import { expect, expectAccessible, test, unlock, writeStatement } from './support/app.ts'
import { ofxStatement } from './support/statements.ts'
import { chooseSegment, drawer, goTo, importFiles } from './support/window.ts'

const lines = [
  { on: '2025-03-01', amount: '-33.00', payee: '星巴克 南京路店' },
  { on: '2025-03-02', amount: '-600.00', payee: 'Café Zürich' },
  { on: '2025-04-03', amount: '-128.50', payee: '中国石化' },
  { on: '2025-04-04', amount: '5000.00', payee: 'Heron Works' },
]

const field = (page: Page) => page.getByRole('searchbox', { name: 'Search accounts, transactions' })
const results = (page: Page) => page.getByRole('main').locator('a.hit')

test('everything is found as it is typed, what was understood is shown, and leads on', async ({ app, page }) => {
  test.setTimeout(120_000)
  await app.open(page)
  await unlock(page)
  const statement = ofxStatement({ account: '11112222', currency: 'CNY', closing: '100.00', lines })
  await importFiles(page, [writeStatement(app, 'bank.ofx', statement)])
  await goTo(page, 'Search')

  // what can be typed is told before anything is
  await expect(page.getByRole('button', { name: 'category:food' })).toBeVisible()
  await expectAccessible(page)

  // first letters of Chinese, marked where they mean it
  await field(page).fill('xbk')
  await expect(results(page)).toHaveCount(1)
  await expect(results(page).locator('mark')).toHaveText('星巴克')

  // without accents
  await field(page).fill('cafe zurich')
  await expect(results(page).locator('mark')).toHaveText(['Café', 'Zürich'])

  // operators with what they were understood as; one is taken away again
  await field(page).fill('amount:>100 2025-04 -heron')
  await expect(results(page)).toHaveCount(1)
  await expect(page.getByText('1 transaction', { exact: true })).toBeVisible()
  const understood = page.getByRole('list', { name: 'Understood as' })
  await expect(understood.getByRole('listitem')).toHaveText(['Amount over 100', 'Apr 2025', 'not: heron'])
  await expectAccessible(page)
  await understood.getByRole('button', { name: 'Remove: not: heron' }).click()
  await expect(field(page)).toHaveValue('amount:>100 2025-04')
  await expect(results(page)).toHaveCount(2)

  // a suggestion is taken with the keyboard
  await field(page).fill('is:tr')
  await page.getByRole('list', { name: 'Suggestions' }).getByRole('button', { name: 'transfer' }).press('Enter')
  await expect(field(page)).toHaveValue('is:transfer ')
  await expect(field(page)).toBeFocused()

  // what is not understood is told and looked for as text
  await field(page).fill('colour:red')
  await expect(page.getByText('“colour:” is no search word here')).toBeVisible()
  await expect(page.getByText('Nothing found for “colour:red”')).toBeVisible()

  // the same search as a list
  await field(page).fill('amount:>100 2025')
  await page.getByRole('link', { name: 'Open as a list' }).click()
  await expect(page.getByRole('table', { name: 'Transactions' }).getByRole('row')).toHaveCount(4)
  await page.getByRole('button', { name: 'Remove the search “amount:>100 2025”' }).click()
  await expect(page.getByRole('table', { name: 'Transactions' }).getByRole('row')).toHaveCount(5)
})

test('the palette finds, suggests and goes there', async ({ app, page }) => {
  test.setTimeout(120_000)
  await app.open(page)
  await unlock(page)
  const statement = ofxStatement({ account: '11112222', currency: 'CNY', closing: '100.00', lines })
  await importFiles(page, [writeStatement(app, 'bank.ofx', statement)])
  await page.keyboard.press('ControlOrMeta+k')
  const typed = page.getByRole('combobox', { name: 'Search accounts, transactions' })
  await typed.fill('zgsh')
  await expect(page.getByRole('option', { name: /中国石化/ }).locator('mark')).toHaveText('中国石化')
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Transaction', exact: true })).toBeVisible()
})

test('what is chosen opens although the vault has just changed', async ({ app, page }) => {
  await app.open(page)
  await unlock(page)
  const statement = ofxStatement({ account: '11112222', currency: 'CNY', closing: '100.00', lines })
  await importFiles(page, [writeStatement(app, 'bank.ofx', statement)])
  await page.keyboard.press('ControlOrMeta+k')
  const asked = page.waitForRequest('**/rpc/search.query')
  await page.getByRole('combobox', { name: 'Search accounts, transactions' }).fill('zgsh')
  const headers = await (await asked).allHeaders()
  await expect(page.getByRole('option', { name: /中国石化/ })).toBeVisible()
  // the same text is asked for again after a change, and that answer does not come yet
  await page.route('**/rpc/search.query', () => undefined)
  const again = page.waitForRequest('**/rpc/search.query')
  await page.evaluate(
    ([token]) =>
      fetch('/rpc/tag.create', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-onebook-token': token ?? '' },
        body: JSON.stringify({ input: { name: 'fuel' } }),
      }),
    [headers['x-onebook-token']],
  )
  await again
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Transaction', exact: true })).toBeVisible()
})

/** Calls as the window makes them, for what would take many screens to enter. */
async function callsOf(page: Page): Promise<(channel: string, input: unknown) => Promise<Record<string, unknown>>> {
  const asked = page.waitForRequest('**/rpc/search.suggest')
  await goTo(page, 'Search')
  const token = (await (await asked).allHeaders())['x-onebook-token'] ?? ''
  return (channel, input) =>
    page.evaluate(
      async ([name, key, body]) => {
        const reply = await fetch(`/rpc/${name}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-onebook-token': key },
          body,
        })
        return ((await reply.json()) as { value: Record<string, unknown> }).value
      },
      [channel, token, JSON.stringify({ input })] as const,
    )
}

test('everything with a name leads to itself, and a person finds what is in part theirs', async ({ app, page }) => {
  test.setTimeout(120_000)
  await app.open(page)
  await unlock(page)
  const call = await callsOf(page)
  const anna = await call('person.create', { name: 'Anna' })
  const bert = await call('person.create', { name: 'Bert' })
  for (const [name, owner] of [
    ['Heron hers', anna],
    ['Heron his', bert],
  ] as const) {
    const { id: accountId } = await call('account.create', {
      name,
      kind: 'checking',
      currency: 'CNY',
      owners: [{ personId: owner['id'], share: 10_000 }],
    })
    await call('recurring.add', {
      name: `${name} rent`,
      accountId,
      amountMinor: -90_000,
      period: 'monthly',
      nextOn: '2026-12-01',
    })
  }
  await call('reminder.add', { title: 'Heron house: boiler', firstOn: '2026-12-05' })

  await expect(page.getByText("Everyone's results", { exact: true })).toBeVisible()
  await field(page).fill('heron')
  await expect(results(page)).toHaveText([
    /Heron hers/,
    /Heron his/,
    'Heron hers rentHeron hers',
    'Heron his rentHeron his',
    'Heron house: boiler',
  ])
  await chooseSegment(page, 'Whose figures', 'Anna')
  await expect(results(page)).toHaveText([/Heron hers/, 'Heron hers rentHeron hers', 'Heron house: boiler'])
  await expect(page.getByText("What is Anna's, also in part; amounts are whole")).toBeVisible()
  await expectAccessible(page)

  // a bill opens, and closing it cleans the address
  await results(page).filter({ hasText: 'Heron hers rent' }).click()
  await expect(drawer(page, 'Heron hers rent')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(drawer(page)).toHaveCount(0)
  await expect.poll(() => new URL(page.url()).hash).toBe('#/account/bills')

  // so does a reminder, a person
  await goTo(page, 'Search')
  await field(page).fill('boiler')
  await results(page).click()
  await expect(drawer(page).getByRole('textbox', { name: 'What' })).toHaveValue('Heron house: boiler')
  await page.keyboard.press('Escape')
  await goTo(page, 'Search')
  await field(page).fill('bert')
  await results(page).filter({ hasText: 'Bert' }).last().click()
  await expect(drawer(page, 'Bert')).toBeVisible()
})

test('the palette knows every page, in Chinese by first letters', async ({ app, page }) => {
  await app.open(page)
  await unlock(page)
  await page.keyboard.press('ControlOrMeta+k')
  const typed = page.getByRole('combobox', { name: 'Search accounts, transactions' })
  await typed.fill('forecast')
  await expect(page.getByRole('option', { name: 'Accounts › Forecast' })).toBeVisible()
  // a place that is found is no nothing
  await expect(page.getByText('1 result', { exact: true })).toBeAttached()
  await expect(page.getByText('Nothing found')).toHaveCount(0)
  await page.keyboard.press('Escape')
  const call = await callsOf(page)
  await call('settings.set', { language: 'zh-CN' })
  await page.reload()
  await expect(page.getByRole('link', { name: '提醒', exact: true })).toBeVisible()
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox', { name: '搜索账户、交易' }).fill('yb')
  await page.getByRole('option', { name: '账户 › 月报' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('月')
})
