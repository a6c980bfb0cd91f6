import { describe, expect, it } from 'vitest'
import { type Read, readWith } from '../text/test-support.ts'
import { brokerDocumentImporters } from './broker-document-importer.ts'

const general = brokerDocumentImporters.find(({ id }) => id === 'document')

function read(...lines: readonly string[]): Read {
  if (general === undefined) throw new Error('There is no general importer.')
  return readWith(general, ['Musterbank AG', 'Kontoauszug', ...lines].join('\n'))
}

const amounts = ({ transactions }: Read): string[] => transactions.map(({ amount }) => amount)
const counts = ({ transactions, skipped, failed }: Read): number[] => [
  transactions.length,
  skipped.length,
  failed.length,
]

describe('which way the money of a row went', () => {
  it('a printed sign counts, in front or behind', () => {
    expect(amounts(read('01.02.2024 Etwas 10,00-', '02.02.2024 Anderes +5,00', '03.02.2024 Drittes -1,50'))).toEqual([
      '-10',
      '5',
      '-1.5',
    ])
  })

  it('balances decide without a sign: 100 → 150 → 120', () => {
    const result = read(
      'Datum Text Betrag Saldo',
      '31.01.2024 Alter Saldo 100,00',
      '01.02.2024 Etwas 50,00 150,00',
      '02.02.2024 Etwas 30,00 120,00',
    )
    expect(amounts(result)).toEqual(['50', '-30'])
    expect(result.findings).toEqual([])
  })

  it('the newest row may come first: read upwards 100 → 150 → 120', () => {
    const result = read(
      'Datum Text Betrag Saldo',
      '03.02.2024 Etwas 20,00 100,00',
      '02.02.2024 Etwas 30,00 120,00',
      '01.02.2024 Einzahlung 50,00 150,00',
    )
    expect(amounts(result)).toEqual(['-20', '-30', '50'])
  })

  it('several rows up to one balance: 100 − 20 − 30 = 50', () => {
    const result = read(
      'Datum Text Betrag Valuta Saldo',
      '31.01.2024 Kontostand 100,00',
      '01.02.2024 Etwas 20,00 01.02.2024',
      'Noch etwas 30,00 01.02.2024 50,00',
    )
    expect(amounts(result)).toEqual(['-20', '-30'])
  })

  it('words decide at last, and that is told', () => {
    const result = read('01.02.2024 Einzahlung 10,00', '02.02.2024 Auszahlung 4,00')
    expect(amounts(result)).toEqual(['10', '-4'])
    expect(result.findings).toMatchObject([{ severity: 'warning', code: 'ambiguous-sign', values: { count: 2 } }])
  })

  it('a row of which nothing tells is failed, its neighbours stay', () => {
    const result = read('01.02.2024 Einzahlung 10,00', '02.02.2024 Xyzzy 4,00', '03.02.2024 Auszahlung 1,00')
    expect(counts(result)).toEqual([2, 0, 1])
    expect(result.failed).toMatchObject([{ record: 4, reason: { code: 'bad-amount' } }])
  })
})

describe('what a row is', () => {
  it.each([
    ['KAUF/DIENSTLEISTUNG VOM 03.02.2024', 'payment'],
    ['TWINT KAUF/DIENSTLEISTUNG', 'payment'],
    ['KAUF/ONLINE-SHOPPING', 'payment'],
    ['Kundenhandel FX Kauf CHF', 'transfer'],
    ['Wertpapierkauf', 'buy'],
    ['Zins-/Dividendenzahlung, Ref: DZ-1', 'dividend'],
  ])('%s: %s', (text, kind) => {
    const { transactions } = read(`03.02.2024 ${text} -10,00 EUR`)
    expect(transactions.map((transaction) => transaction.kind)).toEqual([kind])
  })

  it('a purchase whose security is not named may leave a bank account; that of a named one tells of a depot', () => {
    const row = '03.02.2024 Wertpapierabrechnung Kauf -80,00'
    expect(read('Giro Plus 12345', row).statements).toMatchObject([{ account: { kind: 'checking' } }])
    expect(read('Giro Plus 12345', row, 'DE0008404005').statements).toMatchObject([{ account: { kind: 'brokerage' } }])
  })

  it('charges that are listed below a row are booked beside it: 0.19 − 0.05 = 0.14, and 0.70', () => {
    const result = read(
      'Alter Saldo 01.02.2024 +100,00',
      '28.02.2024 Kontoabschluss Zinsen +0,14',
      'Habenzinsen 0,19 EUR',
      'Kapitalertragsteuer 0,05- EUR',
      'Sonderentgelte',
      'Versandpauschale 0,70- EUR',
      'Abschlussrechnung 0,56- EUR',
      'Neuer Saldo 01.03.2024 +99,44',
    )
    expect(result.transactions.map(({ amount, kind }) => [amount, kind])).toEqual([
      ['0.14', 'interest'],
      ['-0.7', 'fee'],
    ])
    expect(result.findings).toEqual([])
  })

  it('begins with its day, though a footnote is glued to it or a blank tears its year apart', () => {
    const result = read(
      '01.02.2024 Etwas -10,00',
      'A02.02.2024 Visa-Umsatz Firma -3,94',
      '03.02.2024 Anderes -5,00',
      'Provision, Ref: 1 03.02.2024 03.02.2 024 2,10EUR',
    )
    expect(amounts(result).slice(0, 3)).toEqual(['-10', '-3.94', '-5'])
    expect(
      read('Provision, Ref: 1 03.02.2024 03.02.2 024 2,10EUR', 'Noch 04.02.2024 04.02.202 4 -1,00EUR'),
    ).toMatchObject({
      transactions: [
        { date: '2024-02-03', amount: '2.1' },
        { date: '2024-02-04', amount: '-1' },
      ],
    })
  })
})

