import { describe, expect, it } from 'vitest'
import { readText } from './test-support.ts'

describe('signs of a printed statement', () => {
  it('of a card: what is owed is negative, spending lowers it, CR raises it', () => {
    const told = readText(`
Credit card statement 31/03/2024
Card number 4111 XXXX XXXX 1111
Date         Description               Amount
             Previous balance          100.00
01/03/2024   Payment received          100.00 CR
02/03/2024   Grocer                     20.00
03/03/2024   Refund                      5.00 CR
04/03/2024   Hotel                      60.00
             New balance                75.00
`)
    expect(told.rows).toEqual([
      '2024-03-01 100 Payment received',
      '2024-03-02 -20 Grocer',
      '2024-03-03 5 Refund',
      '2024-03-04 -60 Hotel',
    ])
    // −100 + 100 − 20 + 5 − 60 = −75
    expect(told.statements).toEqual(['4111 XXXX XXXX 1111 ? -100 -75'])
    expect(told.kinds).toEqual(['credit-card'])
  })

  it('of a card: balances with the minus behind are owed as they stand: −210 + 210 − 180.50 − 18.26 = −198.76', () => {
    const told = readText(`
Kreditkarte   Abrechnung vom 19.01.2024
Umsatz    Buchung   Beschreibung                          Betrag in EUR
                    Saldo letzte Abrechnung                     210,00-
27.12.    28.12.    Lastschrift                                 210,00+
29.12.    31.12.    Hotel                                       180,50-
10.01.    11.01.    Buch                                         18,26-
                    Neuer Saldo                                 198,76-
`)
    expect(told.rows.map((row) => row.split(' ')[1])).toEqual(['210', '-180.5', '-18.26'])
    expect(told.statements).toEqual(['? EUR -210 -198.76'])
  })

  it('of a card that calls itself one by its least payment alone: 500 − 500 + 23.45 + 100 = 123.45 are owed', () => {
    const told = readText(`
Example Freedom      Payment due 02/08/24      Minimum Payment Due $25.00     Opening/Closing 12/12/23 - 01/11/24
Previous Balance      $500.00
New Balance           $123.45

Date       Description                    $ Amount
12/20      Thank You-Mobile                -500.00
12/15      Books                             23.45
01/03      Flight                           100.00
`)
    expect(told.rows.map((row) => row.split(' ')[1])).toEqual(['500', '-23.45', '-100'])
    expect(told.statements).toEqual(['? ? -500 -123.45'])
    expect(told.kinds).toEqual(['credit-card'])
  })

  it('headings over rows tell which are money out: 1000 + 1500 − 120 − 180 = 2200', () => {
    const told = readText(`
Account number: 123456789
Beginning balance      $1,000.00
Ending balance         $2,200.00

DEPOSITS AND OTHER CREDITS
Date          Description                 Amount
01/12/2024    Payroll                   1,500.00

WITHDRAWALS AND OTHER DEBITS
Date          Description                 Amount
01/05/2024    Phone                       120.00
01/20/2024    Cash                        180.00
`)
    expect(told.rows).toEqual(['2024-01-12 1500 Payroll', '2024-01-05 -120 Phone', '2024-01-20 -180 Cash'])
    expect(told.statements).toEqual(['123456789 ? 1000 2200'])
    expect(told.findings).not.toContain('ambiguous-sign')
  })

  it('headings between the rows of a card do, too, and are no part of a payee', () => {
    const told = readText(`
Example Sapphire     Opening/Closing Date 12/12/23 - 01/11/24
New Balance           $123.45

Date       Description                    $ Amount
PAYMENTS AND OTHER CREDITS
12/20      Thank You-Mobile                -500.00
PURCHASES
12/15      Books                             23.45
01/03      Flight                           100.00
`)
    expect(told.rows).toEqual(['2023-12-20 500 Thank You-Mobile', '2023-12-15 -23.45 Books', '2024-01-03 -100 Flight'])
    // what is written as spending is positive is owed
    expect(told.statements).toEqual(['? ? - -123.45'])
  })

  it('a wrapped word of a row is no heading: the text stands before the days', () => {
    const told = readText(`
Beschreibung                Buchungsdatum        Betrag
Anna Muster                 02.01.2024       +1.000,00€
Gutschriften
Markt                       05.01.2024          -23,45€
`)
    expect(told.rows.map((row) => row.split(' ')[1])).toEqual(['1000', '-23.45'])
  })

  it('of a card in two languages, with footnotes at its days: 1200 − 1200 + 350.50 + 100 = 450.50', () => {
    const told = readText(`
信用卡月結單 Credit Card Statement      結單日 Statement Date 15 JAN 2024
Date          Description                 Amount
              應繳舊數 PREVIOUS BALANCE    1,200.00
12/20/23*     PAYMENT                     1,200.00 CR
12/22/23      PARK                          350.50
01/03/24      MTR                           100.00
              應繳新數 NEW BALANCE           450.50
`)
    expect(told.rows).toEqual(['2023-12-20 1200 PAYMENT', '2023-12-22 -350.5 PARK', '2024-01-03 -100 MTR'])
    expect(told.statements).toEqual(['? ? -1200 -450.5'])
  })

  it('a word behind a sum is the text of the next column, not its direction', () => {
    const told = readText(`
Date          Currency    Amount      Balance   Type
2024-01-03    EUR         -20.00       80.00    Shop
2024-01-05    EUR         100.00      180.00    In
`)
    expect(told.rows.map((row) => row.split(' ')[1])).toEqual(['-20', '100'])
    expect(told.statements).toEqual(['? EUR 100 180'])
  })

  it('of an account with one column of sums, balances prove them', () => {
    // 50 − 20 − 30 − 10 − 5 + 200 = 185: written with the minus behind
    const told = readText(`
Date         Description                Amount
             Opening balance             50.00
01/03/2024   One                         20.00-
02/03/2024   Two                         30.00-
03/03/2024   Three                       10.00-
04/03/2024   Four                         5.00-
05/03/2024   Five                       200.00
             Closing balance            185.00
`)
    expect(told.rows.map((row) => row.split(' ')[1])).toEqual(['-20', '-30', '-10', '-5', '200'])
    expect(told.statements).toEqual(['? ? 50 185'])
    expect(told.findings).not.toContain('ambiguous-sign')
  })

  it('headings over tables of different columns settle each other', () => {
    const told = readText(`
Example it Card      Open to Close Date: 12/10/2023 - 01/09/2024

PAYMENTS AND CREDITS
DATE      PAYMENTS AND CREDITS                                     AMOUNT
12/28     INTERNET PAYMENT                                         -$250.00

PURCHASES
DATE      PURCHASES                         MERCHANT CATEGORY      AMOUNT
12/12     TARGET AUSTIN TX                  Merchandise             $45.67
01/02     OIL AUSTIN TX                     Gasoline                $38.20
`)
    expect(told.rows.map((row) => row.split(' ').slice(0, 2).join(' ')).toSorted()).toEqual([
      '2023-12-12 -45.67',
      '2023-12-28 250',
      '2024-01-02 -38.2',
    ])
  })
})
