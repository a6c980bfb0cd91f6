import { expect, expectAccessible, test } from './support/app.ts'
import { headline } from './support/window.ts'

test.use({ vault: 'demo' })

test('what comes again is found, confirmed, dismissed, changed and added; the forecast follows', async ({
  app,
  page,
}) => {
  test.setTimeout(120_000)
  await app.open(page)
  await page.getByRole('link', { name: 'Accounts', exact: true }).first().click()
  await page.getByRole('link', { name: 'Bills', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Bills & subscriptions', level: 1 })).toBeVisible()
  const bills = page.getByRole('table', { name: 'Bills and subscriptions' })
  const streaming = bills.getByRole('row').filter({ hasText: 'Sample Streaming' })
  // 25.00 a month on the 9th: 300.00 a year
  await expect(streaming).toContainText('¥25.00')
  await expect(streaming).toContainText('¥300.00')
  await expect(headline(page, 'Goes out in a month')).toBeVisible()
  await expectAccessible(page)

  await streaming.getByRole('button', { name: /this is right/ }).click()
  await expect(streaming).not.toContainText('Found')
  const telecom = bills.getByRole('row').filter({ hasText: 'Sample Telecom' })
  await telecom.getByRole('button', { name: /not a bill/ }).click()
  await expect(telecom).toHaveCount(0)

  // down to the rows
  await streaming.getByText('Sample Streaming').click()
  const details = page.getByRole('dialog')
  await expect(details.getByRole('table', { name: 'Payments' }).getByRole('row').nth(2)).toContainText('¥25.00')
  await expectAccessible(page)
  await details.getByRole('button', { name: 'Change', exact: true }).click()
  await details.getByRole('textbox', { name: 'Name' }).fill('Films')
  await details.getByRole('button', { name: 'Save' }).click()
  await page.keyboard.press('Escape')
  await expect(bills.getByRole('row').filter({ hasText: 'Films' })).toBeVisible()

  await page.getByRole('button', { name: 'Add', exact: true }).click()
  const form = page.getByRole('dialog')
  await form.getByRole('textbox', { name: 'Name' }).fill('Choir')
  await form.getByRole('textbox', { name: 'Amount' }).fill('120')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(bills.getByRole('row').filter({ hasText: 'Choir' })).toContainText('¥1,440.00')

  await page.getByRole('link', { name: 'Forecast', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Forecast', level: 1 })).toBeVisible()
  await expect(page.getByRole('heading', { name: /^About ¥/ })).toBeVisible()
  const happens = page.getByRole('table', { name: 'What happens' })
  await expect(happens.getByRole('row').filter({ hasText: 'Choir' }).first()).toBeVisible()
  await expectAccessible(page)
  await happens.getByRole('button', { name: 'Leave out Choir' }).first().click()
  await expect(happens.getByRole('row').filter({ hasText: 'Choir' })).toHaveCount(0)
})
