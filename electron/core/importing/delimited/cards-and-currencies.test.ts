import { describe, expect, it } from 'vitest'
import { linesOf, readText } from './test-support.ts'

const codes = (text: string): string[] =>
  readText(text)
    .findings.map(({ code }) => code)
    .filter((code) => code === 'ambiguous-sign')

describe('cards that write what was spent without a sign', () => {
  const cards: [string, string, string[]][] = [
    [
      'the minus stands where the card was paid, and words say so',
      `Date,Description,Card Member,Account #,Amount
30/01/2024,WAITROSE 123 LONDON,J SMITH,-12345,54.32
28/01/2024,PAYMENT RECEIVED - THANK YOU,J SMITH,-12345,-410.00
13/01/2024,BRITISH AIRWAYS,J SMITH,-12345,"1,210.00"
`,
      [
        '2024-01-30 -54.32 WAITROSE 123 LONDON',
        '2024-01-28 410 PAYMENT RECEIVED - THANK YOU',
        '2024-01-13 -1210 BRITISH AIRWAYS',
      ],
    ],
    [
      'types of rows say purchase and payment; the clearing date is the booking date',
      `Transaction Date,Clearing Date,Description,Category,Type,Amount (USD),Purchased By
01/30/2024,01/31/2024,TRADER JOES 123,Grocery,Purchase,54.21,John
01/28/2024,01/28/2024,ACH DEPOSIT INTERNET TRANSFER,Payment,Payment,-300.00,John
`,
      ['2024-01-31 -54.21 TRADER JOES 123', '2024-01-28 300 ACH DEPOSIT INTERNET TRANSFER'],
    ],
  ]
  it.each(cards)('%s', (_, text, lines) => {
    expect(linesOf(readText(text))).toEqual(lines)
    // nothing but words tells: the user is told to look
    expect(codes(text)).toEqual(['ambiguous-sign'])
  })

  it('an account whose money in and out is written as it moved stays so', () => {
    const text = `Date,Description,Amount
2024-01-30,Rent of the flat,-900.00
2024-01-29,Salary,2000.00
2024-01-28,Refund,12.00
`
    expect(linesOf(readText(text))[0]).toBe('2024-01-30 -900 Rent of the flat')
    expect(codes(text)).toEqual([])
  })
})

describe('the currency of a purchase and that of the account', () => {
  it('beside an amount in the currency of the purchase stands the one whose title names the account’s', () => {
    const file = readText(`sep=,
Transaktionsdatum,Valuta,Details,Land,Betrag,Währung,Betrag CHF,Kategorie
12.04.2024,14.04.2024,SBB Mobile Ticket,CH,24.40,CHF,24.40,Reisen
10.04.2024,12.04.2024,AMZN Mktp US,US,30.00,USD,27.85,Shopping
05.04.2024,05.04.2024,Ihre Zahlung - Danke,CH,-1'200.00,CHF,-1'200.00,Zahlungen
`)
    expect(file.statements.map(({ currency }) => currency)).toEqual(['CHF'])
    expect(linesOf(file)).toEqual([
      '2024-04-12 -24.4 SBB Mobile Ticket',
      '2024-04-10 -27.85 AMZN Mktp US',
      '2024-04-05 1200 Ihre Zahlung - Danke',
    ])
    expect(file.transactions.map(({ original }) => original)).toEqual([
      undefined,
      { amount: '-30', currency: 'USD' },
      undefined,
    ])
  })

  it('a column of currencies that differ from the one in the amount’s title is of the purchase', () => {
    const file =
      readText(`"Дата i час операції","Деталі операції","Сума в валюті картки (UAH)","Сума в валюті операції",Валюта,"Залишок після операції"
"31.01.2024 18:22:10",Сільпо,-456.30,-456.30,UAH,9543.70
"30.01.2024 09:10:00",Steam,-380.00,-10.00,USD,10000.00
`)
    expect(file.statements.map(({ currency }) => currency)).toEqual(['UAH'])
    expect(file.transactions.map(({ amount }) => amount)).toEqual(['-456.3', '-380'])
    expect(file.balances['closing']).toBe('9543.7')
  })
})

