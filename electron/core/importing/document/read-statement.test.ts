import { describe, expect, it } from 'vitest'
import { ImportRejection } from '../importer.ts'
import { documentFromText } from './plain-document.ts'
import { readStatement } from './read-statement.ts'
import { readText, tell, today } from './test-support.ts'

describe('a statement in columns', () => {
  it('debit and credit columns, wrapped descriptions, balances that add up', () => {
    const told = readText(`
                       Musterbank AG
   Konto 4711 0815 99                      Auszug vom 01.03.2024 bis 31.03.2024

   Datum        Text                          Soll EUR      Haben EUR
                Alter Saldo                                   100,00
   04.03.2024   Miete März                      80,00
                Hausverwaltung Nord
   05.03.2024   Gehalt                                        250,50
                Neuer Saldo                                   270,50
`)
    expect(told).toMatchObject({
      rows: ['2024-03-04 -80 Miete März Hausverwaltung Nord', '2024-03-05 250.5 Gehalt'],
      counts: { transactions: 2, skipped: 2, failed: 0 },
      reasons: ['balance-row', 'balance-row'],
      statements: ['4711 0815 99 EUR 100 270.5'],
      kinds: [undefined],
      findings: [],
    })
  })

  it('a torn line among good ones is named and costs nobody else', () => {
    const told = readText(`
   Date          Description            Amount      Balance
   2024-03-04    Coffee                  -4.50       95.50
   2024-13-45    Torn                    -1.00       94.50
   2024-03-06    Tea                     -3.00       91.50
   2024-03-07    Cake
   2024-03-08    Bread                   -2.00       89.50
`)
    expect(told.rows).toEqual(['2024-03-04 -4.5 Coffee', '2024-03-06 -3 Tea', '2024-03-08 -2 Bread'])
    expect(told.counts.failed).toBe(2)
    expect(told.reasons.toSorted()).toEqual(['bad-date', 'missing-amount'])
  })

  it('a table goes on over pages; running headers, page sums and footers are no rows', () => {
    const told = readText(
      [
        `
Example Bank                                         Page 1 of 2
Account number: 12345678
Date         Description                 Paid out     Paid in     Balance
             Balance brought forward                               100.00
01 Feb 2024  Grocer                         20.00                   80.00
02 Feb 2024  Salary                                    500.00      580.00
             Balance carried forward                               580.00
Example Bank plc is authorised by somebody.
`,
        `
Example Bank                                         Page 2 of 2
Account number: 12345678
Date         Description                 Paid out     Paid in     Balance
             Balance brought forward                               580.00
03 Feb 2024  Rent                          300.00                  280.00
             Closing balance                                       280.00
Example Bank plc is authorised by somebody.
`,
      ].join('\f'),
    )
    expect(told.rows).toEqual(['2024-02-01 -20 Grocer', '2024-02-02 500 Salary', '2024-02-03 -300 Rent'])
    expect(told.statements).toEqual(['12345678 ? 100 280'])
    expect(told.counts).toEqual({ transactions: 3, skipped: 4, failed: 0 })
  })

  it('a day that is printed once holds for the rows below it', () => {
    const told = readText(`
Date         Details                     Paid out     Paid in     Balance
01 Feb 2024  Grocer                         20.00
             Baker                           5.00
             Butcher                        10.00                   65.00
02 Feb 2024  Salary                                    500.00
             Rent                          300.00                  265.00
`)
    expect(told.rows).toEqual([
      '2024-02-01 -20 Grocer',
      '2024-02-01 -5 Baker',
      '2024-02-01 -10 Butcher',
      '2024-02-02 500 Salary',
      '2024-02-02 -300 Rent',
    ])
  })

  it('one row without a day is of the day above where the balances say so: 845.20 − 32.18 − 5.60 + 100 = 907.42', () => {
    const told = readText(`
Date        Description               Money out    Money in    Balance
01 Jan 2024 Balance brought forward                             845.20
05 Jan 2024 Grocer                        32.18
            Bus                            5.60                 807.42
26 Jan 2024 Salary                                   100.00     907.42
31 Jan 2024 Balance carried forward                             907.42
`)
    expect(told.rows).toEqual(['2024-01-05 -32.18 Grocer', '2024-01-05 -5.6 Bus', '2024-01-26 100 Salary'])
    expect(told.counts.failed).toBe(0)
  })

  it('lines of a summary below the rows are no bookings: 100 + 1000 − 23.45 = 1076.55', () => {
    const told = readText(`
Beschreibung                Buchungsdatum        Betrag
Anna Muster                 02.01.2024       +1.000,00€
Markt                       05.01.2024          -23,45€

Zusammenfassung
Dein alter Kontostand                          +100,00€
Ausgehende Transaktionen                        -23,45€
Eingehende Transaktionen                     +1.000,00€
Was sonst noch zu sagen ist                       9,99€
Dein neuer Kontostand                        +1.076,55€
`)
    expect(told.rows.map((row) => row.slice(0, 16).trim())).toEqual(['2024-01-02 1000', '2024-01-05 -23.4'])
    expect(told.statements).toEqual(['? EUR 100 1076.55'])
    expect(told.counts.failed).toBe(0)
  })

  it('totals of deposits and withdrawals are no bookings', () => {
    const told = readText(`
Beginning balance on January 1, 2024      $1,000.00
Ending balance on January 31, 2024        $2,380.00

Date        Description                       Amount
01/12/24    Payroll                         1,500.00
Total deposits and other additions         $1,500.00

Date        Description                       Amount
01/20/24    Cash                             -120.00
Total withdrawals and other subtractions    -$120.00
`)
    expect(told.rows).toEqual(['2024-01-12 1500 Payroll', '2024-01-20 -120 Cash'])
  })

  it('two accounts in one document are two statements', () => {
    const told = readText(`
Konto Nr. 111 222 333
Datum        Text               Betrag EUR
01.02.2024   Eins                   -10,00
02.02.2024   Zwei                    20,00

Konto Nr. 444 555 666
Datum        Text               Betrag EUR
03.02.2024   Drei                   -30,00
`)
    expect(told.statements).toEqual(['111 222 333 EUR - -', '444 555 666 EUR - -'])
    expect(told.rows).toHaveLength(3)
  })
})