describe('rows that a program damaged', () => {
  it('glued to the line above, or with a torn day, are rows: 353.90 − 48.00 − 161.00 + 400.00 = 544.90', () => {
    const result = read(
      'Kontostand am 31.05.2016 353,90+',
      '10.06.2016 10.06.2016 Überweisung               48,00-',
      '. 1.TAN 00023613.06.2016 13.06.2016 Überweisung              161,00-',
      ' 2 7.06.2016 27.06.2016 Barumsatz              400,00+',
      '30.06.2016 30.06.2016 Rechnungsabschluss              0,00+',
      'Kontostand am 30.06.2016 544,90+',
    )
    expect(result.transactions.map(({ date, amount }) => [date, amount])).toEqual([
      ['2016-06-10', '-48'],
      ['2016-06-13', '-161'],
      ['2016-06-27', '400'],
    ])
    expect(result.findings).toEqual([])
  })

  it('with a letter behind the last amount, are rows: 50.03 − 0.03 = 50.00', () => {
    const result = read(
      'Opening balance 50.00',
      '17.07.2022 Profit +0.03 50.03',
      '17.07.2022 Automaticithdrawal -0.03 50.00w',
      'Closing balance 50.00',
    )
    expect(amounts(result)).toEqual(['0.03', '-0.03'])
    expect(result.findings).toEqual([])
  })

  it('that look like bookings and cannot be read are named, not taken for words of the row above', () => {
    const result = read(
      '04.04.2022 Etwas 22,98+',
      'Devisenkurs 1,103880',
      '05.04.2022 Überweisung -1.800,00-',
      'BYLADEM1KSW',
    )
    expect(amounts(result)).toEqual(['22.98'])
    expect(result.failed).toMatchObject([{ record: 5, reason: { code: 'bad-record' } }])
    // a value date with a sum abroad and its rate is no booking
    expect(read('22.06.2017 Visa -8,98', '21.06.2017 1170622391836 -9,99 USD Kurs: 1,1119').failed).toEqual([])
  })

  it('a row of zero hides no mismatch: 100.00 − 10.00 is not 50.00', () => {
    const rows = [
      'Alter Saldo 31.01.2024 100,00',
      '01.02.2024 Etwas -10,00',
      '02.02.2024 Abschluss 0,00',
      'Neuer Saldo 50,00',
    ]
    expect(read(...rows).findings).toMatchObject([{ code: 'balance-mismatch', values: { difference: '-40' } }])
  })

  it('balances by the days of value hold what was valued before: 100.00 + 20.00', () => {
    const result = read(
      'Kontostand am 01.01.2026 100,00',
      '01.01.2026 31.12.2025 Erhaltene Zinsen +5,00',
      '05.01.2026 06.01.2026 Lastschrift +20,00',
      'Kontostand am 31.01.2026 120,00',
    )
    expect(amounts(result)).toEqual(['5', '20'])
    expect(result.findings).toEqual([])
  })
})