describe('what moved, and what a row states', () => {
  it('a net amount that is each amount less its fee is what moved', () => {
    const file = readText(`Transaction ID,Date,Transaction Type,Currency,Amount,Fee,Net Amount,Notes
a1,2024-01-05,Sent P2P,USD,-$25.00,$0,-$25.00,lunch
a2,2024-01-09,Cash out,USD,-$30.00,-$0.55,-$30.55,
`)
    expect(file.transactions.map(({ amount }) => amount)).toEqual(['-25', '-30.55'])
  })

  it('without words over the columns, blank ones may stand before the balance', () => {
    const row = (day: string, text: string, out: string, into: string, balance: string): string =>
      `"MONTREAL","123456","EOP","2024/01/${day}","0","${text}","","${out}","${into}","","","","${balance}"\n`
    const file = readText(
      row('05', 'METRO', '45.30', '', '954.70') +
        row('15', 'PAIE', '', '1000.00', '1954.70') +
        row('16', 'IGA', '54.70', '', '1900.00') +
        row('17', 'RETRAIT', '100.00', '', '1800.00'),
    )
    expect(file.transactions.map(({ amount }) => amount)).toEqual(['-45.3', '1000', '-54.7', '-100'])
    expect(file.balances).toEqual({ opening: '1000', closing: '1800' })
  })

  it('a balance whose word is spread over the line and whose document number is zero is no payment', () => {
    const file = readText(`"Data","Histórico","Número do documento","Valor",
"29/12/2023","Saldo Anterior","0","1000.00",
"15/01/2024","Pix - Enviado","10501","-45.30",
"31/01/2024","S A L D O","0","954.70",
`)
    expect(linesOf(file)).toEqual(['2024-01-15 -45.3 Pix - Enviado'])
    expect(file.balances).toEqual({ opening: '1000', closing: '954.7' })
  })

  it('a row that fills only the column of the beginning balance states it', () => {
    const file = readText(`,ID,Datetime,Note,Amount (total),Beginning Balance,Ending Balance
,,,,,$100.00,
,391,2024-01-05T18:22:11,pizza,- $20.00,,
`)
    expect(file.transactions.map(({ amount }) => amount)).toEqual(['-20'])
    expect(file.balances['opening']).toBe('100')
    expect(file.skipped).toEqual(['2 balance-row'])
  })

  it('a balance that stands only in the last row of a day proves what moved since the one before', () => {
    const file = readText(`Date,Details,Debit,Credit,Balance
14/12/2023,CENTRA,12.40,,
14/12/2023,ATM,20.00,,467.60
15/12/2023,IRISH LIFE,50.00,,
15/12/2023,WAGES,,1200.00,1617.60
`)
    // 467.60 after 12.40 and 20.00 went out; 467.60 − 50 + 1200 = 1617.60
    expect(file.balances).toEqual({ opening: '500', closing: '1617.6' })
  })

  it('the day an entry was booked counts, not that of the operation', () => {
    const file = readText(`#Data operacji;#Data księgowania;#Opis operacji;#Kwota
2024-01-02;2024-01-03;ZAKUP;-34,50
2024-01-13;2024-01-15;CZYNSZ;-1200,00
`)
    expect(file.transactions.map(({ date }) => date)).toEqual(['2024-01-03', '2024-01-15'])
  })
})

