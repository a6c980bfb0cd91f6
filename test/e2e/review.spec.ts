import { expect, expectAccessible, test, unlock, writeStatement } from './support/app.ts'
import { ofxStatement } from './support/statements.ts'
import { chooseSegment, dropFiles, goTo, headline, importFiles } from './support/window.ts'

/** 5,000.00 at the end: −1,234.56 to savings, and 500.00 twice of which one arrived. */
const current = ofxStatement({
  account: '6222021234567890123',
  currency: 'CNY',
  closing: '5000.00',
  lines: [
    { on: '2025-01-05', amount: '-1234.56', payee: 'Transfer to 9876' },
    { on: '2025-01-10', amount: '-500.00', payee: 'Transfer' },
    { on: '2025-01-11', amount: '-500.00', payee: 'Transfer' },
    { on: '2025-01-12', amount: '-35.50', payee: 'Coffee Corner' },
  ],
})
const savings = ofxStatement({
  account: '6222029999999999876',
  currency: 'CNY',
  closing: '1734.56',
  lines: [
    { on: '2025-01-06', amount: '1234.56', payee: 'Transfer from 0123' },
    { on: '2025-01-11', amount: '500.00', payee: 'Transfer' },
  ],
})

test('what belongs together is linked where it is certain, asked where it is not, and taken apart again', async ({
  app,
  page,
}) => {
  await app.open(page)
  await unlock(page)
  await importFiles(page, [writeStatement(app, 'current.ofx', current)])
  await goTo(page, 'Home')
  await dropFiles(page, [writeStatement(app, 'savings.ofx', savings)])
  // before it is saved the preview says what will be linked and what will be asked
  await expect(page.getByText('1 transfer or refund linked')).toBeVisible()
  await expect(page.getByText('1 to review')).toBeVisible()
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByRole('heading', { name: '2 transactions imported' })).toBeVisible()
  await page.getByRole('link', { name: 'Review 1' }).first().click()

  const card = page.getByRole('article', { name: 'Money between your accounts?' })
  await expect(card).toHaveCount(1)
  await expect(card.getByText('2 sides speak of a transfer')).toBeVisible()
  await expectAccessible(page)

  // by keys alone: told apart, taken back, confirmed
  await card.getByRole('button', { name: 'Confirm' }).focus()
  await page.keyboard.press('n')
  await expect(page.getByText('Nothing to review')).toBeVisible()
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click()
  await expect(card).toHaveCount(1)
  await card.getByRole('button', { name: 'Confirm' }).focus()
  await page.keyboard.press('y')
  await expect(page.getByText('Nothing to review')).toBeVisible()

  await chooseSegment(page, 'Which links', 'Confirmed')
  const done = page.getByRole('article', { name: 'Transfer' })
  await expect(done).toHaveCount(2)
  await expect(done.filter({ hasText: '1,234.56' }).getByText('certain')).toBeVisible()
  await done.filter({ hasText: '500.00' }).getByRole('button', { name: 'Take apart' }).click()
  await expect(done).toHaveCount(1)

  // the drawer of a transaction says the same; the balances never moved: 5,000.00 + 1,734.56
  await goTo(page, 'Home')
  await expect(headline(page, 'Net worth')).toContainText('6,734')
})