describe('rows in the manner of banks', () => {
  it('an amount a line below its day, the year by itself below that', () => {
    const result = read(
      'Umsatzübersicht',
      '01 Dez.',
      'Kartentransaktion Bäcker 6,70 € 93,30 €',
      '2024',
      '02 Dez.',
      'Zinszahlung 1,00 € 94,30 €',
      '2024',
    )
    expect(result.transactions).toMatchObject([
      { date: '2024-12-01', amount: '-6.7', balance: '93.3' },
      { date: '2024-12-02', amount: '1', kind: 'interest' },
    ])
  })

  it('days behind the text', () => {
    const result = read(
      'Buchungshinweise Buchungsdatum Valuta Umsatz',
      'Überweisung A 01.02.2024 02.02.2024 -10,00 EUR',
      'Überweisung B 03.02.2024 03.02.2024 20,00 EUR',
    )
    expect(result.transactions).toMatchObject([
      { date: '2024-02-01', valueDate: '2024-02-02', amount: '-10' },
      { date: '2024-02-03', amount: '20' },
    ])
  })

  it('a day without a year is the latest that the period allows: December before a statement of January', () => {
    const result = read('Zeitraum 15.12.2023 - 15.01.2024', '28.12. Etwas 5,00-', '02.01. Etwas 6,00-')
    expect(result.transactions.map(({ date }) => date)).toEqual(['2023-12-28', '2024-01-02'])
  })

  it('rows of nothing are skipped; balances are no rows', () => {
    const result = read(
      '31.01.2024 Alter Saldo 10,00',
      '01.02.2024 Hinweis 0,00',
      '02.02.2024 Etwas -1,00',
      '28.02.2024 Neuer Saldo 9,00',
    )
    expect(counts(result)).toEqual([1, 1, 0])
    expect(result.balances.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['opening', '10'],
      ['closing', '9'],
    ])
  })

  it('a statement that does not add up says so: 10 − 1 is not 8', () => {
    const result = read(
      '31.01.2024 Alter Saldo 10,00',
      '02.02.2024 Etwas -1,00',
      '03.02.2024 Zwei -0,50',
      '28.02.2024 Neuer Saldo 8,00',
    )
    expect(result.findings).toMatchObject([{ code: 'balance-mismatch', values: { expected: '8', found: '8.5' } }])
  })

  it('accounts of one report are kept apart', () => {
    const result = read(
      'Girokonto',
      'Alter Saldo 01.02.2024 +100,00',
      '05.02.2024 Übertrag -30,00',
      'Neuer Saldo 29.02.2024 +70,00',
      'Tagesgeld Konto',
      'Alter Saldo 01.02.2024 +0,00',
      '05.02.2024 Übertrag +30,00',
      'Neuer Saldo 29.02.2024 +30,00',
    )
    expect(amounts(result)).toEqual(['-30', '30'])
    expect(result.statements.length).toBe(2)
    expect(result.statements[1]?.account.name).toBe('Tagesgeld Konto')
    expect(result.findings).toEqual([])
  })
})

describe('what is no row and no balance', () => {
  it('a sentence that speaks of balances and days is no header', () => {
    const result = read(
      'Buchungstag Vorgang Buchungstext Ausgang',
      '01.02.2024 Überweisung Firma Rechnung 20.00 +20,00',
      '02.02.2024 Abschluss Zinsen Kto 000000005EUR +0,14',
      '03.02.2024 Lastschrift Laden -7,50',
      'Der Kontostand berücksichtigt nicht die Valuta (Wertstellung) der einzelnen Buchungen und kann daher abweichen.',
    )
    // 20.00 and 5 EUR are part of the text: what the rows end with is signed
    expect(amounts(result)).toEqual(['20', '0.14', '-7.5'])
  })

  it('a negative balance behind an amount stays a balance: −10 − 5 = −15', () => {
    const result = read('Datum Text Betrag Saldo', '01.02.2024 Kauf 10,00 -10,00', '02.02.2024 Kauf 5,00 -15,00')
    expect(amounts(result)).toEqual(['-10', '-5'])
  })

  it('a row whose amount stands a line lower counts where it leads from the balance above to its own', () => {
    const result = read(
      'Date Type Amount Balance',
      '14.07.2022 Deposit +50.00 50.00',
      '16.07.2022 Profit +0.03 50.03',
      '16.07.2022 Automatic',
      'withdrawal -0.03 50.00',
      '17.07.2022 Profit +0.03 50.03',
    )
    expect(amounts(result)).toEqual(['50', '0.03', '-0.03', '0.03'])
  })

  it('a balance under the titles of columns is not the interest that is settled', () => {
    if (general === undefined) throw new Error('There is no general importer.')
    const result = readWith(
      general,
      [
        'Musterbank AG',
        'Sparkonto',
        'Zinsabschluss 01.01.2019 - 31.12.2019 Datum: 01.01.2020',
        'Datum Text Gutschrift Lastschrift Saldo',
        '31.12.2019 Kontostand 10 000.00',
        'Habenzins',
        'Bruttozins 4.59 0.00',
        'Nettozins 4.59',
        '31.12.2019 Kontostand nach Zinsabschluss 10 004.59',
      ].join('\n'),
    )
    expect(amounts(result)).toEqual(['4.59'])
  })
})