describe('signs that only some amounts bear, and columns without titles', () => {
  it('where money in bears a plus and nothing a minus, bare amounts went out', () => {
    const file = readText(`Дата операции;Описание;Сумма в валюте счёта;Остаток средств
31.01.2024 18:22;MAGNIT;564,00;9 436,00
30.01.2024 10:00;Зарплата;+10 000,00;10 000,00
`)
    expect(file.transactions.map(({ amount }) => amount)).toEqual(['-564', '10000'])
    expect(file.balances).toEqual({ opening: '0', closing: '9436' })
  })

  it('two columns that fill in turn and nothing behind them are money out and in, and that is asked', () => {
    const text = `2024-01-31,ROGERS,85.50,
2024-01-26,PAY ACME,,2000.00
2024-01-20,LCBO,23.95,
`
    expect(readText(text).transactions.map(({ amount }) => amount)).toEqual(['-85.5', '2000', '-23.95'])
    expect(codes(text)).toEqual(['ambiguous-sign'])
  })

  it('a card of which nothing is known but that most amounts are positive is asked about', () => {
    expect(codes('Date,Shop,Amount\n2024-01-30,Xyla,45.10\n2024-01-29,Brovo,89.00\n2024-01-28,Zumba,-20.00\n')).toEqual(
      ['ambiguous-sign'],
    )
  })

  it('a balance above a table that is not read is not the first one’s', () => {
    const file = readText(`"Neuer Kontostand";"1.234,56 EUR";

"Buchungstag";"Wertstellung (Valuta)";"Vorgang";"Buchungstext";"Umsatz in EUR";
"31.01.2024";"31.01.2024";"Karte";"REWE";"-45,10";
"30.01.2024";"30.01.2024";"Karte";"HAUSBANK";"-20,00";

"Alter Kontostand";"1.299,66 EUR";

"Umsätze Visa-Karte (Kreditkarte)";"Zeitraum: 01.01.2024 - 31.01.2024";
"Neuer Kontostand";"-10,00 EUR";

"Buchungstag";"Umsatztag";"Vorgang";"Referenz";"Buchungstext";"Umsatz in EUR";
"15.01.2024";"14.01.2024";"Visa";"042";"SPOTIFY";"-10,00";
`)
    expect(file.balances).toEqual({ opening: '1299.66', closing: '1234.56' })
    expect(file.failed).toEqual(['13 unsupported-record'])
  })

  it('in a table without other texts the reference tells what a payment was', () => {
    const file = readText('Date,Reference,Money In,Money Out,Balance\n31/01/2024,TESCO STORES,,12.30,987.70\n')
    expect(linesOf(file)).toEqual(['2024-01-31 -12.3 TESCO STORES'])
  })

  it('without titles, a row of nothing but day, sum and account number is the account’s balance', () => {
    const file = readText(`30/01/2024;-45,90;Carte;;CB FNAC PARIS;;0;Divers
29/01/2024;-12,00;Prélèvement;;PRLV SEPA DEEZER;;0;Divers
25/01/2024;1987,65;Virement;;VIREMENT SALAIRE;;0;Divers
31/01/2024;1023,45;;;01234 567890X
`)
    expect(file.transactions.map(({ amount }) => amount)).toEqual(['-45.9', '-12', '1987.65'])
    expect(file.balances['closing']).toBe('1023.45')
    expect(file.skipped).toEqual(['4 balance-row'])
  })

  it('a balance that stands where other rows have their reference is no payment', () => {
    const file = readText(`Buchungstag;Valuta;Empfänger;Verwendungszweck;Kundenreferenz;Währung;Umsatz;
31.01.2024;31.01.2024;REWE;Einkauf;K1;EUR;45,10;S
30.01.2024;30.01.2024;Chef;Lohn;K2;EUR;2.000,00;H

01.01.2024;;;;Anfangssaldo;EUR;100,00;H
31.01.2024;;;;Endsaldo;EUR;2.054,90;H
`)
    expect(linesOf(file)).toEqual(['2024-01-31 -45.1 REWE', '2024-01-30 2000 Chef'])
    expect(file.balances).toEqual({ opening: '100', closing: '2054.9' })
  })

  it('a total that is each amount less its fee is what moved', () => {
    const file = readText(`Date,Type,Description,Amount,Fee,Total,Currency
2024-01-31,Payment,Customer A,100.00,-3.20,96.80,GBP
2024-01-30,Payout,To bank,-50.00,0.00,-50.00,GBP
`)
    expect(file.transactions.map(({ amount }) => amount)).toEqual(['96.8', '-50'])
  })

  it('balances of accounts whose rows alternate are proven each by its own', () => {
    const file = readText(`Account,Date,Description,Amount,Currency,Balance
EUR-1,2024-01-31,Shop,-45.10,EUR,954.90
USD-1,2024-01-31,Store,-20.00,USD,80.00
EUR-1,2024-01-30,Pay,1000.00,EUR,1000.00
USD-1,2024-01-30,Top up,100.00,USD,100.00
`)
    const closing = file.items.flatMap((item) =>
      item.type === 'balance' && item.kind === 'closing' ? [item.amount] : [],
    )
    expect(closing).toEqual(['954.9', '80'])
  })

  it('a single column of text tells what was paid, however short it is', () => {
    const file = readText(
      'Datum;Buchungstext;Belastung;Gutschrift\n31.01.2024;Miete;1’800.00;\n30.01.2024;Lohn;;5’000.00\n',
    )
    expect(linesOf(file)).toEqual(['2024-01-31 -1800 Miete', '2024-01-30 5000 Lohn'])
  })

  it('a table of a meter is no statement', () => {
    const text = 'Datum;Zeit;Verbrauch kWh;Zählerstand\n21.01.2024;00:15;0,25;1234,25\n21.01.2024;00:30;0,31;1234,56\n'
    expect(() => readText(text)).toThrow('no column of amounts')
  })
})
