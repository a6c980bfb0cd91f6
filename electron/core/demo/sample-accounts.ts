import { parseCurrencyCode } from '../../../shared/domain/currency.ts'
import { parseDecimal } from '../../../shared/domain/decimal.ts'
import { addDays, addMonths, type IsoDate } from '../../../shared/domain/iso-date.ts'
import type { LoanTerms } from '../../../shared/model/terms.ts'
import { computeLoanSchedule } from '../analysis/credit/loan-schedule.ts'
import type { SampleWriter } from './sample-writer.ts'

const BANK = '示例银行 Sample Bank'
const CARD_BANK = '示例信用卡中心 Sample Card Centre'
const BROKER = '示例证券 Sample Broker'
const WALLET = '示例钱包 Sample Wallet'
const cny = parseCurrencyCode('CNY')

export type SampleHousehold = ReturnType<typeof openAccounts>

/** The loan began before the sample does; what is left of it then is its opening balance. */
function loanAt(terms: LoanTerms, start: IsoDate) {
  const schedule = computeLoanSchedule(terms, cny)
  const paid = schedule.instalments.filter(({ dueOn }) => dueOn < start)
  return { schedule, remaining: paid.at(-1)?.remainingMinor ?? terms.principalMinor }
}

/** The accounts of the sample household, by what they are for. */
export function openAccounts(writer: SampleWriter, first: IsoDate, today: IsoDate) {
  const mortgageTerms: LoanTerms = {
    principalMinor: 240_000_000,
    annualRate: parseDecimal('0.035'),
    months: 360,
    firstDueOn: addDays(addMonths(first, -30), 19),
    method: 'annuity',
  }
  const carTerms: LoanTerms = {
    principalMinor: 12_000_000,
    annualRate: parseDecimal('0.045'),
    months: 36,
    firstDueOn: addDays(addMonths(first, -4), 11),
    method: 'equal-principal',
  }
  const mortgageLoan = loanAt(mortgageTerms, first)
  const carLoan = loanAt(carTerms, first)
  const payroll = writer.account({
    name: '示例工资卡 Sample payroll account',
    kind: 'checking',
    institution: BANK,
    number: '6200000000001234',
    openingMinor: 4_821_560,
  })
  const savings = writer.account({
    name: '示例储蓄 Sample savings',
    kind: 'savings',
    institution: BANK,
    number: '6200000000005678',
    openingMinor: 9_600_000,
  })
  const deposit = writer.account({
    name: '示例定期存款 Sample time deposit',
    kind: 'deposit',
    institution: BANK,
    openingMinor: 20_000_000,
  })
  const wallet = writer.account({
    name: '示例零钱 Sample wallet',
    kind: 'e-wallet',
    institution: WALLET,
    openingMinor: 132_640,
  })
  const cash = writer.account({ name: '示例现金 Sample cash', kind: 'cash', openingMinor: 80_000 })
  const provident = writer.account({
    name: '示例公积金 Sample provident fund',
    kind: 'provident-fund',
    openingMinor: 6_430_000,
  })
  const euro = writer.account({
    name: '示例欧元账户 Sample euro account',
    kind: 'savings',
    currency: 'EUR',
    institution: BANK,
    openingMinor: 420_000,
  })
  const fund = writer.account({
    name: '示例货币基金 Sample money fund',
    kind: 'money-fund',
    institution: WALLET,
    openingMinor: 3_500_000,
  })
  const broker = writer.account({
    name: '示例证券账户 Sample brokerage',
    kind: 'brokerage',
    institution: BROKER,
    openingMinor: 15_000_000,
  })
  const brokerUsd = writer.account({
    name: '示例美元证券 Sample dollar brokerage',
    kind: 'brokerage',
    currency: 'USD',
    institution: BROKER,
    openingMinor: 1_200_000,
  })
  const lent = writer.account({ name: '示例借出款 Sample money lent', kind: 'lent-money', openingMinor: 2_000_000 })
  const card = writer.account({
    name: '示例信用卡 Sample credit card',
    kind: 'credit-card',
    institution: CARD_BANK,
    number: '4000000000009999',
    openingMinor: -356_720,
    terms: { card: { limitMinor: 6_000_000, statementDay: 8, due: { type: 'day', day: 26 } } },
  })
  const secondCard = writer.account({
    name: '示例备用信用卡 Sample spare card',
    kind: 'credit-card',
    institution: BANK,
    number: '5000000000008888',
    openingMinor: -48_900,
    terms: { card: { limitMinor: 3_000_000, statementDay: 17, due: { type: 'days-after', days: 20 } } },
  })
  const mortgage = writer.account({
    name: '示例房贷 Sample mortgage',
    kind: 'mortgage',
    institution: BANK,
    openingMinor: -mortgageLoan.remaining,
    terms: { loan: mortgageTerms },
  })
  const carDebt = writer.account({
    name: '示例车贷 Sample vehicle loan',
    kind: 'vehicle-loan',
    institution: BANK,
    openingMinor: -carLoan.remaining,
    terms: { loan: carTerms },
  })
  const home = writer.account({
    name: '示例住房 Sample home',
    kind: 'home',
    terms: {
      home: {
        address: '示例路 1 号 1 Sample Road',
        areaSquareMetres: parseDecimal('89.5'),
        purchasedOn: addMonths(first, -31),
        purchaseMinor: 385_000_000,
        mortgageAccountId: mortgage,
      },
    },
  })
  const vehicle = writer.account({
    name: '示例汽车 Sample car',
    kind: 'vehicle',
    terms: {
      vehicle: {
        plate: '示A·00000',
        registeredOn: addMonths(first, -5),
        purchaseMinor: 18_800_000,
        loanAccountId: carDebt,
        inspectionDueOn: addDays(today, 74),
        insuranceDueOn: addDays(today, 38),
      },
    },
  })
  const policy = writer.account({
    name: '示例寿险保单 Sample life policy',
    kind: 'insurance-policy',
    institution: '示例保险 Sample Insurer',
  })
  const loans = [
    { account: mortgage, schedule: mortgageLoan.schedule, payee: '示例房贷还款 Sample mortgage payment' },
    { account: carDebt, schedule: carLoan.schedule, payee: '示例车贷还款 Sample vehicle loan payment' },
  ]
  const pocket = writer.account({
    name: '示例压岁钱 Sample child savings',
    kind: 'savings',
    institution: BANK,
    openingMinor: 1_280_000,
  })
  return {
    payroll,
    savings,
    deposit,
    wallet,
    cash,
    provident,
    euro,
    fund,
    broker,
    brokerUsd,
    lent,
    card,
    secondCard,
    loans,
    home,
    vehicle,
    policy,
    pocket,
  }
}