describe('balances and accounts of a statement', () => {
  it('the same words twice, a day apart, are the balance before and after', () => {
    const result = read(
      'Kontostand am 01.01.2024 100,00 EUR',
      'Kontostand am 31.01.2024 80,00 EUR',
      'Buchung Wertstellung Beschreibung Betrag',
      '05.01.2024 05.01.2024 Lastschrift -20,00 EUR',
      '06.01.2024 06.01.2024 Vorabpauschale 0,00 EUR',
    )
    expect(result.balances.map(({ kind, amount }) => `${kind} ${amount}`)).toEqual(['opening 100', 'closing 80'])
    expect(counts(result)).toEqual([1, 1, 0])
    expect(result.findings).toEqual([])
  })

  it('a summary of one product says both, and they decide the sign of the first row: 100 − 30 + 5 = 75', () => {
    const result = read(
      'PRODUKT ANFANGSSALDO ZAHLUNGSEINGANG ZAHLUNGSAUSGANG ENDSALDO',
      'Cashkonto 100,00 € 5,00 € 30,00 € 75,00 €',
      'DATUM TYP BESCHREIBUNG ZAHLUNGSEINGANG ZAHLUNGSAUSGANG SALDO',
      '01.06.2024 Etwas Beispiel 30,00 € 70,00 €',
      '02.06.2024 Etwas Anderes 5,00 € 75,00 €',
    )
    expect(amounts(result)).toEqual(['-30', '5'])
    expect(result.balances.map(({ kind, amount }) => `${kind} ${amount}`)).toEqual(['opening 100', 'closing 75'])
    expect(result.findings).toEqual([])
  })

  it('each account of an overview is a statement of its own, with its number', () => {
    const result = read(
      'Ihre aktuellen Salden IBAN Saldo in',
      'Girokonto DE02 1203 0000 0000 2020 51 +90,00',
      'Tagesgeld PLUS-Konto DE02 5001 0517 5407 3249 31 +11,00',
      'Gesamtsaldo 31.01.2024 +101,00',
      'Girokonto Dispositionskredit girocard Tages-/WochenlimitEUR 0 EUR 1.000/EUR 2.000',
      'Buchungstag Vorgang Buchungstext Ausgang',
      'Alter Saldo 01.01.2024 +100,00',
      '05.01.2024 Lastschrift Laden -10,00',
      'Neuer Saldo 31.01.2024 +90,00',
      'Tagesgeld PLUS-Konto',
      'Buchungstag Vorgang Buchungstext Ausgang',
      'Alter Saldo 01.01.2024 +10,00',
      '06.01.2024 Zinsen +1,00',
      'Neuer Saldo 31.01.2024 +11,00',
    )
    const names = result.statements.map(({ account }) => [account.name, account.number])
    expect(names).toEqual([
      ['Girokonto', 'DE02 1203 0000 0000 2020 51'],
      ['Tagesgeld PLUS-Konto', 'DE02 5001 0517 5407 3249 31'],
    ])
    expect(counts(result)).toEqual([2, 0, 0])
    expect(result.findings).toEqual([])
  })

  it('a balance carried over to the next page begins no other account: 100 − 10 − 20 = 70', () => {
    const result = read(
      'Alter Saldo 01.01.2024 100,00',
      '05.01.2024 Lastschrift Laden -10,00',
      'Kontostand nach Seite 1 90,00',
      'Kundennummer Muster',
      'Alter Saldo 90,00',
      '06.01.2024 Lastschrift Laden -20,00',
      'Neuer Saldo 31.01.2024 70,00',
    )
    expect(result.statements).toHaveLength(1)
    expect(amounts(result)).toEqual(['-10', '-20'])
    expect(result.findings).toEqual([])
  })
})

it('the number of units in the text of a trade is the quantity, whatever mark the amounts have', () => {
  const result = read(
    'Datum Typ Beschreibung Zahlungsausgang Saldo',
    '31.05.2025 Alter Saldo 5.100,00 €',
    '30.06.2025 Handel Buy trade IE0031786696 World ETF EUR Acc, quantity: 23.163118 4.992,79 € 107,21 €',
    '30.06.2025 Handel Sell trade IE0031786696 World ETF EUR Acc, quantity: 1.125 100,00 € 207,21 €',
  )
  expect(result.transactions.map(({ kind, amount, quantity }) => [kind, amount, quantity])).toEqual([
    ['buy', '-4992.79', '23.163118'],
    ['sell', '100', '-1.125'],
  ])
})