describe('days without a year', () => {
  it.each<[string, string, string[]]>([
    ['take it from the period', 'Statement period 15/12/2023 to 14/01/2024', ['2023-12-20', '2024-01-10']],
    [
      'take it from the nearest day that the statement names',
      'Statement date 14/01/2024',
      ['2023-12-20', '2024-01-10'],
    ],
    // 2026-11-23 is today: the tenth of January 2027 has not come, the twentieth of December 2026 neither
    ['are the latest that have been where nothing names a year', 'Your statement', ['2025-12-20', '2026-01-10']],
  ])('%s', (_, line, days) => {
    const told = readText(`
${line}
Date     Description      Amount
20/12    Gift             -10.00
10/01    Sale               5.00
`)
    expect(told.rows.map((row) => row.slice(0, 10))).toEqual(days)
    expect(told.findings.includes('year-guess')).toBe(line === 'Your statement')
  })

  it.each([
    ['Statement Period: January 1-31, 2024'],
    ['Kontoauszug 1. bis 31. Januar 2024'],
    ['Kontoauszug 01.-31.01.2024'],
    ['Extracto del 1 al 31 de enero de 2024'],
  ])('"%s" is a month, not a day of 2031', (line) => {
    const told = readText(`
${line}
Date     Description      Amount
05/01    Gift             -10.00
26/01    Sale               5.00
`)
    expect(told.rows.map((row) => row.slice(0, 10))).toEqual(['2024-01-05', '2024-01-26'])
  })

  it.each([
    'Statement for January 2024',
    'Kontoauszug 01/2024',
    'Kontoauszug Nr. 1/2024',
    '账单月份：2024年01月',
    'Relevé de compte - janvier 2024',
    'Customer since March 2025      Statement January 2024',
  ])('"%s" tells the year where no whole day does', (line) => {
    const told = readText(`
${line}
Date     Description      Amount
05/01    Gift             -10.00
26/01    Sale               5.00
`)
    expect(told.rows.map((row) => row.slice(0, 10))).toEqual(['2024-01-05', '2024-01-26'])
  })

  it.each([
    ['two days of which the second has the year', 'December 15 - January 14, 2024'],
    ['two days in one word', 'Billing Period: 12/14/23-01/13/24'],
    ['a day that is due beside one that is not', 'Statement date 01/13/2024      Payment due date: 02/08/2024'],
    ['the same in Chinese', '账单日 2024年01月13日     到期还款日 2024年02月04日'],
  ])('%s', (_, line) => {
    const told = readText(`
${line}
Date     Description      Amount
12/20    Gift             -10.00
01/10    Sale               5.00
`)
    expect(told.rows.map((row) => row.slice(0, 10))).toEqual(['2023-12-20', '2024-01-10'])
  })

  it('an order of day and month that the document proves holds for a table that does not', () => {
    const told = readText(`
Statement period 12/16/23 - 01/15/24
Date     Description      Amount
01/02    Gift             -10.00
01/10    Sale               5.00
`)
    expect(told.rows.map((row) => row.slice(0, 10))).toEqual(['2024-01-02', '2024-01-10'])
    expect(told.findings).not.toContain('ambiguous-date-order')
  })

  it('a statement of a year and a day follows its rows through it', () => {
    const told = readText(`
Date     Description                    Amount
         Balance on 02/01/2020          100.00
03/01    January                         -1.00
30/06    June                            -2.00
31/12    December                        -3.00
02/01    January again                   -4.00
         Balance on 04/01/2021           90.00
`)
    expect(told.rows.map((row) => row.slice(0, 10))).toEqual(['2020-01-03', '2020-06-30', '2020-12-31', '2021-01-02'])
    expect(told.statements).toEqual(['? ? 100 90'])
  })

  it('months may stand first, and by name', () => {
    const rows = readText(`
Statement date: January 14, 2024
Date      Description      Amount
Dec 20    Gift             -10.00
Jan 10    Sale               5.00
`).rows
    expect(rows.map((row) => row.slice(0, 10))).toEqual(['2023-12-20', '2024-01-10'])
  })
})

