import { describe, expect, it } from 'vitest'
import { readHead, candidatesFor } from '../registry.ts'
import { bytesSource } from '../text/decode.ts'
import { encode, linesOf, readBytes, readText } from './test-support.ts'

const readerOf = (name: string, text: string): string | undefined =>
  candidatesFor(readHead(bytesSource(name, new TextEncoder().encode(text))))[0]?.id

describe('delimited tables whose cells are filled up with spaces', () => {
  it('an Indian bank’s commas divide the lines, however wide the cells are', () => {
    const text = `
  Date     ,Narration                                  ,Value Dat,Debit Amount       ,Credit Amount      ,Chq/Ref Number   ,Closing Balance
 01/04/23  ,UPI-ZOMATO-PAY                             , 01/04/23 ,       450.00 ,         0.00 ,0000309112345678      ,     154550.00 
 02/04/23  ,NEFT CR-EMPLOYER PVT LTD                   , 02/04/23 ,       0.00 ,         125000.00 ,CITIN23      ,     279550.00 
 25/04/23  ,EMI 12345 CHQ S12345                       , 25/04/23 ,       23456.78 ,         0.00 ,000012345      ,     256093.22 
`
    expect(readerOf('statement.txt', text)).toBe('csv')
    const file = readText(text)
    expect(linesOf(file)).toEqual([
      '2023-04-01 -450 UPI-ZOMATO-PAY',
      '2023-04-02 125000 NEFT CR-EMPLOYER PVT LTD',
      '2023-04-25 -23456.78 EMI 12345 CHQ S12345',
    ])
    // 154,550 after 450 went out
    expect(file.balances).toEqual({ opening: '155000', closing: '256093.22' })
  })

  it('tabs divide the lines of a table that is called a workbook', () => {
    const text = `Account Name       :\tMr. RAHUL SHARMA
Account Number     :\t_00000012345678901
Interest Rate(% p.a.)  :\t2.7
Balance as on 1 Mar 2024  :\t1,00,000.00

Txn Date\tValue Date\tDescription\tRef No./Cheque No.\t        Debit\tCredit\tBalance
1 Mar 2024\t1 Mar 2024\t   TO TRANSFER-UPI   --\tUPI   / \t1,250.00\t \t98,750.00
5 Mar 2024\t5 Mar 2024\t   BY TRANSFER-NEFT   --\tTRANSFER   FROM\t \t1,75,000.50\t2,73,750.50
20 Mar 2024\t20 Mar 2024\t   TO CLEARING   --\t   /123456\t45,000.00\t \t2,28,750.50
`
    expect(readerOf('statement.xls', text)).toBe('csv')
    expect(readText(text).transactions.map(({ date, amount }) => `${date} ${amount}`)).toEqual([
      '2024-03-01 -1250',
      '2024-03-05 175000.5',
      '2024-03-20 -45000',
    ])
  })
})

describe('code pages of Greek, Hebrew and German', () => {
  it.each([
    ['windows-1253', 'Ημερομηνία;Περιγραφή;Ποσό\n31/01/2024;ΑΓΟΡΑ ΣΚΛΑΒΕΝΙΤΗΣ;-56,78\n', 'ΑΓΟΡΑ ΣΚΛΑΒΕΝΙΤΗΣ'],
    ['windows-1255', 'תאריך,תיאור,חובה,זכות,יתרה\n31/01/2024,העברה,"1,500.00",,"3,200.40"\n', 'העברה'],
    // a Greek reading of these few umlauts and one accent has an alphabet for all of them
    [
      'windows-1252',
      'Buchungstag;Begünstigter;Währung;Betrag\n31.01.2024;Telefónica Germany München;EUR;-19,99\n',
      'Telefónica Germany München',
    ],
  ])('%s', (encoding, text, payee) => {
    const file = readBytes(encode(text, encoding))
    expect(file.layout?.layout.encoding).toBe(encoding)
    expect(file.transactions.map((transaction) => transaction.payee)).toEqual([payee])
  })
})

describe('balances above a table', () => {
  const table = 'Date;Libellé;Montant\n30/01/2024;ACHAT;-32,82\n29/01/2024;VIREMENT;182,00\n'
  it.each([
    ['label, day and figure in one cell', 'Solde au 05/02/2024 1 523,41 €', '1523.41'],
    ['a unit in brackets behind the label', 'Solde (EUROS) :;742,18', '742.18'],
    ['the other decimal mark than the table', 'Saldo:;-123.45 EUR', '-123.45'],
    ['a day behind the figure', 'Ledger Balance : 1450,00 as of 20240131', '1450'],
  ])('%s', (_, line, closing) => {
    expect(readText(`${line}\n\n${table}`).balances['closing']).toBe(closing)
  })
})

it('a column of yes and no is no column of directions', () => {
  const file = readText(
    'F. VALOR;DESCRIPCIÓN;IMAGEN;IMPORTE (€);SALDO (€)\n25/05/2024;Pago;No;-12,40;3.487,60\n24/05/2024;Nomina;No;2.000,00;3.500,00\n',
  )
  expect(linesOf(file)).toEqual(['2024-05-25 -12.4 Pago', '2024-05-24 2000 Nomina'])
  expect(file.balances['closing']).toBe('3487.6')
})

it('a web table of whole amounts is a statement, too', () => {
  const rows = [
    ['2024-01-31', '12,000', '0', '488,000'],
    ['2024-01-30', '0', '500,000', '500,000'],
  ]
  const cells = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n')
  const html = `<html><body><table><tr><th>거래일자</th><th>출금(원)</th><th>입금(원)</th><th>잔액(원)</th></tr>${cells}</table></body></html>`
  expect(readerOf('statement.xls', html)).toBe('spreadsheet')
})
