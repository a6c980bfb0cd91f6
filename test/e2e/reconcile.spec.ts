import { expect, expectAccessible, test, unlock, writeStatement } from './support/app.ts'
import { goTo, headline, importFiles } from './support/window.ts'

/** 1,000.00 before; −100.00 − 20.00 + 500.00 − 30.00 − 5.00 = 1,345.00. */
const april = `Date,Description,Amount,Balance,Currency
2026-04-01,Rent,-100.00,900.00,CNY
2026-04-02,Shop,-20.00,880.00,CNY
2026-04-08,Salary,500.00,1380.00,CNY
2026-04-09,Bookshop,-30.00,1350.00,CNY
2026-04-20,Café,-5.00,1345.00,CNY
`

test('a deleted line is found on its day and put right with one click; what the bank shows can be compared', async ({
  app,
  page,
}) => {
  await app.open(page)
  await unlock(page)
  await importFiles(page, [writeStatement(app, 'april.csv', april)])
  await goTo(page, 'Accounts')
  await page
    .getByRole('link', { name: /april|1,345/ })
    .first()
    .click()
  await page.getByRole('link', { name: 'Check balance' }).click()
  await expect(page.getByText(/Everything adds up until 20 April 2026/)).toBeVisible()
  await expect(page.getByText(/6 balances since 1 April 2026/)).toBeVisible()

  // a line goes by mistake
  await page.getByRole('link', { name: 'Back' }).click()
  await page.getByRole('row').filter({ hasText: 'Bookshop' }).getByText('Bookshop').click()
  const details = page.getByRole('dialog')
  await details.getByRole('button', { name: 'Delete', exact: true }).click()
  await details.getByRole('button', { name: 'Delete', exact: true }).last().click()
  await expect(page.getByText(/The latest statement balance, of 20 April 2026, differs by ¥30.00/)).toBeVisible()
  await page.getByRole('link', { name: 'See where it parts' }).click()
  await expect(page.getByText('¥30.00 more should have gone out on 9 April 2026')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Add an adjustment' }).click()
  await expect(page.getByText(/Everything adds up until 20 April 2026/)).toBeVisible()

  // what the bank's own app shows
  await page.getByRole('textbox', { name: 'Balance', exact: true }).fill('1300')
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  await expect(page.getByText(/¥45.00 more should have gone out between 21 April 2026 and/)).toBeVisible()
  await page.getByRole('button', { name: 'Leave it so' }).click()
  await expect(page.getByRole('row').filter({ hasText: 'Typed by you' })).toContainText('Left so')
  await page.getByRole('link', { name: 'Back' }).click()
  await expect(headline(page, 'Balance')).toContainText('¥1,345.00')
})
