import type { Page } from '@playwright/test'
import { expect, test, unlock, writeStatement } from './support/app.ts'
import { investmentStatement } from './support/statements.ts'
import { chooseOption, drawer, goTo, headline, importFiles } from './support/window.ts'

async function addDebt(page: Page, kind: string, name: string, owed: string): Promise<void> {
  await goTo(page, 'Accounts')
  await page.getByRole('button', { name: 'Add account' }).first().click()
  const form = drawer(page, 'New account')
  await chooseOption(page, form.getByRole('combobox', { name: 'Kind' }), kind)
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await form.getByRole('textbox', { name: 'Owed at the start' }).fill(owed)
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
}

/** The next 25th, today included, by the clock of the host (Shanghai's), as the window writes dates. */
function nextTwentyFifth(): string {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
  const [year = 0, month = 0, day = 0] = today.split('-').map(Number)
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    Date.UTC(year, day <= 25 ? month - 1 : month, 25),
  )
}

test('holdings, a card, a loan, a home and its papers make one net worth', async ({ app, page }) => {
  test.setTimeout(150_000)
  await app.open(page)
  await unlock(page)

  // what cannot be known yet says what to do, on each page
  await goTo(page, 'Wealth')
  await expect(page.getByText('No holdings yet')).toBeVisible()
  await goTo(page, 'Credit')
  await expect(page.getByText('No cards or loans')).toBeVisible()
  await goTo(page, 'Life')
  await expect(page.getByText('Nothing here yet')).toBeVisible()

  await importFiles(page, [writeStatement(app, 'broker.ofx', investmentStatement())])
  await goTo(page, 'Wealth')
  // 1,610.00 + 275.00 + 242.50
  await expect(headline(page, 'Cash and holdings together')).toContainText('¥2,127.50')
  const holdings = page.getByRole('table', { name: 'Holdings' })
  const pear = holdings.getByRole('row').filter({ hasText: 'Pear Computers' })
  await expect(pear).toContainText('¥1,610.00')
  // 1,610.00 − 1,507.50, and 1,610 of 1,885
  await expect(pear).toContainText('+¥102.50')
  await expect(pear).toContainText('85.4')
  const harvest = holdings.getByRole('row').filter({ hasText: 'Harvest Fund' })
  await expect(harvest).toContainText('¥275.00')
  await expect(harvest).toContainText('+¥25.00')
  await expect(harvest).toContainText('14.6')
  await expect(page.getByRole('region', { name: 'By currency' })).toContainText('¥2,127.50')

  await addDebt(page, 'Credit card', 'Blue card', '1,234.50')
  await goTo(page, 'Credit')
  await page.getByRole('table', { name: 'Cards' }).getByRole('row').filter({ hasText: 'Blue card' }).click()
  const card = drawer(page, 'Blue card')
  await card.getByRole('textbox', { name: 'Credit limit' }).fill('50,000')
  await card.getByRole('textbox', { name: 'Statement day' }).fill('5')
  await chooseOption(page, card.getByRole('combobox', { name: 'Payment is due' }), 'so many days after the statement')
  await card.getByRole('textbox', { name: 'Days after the statement' }).fill('20')
  await card.getByRole('button', { name: 'Save' }).click()
  await expect(card).toHaveCount(0)
  const blue = page.getByRole('table', { name: 'Cards' }).getByRole('row').filter({ hasText: 'Blue card' })
  // the 5th and 20 days
  await expect(blue).toContainText(nextTwentyFifth())
  // 1,234.50 ÷ 50,000 = 2.469 %
  await expect(blue).toContainText(/2\.5\s?%/)
  await expect(headline(page, 'You owe')).toContainText('¥1,234.50')

  await addDebt(page, 'Mortgage', 'Home loan', '1,000,000')
  await goTo(page, 'Credit')
  await page.getByRole('table', { name: 'Loans' }).getByRole('row').filter({ hasText: 'Home loan' }).click()
  const loan = drawer(page, 'Home loan')
  await loan.getByRole('textbox', { name: 'Amount borrowed' }).fill('1,000,000')
  await loan.getByRole('textbox', { name: 'Annual rate' }).fill('4.2')
  await loan.getByRole('textbox', { name: 'Number of instalments' }).fill('360')
  await loan.getByRole('textbox', { name: 'First instalment' }).fill('2025-01-15')
  // equal instalments: 1,000,000 × 0.0035 ÷ (1 − 1.0035⁻³⁶⁰) = 4,890.17; 360 of them less the principal ≈ 760,461
  await expect(loan.getByText('¥4,890.17').first()).toBeVisible()
  await expect(loan.getByRole('heading', { name: /of interest in all/ })).toContainText(/¥760,46[0-3]\.\d\d/)
  const schedule = loan.getByRole('region', { name: 'Schedule' })
  await expect(schedule.getByRole('row')).toHaveCount(361)
  await expect(schedule.getByRole('row').last()).toContainText('¥0.00')
  // equal principal: 1,000,000 ÷ 360 + 1,000,000 × 0.0035 = 2,777.78 + 3,500.00; interest 3,500 × 361 ÷ 2
  await chooseOption(page, loan.getByRole('combobox', { name: 'Repayment' }), 'Equal principal')
  await expect(loan.getByText('¥6,277.78').first()).toBeVisible()
  await expect(loan.getByRole('heading', { name: /of interest in all/ })).toContainText(/¥631,7(49|50)\.\d\d/)
  await chooseOption(page, loan.getByRole('combobox', { name: 'Repayment' }), 'Equal instalments')
  await loan.getByRole('button', { name: 'Save' }).click()
  await expect(loan.getByRole('button', { name: 'Edit terms' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('table', { name: 'Loans' })).toContainText('¥4,890.17')
  // 1,234.50 + 1,000,000.00
  await expect(headline(page, 'You owe')).toContainText('¥1,001,234.50')

  await goTo(page, 'Life')
  await page.getByRole('button', { name: 'Add a home' }).click()
  const home = drawer(page, 'Add a home')
  await home.getByRole('textbox', { name: 'Name' }).fill('River House')
  await home.getByRole('textbox', { name: 'Value', exact: true }).fill('3,000,000')
  await chooseOption(page, home.getByRole('combobox', { name: 'Mortgage' }), 'Home loan')
  await home.getByRole('button', { name: 'Save' }).click()
  const river = page.getByRole('button', { name: /River House/ })
  await expect(river).toContainText('¥3,000,000.00')
  await expect(river).toContainText('¥2,000,000.00')
  // one third is borrowed
  await expect(river).toContainText(/33\.3\s?%/)
  for (const [name, expires] of [
    ['Passport of Li', '2041-05-06'],
    ['Licence of Li', '2040-02-03'],
  ] as const) {
    await page.getByRole('button', { name: 'Add a document' }).click()
    const document = drawer(page, 'Add a document')
    await document.getByRole('textbox', { name: 'Name' }).fill(name)
    await document.getByRole('textbox', { name: 'Expires' }).fill(expires)
    await document.getByRole('button', { name: 'Save' }).click()
    await expect(document).toHaveCount(0)
  }
  const due = page.getByRole('region', { name: 'What is due' }).getByRole('listitem')
  await expect(due.first()).toContainText('Licence of Li')
  await expect(due.first()).toContainText('3 February 2040')
  await expect(due.nth(1)).toContainText('Passport of Li')

  // 2,127.50 − 1,234.50 − 1,000,000.00 + 3,000,000.00
  await goTo(page, 'Home')
  await expect(headline(page, 'Net worth')).toContainText('¥2,000,893.00')
  await expect(page.getByRole('region', { name: 'What you own' })).toContainText('¥3,002,127.50')
  await expect(page.getByRole('region', { name: 'What you owe' })).toContainText('¥1,001,234.50')
  await expect(page.getByRole('region', { name: 'Next due' })).toContainText('Blue card')
})

const creditReport = `个人信用报告
（简版）
报告编号：2026010100001234567890      报告时间：2026-01-15 10:20:30
姓名：张三   证件类型：身份证   证件号码：****************12
信贷记录
金额类数据均以人民币计算，精确到元。
1.2015年11月18日招商银行股份有限公司发放的贷记卡（人民币账户）。截至2025年12月，信用额度50,000，已使用额度1,234，逾期金额34。最近5年内有3个月处于逾期状态，没有发生过90天以上逾期。
公共记录
强制执行记录
执行法院：某法院 案号：7
查询记录
机构查询记录明细
1 2026年1月5日 中国工商银行 信用卡审批
2 2025年8月1日 某某银行 贷款审批
3 2025年7月1日 招商银行股份有限公司 贷后管理
个人查询记录明细
1 2025年6月1日 本人 本人查询（互联网）
`

test('a credit report tells who looked at it, what was overdue and public records', async ({ app, page }) => {
  await app.open(page)
  await unlock(page)
  await importFiles(page, [writeStatement(app, 'report.txt', creditReport)])
  await expect(page.getByText('1 credit report, shown under Credit')).toBeVisible()
  await goTo(page, 'Credit')
  await expect(headline(page, 'You owe')).toContainText('¥1,234.00')
  const report = page.getByRole('region', { name: 'Credit report of 张三' })
  // of the two applications one lies within two months before the 15th of January, both within six
  await expect(report).toContainText(/last 2 months\s*1/)
  await expect(report).toContainText(/last 6 months\s*2/)
  await expect(report).toContainText(/Check during a loan\s*1/)
  const enquiries = page.getByRole('table', { name: 'Who looked at the report in two years' })
  await expect(enquiries.getByRole('row').nth(1)).toContainText('中国工商银行')
  await expect(enquiries.getByRole('row').nth(1)).toContainText('Credit card application')
  await expect(enquiries.getByRole('row').nth(4)).toContainText('Yourself')
  const overdue = page.getByRole('table', { name: 'Overdue in the last five years' }).getByRole('row').nth(1)
  await expect(overdue).toContainText('招商银行股份有限公司')
  await expect(overdue).toContainText('¥34.00')
  await expect(page.getByRole('region', { name: 'Public records' })).toContainText('执行法院：某法院，案号：7')
})