describe('the currency of a statement', () => {
  it.each([
    ['Kontonummer 1234-5 678 901      Valuta SEK', 'SEK'],
    ['Savings account      All figures in SGD', 'SGD'],
    ['IBAN DE89 3704 0044 0532 0130 00      EUR-Konto', 'EUR'],
    ['HKD 港元儲蓄 Savings', 'HKD'],
    ['To be paid in ALL', '?'],
  ])('%s', (line, currency) => {
    const told = readText(`
${line}
Date          Description      Amount
05/01/2024    Gift             -10.00
26/01/2024    Sale               5.00
`)
    expect(told.statements.map((statement) => / (\S+) - -$/.exec(statement)?.[1])).toEqual([currency])
  })
})

describe('what repeats the statement’s own rows', () => {
  it('a list of the transfers received is left out, and so are fees below the closing balance', () => {
    const told = readText(`
DATE        LIBELLE                     DEBIT EUROS    CREDIT EUROS
            SOLDE CREDITEUR AU 31/01/2024                   100,00
02/02/2024  VIREMENT RECU                                    50,00
03/02/2024  FRAIS                              5,00
04/02/2024  VIREMENT RECU                                    25,00
            SOLDE CREDITEUR AU 29/02/2024                   170,00

DATE        DETAIL DES VIREMENTS RECUS                 CREDIT EUROS
02/02/2024  DE M DUPONT                                      50,00
04/02/2024  DE MME DURAND                                    25,00
`)
    expect(told.rows).toEqual(['2024-02-02 50 VIREMENT RECU', '2024-02-03 -5 FRAIS', '2024-02-04 25 VIREMENT RECU'])
    expect(told.reasons.filter((code) => code === 'information-only')).toHaveLength(2)
    expect(told.statements).toEqual(['? EUR 100 170'])
  })
})

describe('a printed table of trades', () => {
  const text = `
Example Brokerage     January 1, 2024 to January 31, 2024
Account Number: 9876-5432

Date    Type        Symbol   Description                        Quantity      Price       Amount
01/08   Buy         VTI      TOTAL STOCK MARKET ETF               4.0000    235.1000     -940.40
01/22   Dividend    SCHD     US DIVIDEND EQUITY                                            12.34
01/26   Sell        AAPL     APPLE INC                           -5.0000    192.0000      959.99
`

  it('gives securities and units, and the days of its period', () => {
    const items = [...readStatement(documentFromText(text), 'statement.pdf', { today })]
    const trades = items.flatMap((item) => (item.type === 'transaction' ? [item.transaction] : []))
    expect(trades).toMatchObject([
      { date: '2024-01-08', kind: 'buy', amount: '-940.4', quantity: '4', security: { symbol: 'VTI' } },
      { date: '2024-01-22', kind: 'dividend', amount: '12.34', security: { symbol: 'SCHD' } },
      { date: '2024-01-26', kind: 'sell', amount: '959.99', quantity: '-5', security: { symbol: 'AAPL' } },
    ])
    expect(tell(items).statements).toEqual(['9876-5432 ? - -'])
    expect(tell(items).counts.failed).toBe(0)
  })

  it('leaves a table of bookings beside it to be read as one', () => {
    const told = readText(`${text}
Date        Details               Paid out     Paid in     Balance
02 Jan 2024 Fee                       5.00                   95.00
09 Jan 2024 Interest                             1.00        96.00
`)
    expect(told.rows.map((row) => row.split(' ').slice(0, 2).join(' '))).toEqual([
      '2024-01-08 -940.4',
      '2024-01-22 12.34',
      '2024-01-26 959.99',
      '2024-01-02 -5',
      '2024-01-09 1',
    ])
  })
})

describe('no statement', () => {
  it.each([
    ['a letter', 'Dear customer,\nthank you for your letter of 01.02.2024.\nYours'],
    ['an offer with prices', 'Offer\n  Chairs   100.00\n  Tables   200.00\n'],
    ['nothing', ''],
  ])('%s is refused', (_, text) => {
    expect(() => readText(text)).toThrow(ImportRejection)
  })
})

describe('a document without a table', () => {
  it('a slip of pay is one deposit on the day that it was paid', () => {
    const told = readText(`
Example Works Ltd
Pay Statement
Period End Date  31/01/2024
Pay Date         05/02/2024
Net Pay          €1,234.50
Account ******1234
`)
    expect(told.rows).toEqual(['2024-02-05 1234.5 Example Works Ltd / Pay Statement'])
    expect(told.statements).toEqual(['******1234 EUR - -'])
  })

  it('the balance of an account alone is kept as its closing balance', () => {
    const told = readText(`
Example Bank
Account statement                 30/09/2024
Balance: €1,438.20
`)
    expect(told).toMatchObject({ rows: [], statements: ['? EUR - 1438.2'], counts: { skipped: 1, failed: 0 } })
  })
})
