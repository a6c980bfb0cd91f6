import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ImportStand } from '../../../../test/support/import-stand.ts'
import { createTemporaryVault } from '../../../../test/support/temporary-vault.ts'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { loadHeldSecurities } from '../../storage/repositories/holding-repository.ts'
import { ImportRejection } from '../importer.ts'
import { candidatesFor, readHead } from '../registry.ts'
import { bytesSource } from '../text/decode.ts'
import { readWith, rejectionOf } from '../text/test-support.ts'
import { npsImporter } from './nps-importer.ts'
import { npsDateOf, npsNumberOf, schemesOf } from './scheme-columns.ts'

// 10,000 ÷ 40 = 250 units of E, 5,000 ÷ 25 = 200 of C; a charge of 8 ÷ 40 = 0.2 and 5 ÷ 25 = 0.2
const statement = `NPS Transaction Statement for Tier I Account

Subscriber Details

PRAN,'110012345678
Subscriber Name,SHRI A B
Scheme Choice - ACTIVE CHOICE

Investment Details- Scheme Wise Summary

Particulars,References,EXAMPLE PENSION FUND SCHEME E - TIER I,EXAMPLE PENSION FUND SCHEME C - TIER I,
Scheme wise Value of your Holdings(Investments) (in Rs),E=U*N,14991.60,7798.44,
Total Units,U,349.8000,299.9400,
NAV as on 31-Mar-2023,N,42.8577,26.0000,

 Contribution/Redemption Details during the selected period

Date,Particulars,Uploaded By,Employee Contribution(Rs),Employer's Contribution(Rs),Total(Rs),

11-Apr-2022,For March 2022,Example Employer (50009),0.00,"15,000.00","15,000.00",

Transaction Details

Date,Particulars,Withdrawal/ deduction in units towards intermediary charges (Rs),EXAMPLE PENSION FUND SCHEME E - TIER I Amount (Rs),EXAMPLE PENSION FUND SCHEME E - TIER I NAV (Rs),EXAMPLE PENSION FUND SCHEME E - TIER I Units,EXAMPLE PENSION FUND SCHEME C - TIER I Amount (Rs),EXAMPLE PENSION FUND SCHEME C - TIER I NAV (Rs),EXAMPLE PENSION FUND SCHEME C - TIER I Units,
01-Apr-2022 ,Opening balance, , ,,100.0000, ,,100.1400,
 11-Apr-2022, By Contribution for March2022, ,10000.00,40.0000,250.0000,5000.00,25.0000,200.0000,
 08-Jul-2022, Additional units due to incorrect NAV, ,0.00,-,0.0000,0.00,-, 0.0000,
 09-Jul-2022, Billing for Q1 2022-2023,(13.00),(8.00),40.0000,(0.2000),(5.00),25.0000, (0.2000),
31-Mar-2023,Closing Balance, , ,,349.8000, ,,299.9400,
`

const outcomeOf = (text: string): string => {
  try {
    readWith(npsImporter, text)
    return 'read'
  } catch (error) {
    return error instanceof ImportRejection ? 'refused' : `threw ${String(error)}`
  }
}

describe('the yearly statement of India’s National Pension System', () => {
  it('is known by its title and its columns of units', () => {
    const source = bytesSource('yearly.csv', new TextEncoder().encode(statement))
    expect(candidatesFor(readHead(source)).map(({ id }) => id)).toEqual(['nps-statement'])
  })

  it('gives the units that came and went at their price, and what is held; each row has one fate', () => {
    const { statements, transactions, positions, skipped, failed, sum, items } = readWith(npsImporter, statement)
    expect(statements.map(({ account, currency }) => [account, currency])).toEqual([
      [{ number: '110012345678 Tier I', name: 'NPS Tier I', kind: 'nps-in' }, 'INR'],
    ])
    const [e, c] = ['EXAMPLE PENSION FUND SCHEME E - TIER I', 'EXAMPLE PENSION FUND SCHEME C - TIER I']
    expect(
      transactions.map(({ date, kind, security, quantity, price }) => [date, kind, security?.name, quantity, price]),
    ).toEqual([
      ['2022-04-11', 'security-in', e, '250', '40'],
      ['2022-04-11', 'security-in', c, '200', '25'],
      ['2022-07-09', 'security-out', e, '-0.2', '40'],
      ['2022-07-09', 'security-out', c, '-0.2', '25'],
    ])
    expect(sum).toBe('0')
    expect(items.flatMap((item) => (item.type === 'transaction' ? [[item.record, item.side]] : []))).toEqual([
      [26, 'main'],
      [26, 'counterpart'],
      [28, 'main'],
      [28, 'counterpart'],
    ])
    // before the first day, and at the end: 100 + 250 − 0.2, 100.14 + 200 − 0.2
    expect(positions.map(({ on, security, quantity, value }) => [on, security.name, quantity, value])).toEqual([
      ['2022-03-31', e, '100', undefined],
      ['2022-03-31', c, '100.14', undefined],
      ['2023-03-31', e, '349.8', '14991.6'],
      ['2023-03-31', c, '299.94', '7798.44'],
    ])
    expect(skipped.map(({ record, reason }) => [record, reason.code])).toEqual([
      [20, 'information-only'],
      [25, 'balance-row'],
      [27, 'zero-amount'],
      [29, 'balance-row'],
    ])
    expect(failed).toEqual([])
  })

  it('a day that is none fails by itself', () => {
    const { transactions, failed } = readWith(npsImporter, statement.replace('09-Jul-2022', '39-Jul-2022'))
    expect(transactions).toHaveLength(2)
    expect(failed).toMatchObject([{ record: 28, reason: { code: 'bad-date' } }])
  })

  it.each(['12x', '1e999', '..5'])('a row whose units or price are %j fails by itself and says so', (text) => {
    for (const figure of ['250.0000', '25.0000,200']) {
      const { transactions, failed } = readWith(npsImporter, statement.replace(figure, figure.replace(/^[^,]+/, text)))
      // of the rows that move units, two schemes each, the one on 9 July is left
      expect(transactions).toHaveLength(2)
      expect(failed.map(({ reason }) => reason)).toMatchObject([{ code: 'bad-amount', values: { text } }])
    }
  })

  it('is refused without its table of units', () => {
    const cut = statement.slice(0, statement.indexOf('Transaction Details'))
    expect(rejectionOf(npsImporter, cut)?.code).toBe('no-transactions-table')
  })

  it('law: any change of the text is read, named or refused', () => {
    fc.assert(
      fc.property(fc.nat(statement.length), fc.nat(60), fc.string({ maxLength: 20 }), (at, length, by) => {
        expect(outcomeOf(statement.slice(0, at) + by + statement.slice(at + length))).toMatch(/^(?:read|refused)$/)
      }),
      { numRuns: 200 },
    )
  })
})

it('in the vault the units of the summary are held, and the same file again changes nothing', async () => {
  const temporary = await createTemporaryVault()
  try {
    const stand = new ImportStand(temporary.vault)
    const bytes = new TextEncoder().encode(statement)
    const [first] = await stand.commit(stand.add(bytes, 'yearly.csv'))
    const [again] = await stand.commit(stand.add(bytes, 'again.csv'))
    // two rows of two schemes each: rows are counted, as of a double-entry book
    expect([first?.imported, again?.imported, again?.duplicates]).toEqual([4, 0, 4])
    const end = parseIsoDate('2023-03-31')
    const before = parseIsoDate('2022-07-08')
    const held = loadHeldSecurities(temporary.vault, new Set([1]), [before, end]).map(({ timeline }) => [
      timeline.at(before)?.quantity,
      timeline.at(end)?.quantity,
      timeline.at(end)?.value?.minor,
    ])
    // 100 + 250 and 100.14 + 200 before the charge
    expect(held).toEqual([
      ['350', '349.8', 1_499_160],
      ['300.14', '299.94', 779_844],
    ])
  } finally {
    await temporary.close()
  }
})

describe('cells of the statement', () => {
  it.each([
    ['(0.0950)', '-0.095'],
    ['Rs 6,532.53', '6532.53'],
    ['-', null],
    ['', null],
  ])('%j is %j', (text, number) => {
    expect(npsNumberOf(text)).toBe(number)
  })

  it('days are written 11-Apr-2022', () => {
    expect(npsDateOf(' 11-Apr-2022 ')).toBe('2022-04-11')
    expect(npsDateOf('31-Feb-2022')).toBeNull()
    expect(npsDateOf('2022-04-11')).toBeNull()
  })

  it('a scheme without a price or units is no column of units', () => {
    expect(schemesOf(['Date', 'A Amount (Rs)', 'A NAV (Rs)', 'A Units', 'B NAV (Rs)'])).toEqual([
      { name: 'A', nav: 2, units: 3 },
    ])
  })
})
