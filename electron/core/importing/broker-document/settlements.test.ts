import { describe, expect, it } from 'vitest'
import { identify, type Read, readWith } from '../text/test-support.ts'
import { importers } from '../registry.ts'
import type { Importer } from '../importer.ts'
import { brokerDocumentImporters } from './broker-document-importer.ts'

const importerFor = (id: string): Importer => {
  const importer = brokerDocumentImporters.find((candidate) => candidate.id === id)
  if (importer === undefined) throw new Error(`There is no importer ${id}.`)
  return importer
}

const document = importerFor('document')

function read(text: string, id = 'document'): Read {
  return readWith(importerFor(id), text)
}

const counts = ({ transactions, skipped, failed }: Read): number[] => [
  transactions.length,
  skipped.length,
  failed.length,
]

/** Invented documents in the manner of the institutions; what they must give follows from the figures in them. */
const GERMAN_PURCHASE = `Musterbank AG · Beispielweg 1 · 12345 Musterstadt
Depotnummer 4711000815
Auftragsnummer 200345/11.00
Datum 05.03.2024
Wertpapier Abrechnung Kauf
Nominale Wertpapierbezeichnung ISIN (WKN)
Stück 12 ALLIANZ SE NA O.N. DE0008404005 (840400)
Handels-/Ausführungsplatz Xetra
Schlusstag/-Zeit 04.03.2024 10:15:30 Auftraggeber Erika Beispiel
Ausführungskurs 250,00 EUR Auftragserteilung Online-Banking
Kurswert 3.000,00- EUR
Provision 9,90- EUR
Handelsplatzentgelt 1,50- EUR
Ausmachender Betrag 3.011,40- EUR
Den Gegenwert buchen wir mit Valuta 06.03.2024 zu Lasten des Kontos 123456
Dieses Dokument wurde maschinell erstellt und wird nicht unterschrieben.`

describe('a settlement of a trade', () => {
  it('a German purchase: amount is what the account pays, fees lie within it (3,000.00 + 9.90 + 1.50 = 3,011.40)', () => {
    const result = read(GERMAN_PURCHASE)
    expect(counts(result)).toEqual([1, 0, 0])
    expect(result.statements).toMatchObject([{ account: { number: '4711000815', kind: 'brokerage' }, currency: 'EUR' }])
    expect(result.transactions).toEqual([
      {
        date: '2024-03-04',
        valueDate: '2024-03-06',
        time: '10:15:30',
        kind: 'buy',
        amount: '-3011.4',
        quantity: '12',
        price: '250',
        fee: '11.4',
        reference: '200345/11.00',
        security: {
          isin: 'DE0008404005',
          otherId: { scheme: 'WKN', value: '840400' },
          name: 'ALLIANZ SE NA O.N.',
        },
      },
    ])
    expect(result.findings).toEqual([])
  })

  it('the same as a cancellation turns amount and units', () => {
    const result = read(
      GERMAN_PURCHASE.replace('Wertpapier Abrechnung Kauf', 'Stornorechnung\nWertpapier Abrechnung Kauf'),
    )
    expect(result.transactions).toMatchObject([{ kind: 'buy', amount: '3011.4', quantity: '-12', memo: 'Storno' }])
  })

  it('a Swiss sale: apostrophes group, stamp duty is a tax (18,000.00 − 27.00 − 8.80 = 17,964.20)', () => {
    const result = read(`Beispiel Privatbank
Abrechnung Verkauf Portfolio: 1234567.000
Titel Musterfonds (CH) Anteile
ISIN CH0031768937
Abschlussdatum 04.07.2023
Anzahl 100 Stück
Kurs CHF 180.00
Kurswert CHF 18'000.00
Eidg. Umsatzabgabe CHF -27.00
SIX Börsengebühr CHF -8.80
Gutschrift CHF Konto 2026457.031 CHF 17'964.20
Valuta 06.07.2023`)
    expect(result.transactions).toMatchObject([
      {
        date: '2023-07-04',
        valueDate: '2023-07-06',
        kind: 'sell',
        amount: '17964.2',
        quantity: '-100',
        price: '180',
        fee: '8.8',
        tax: '27',
      },
    ])
  })

  it('an English contract note: the settlement line carries what is paid (25 × 12.40 + 9.50 = 319.50)', () => {
    const result = read(`Example Brokers Ltd
Buy Confirmation
Account Number: 1234567
Trade Date: 1 Jul 2021
Settlement Date: 5 Jul 2021
WE HAVE BOUGHT ON YOUR ACCOUNT
Quantity Security Code Security Description Price Consideration Currency
25 XMPL EXAMPLE YIELD FUND 12.40 $310.00 AUD
Brokerage $9.50 AUD
Net Value $319.50 AUD`)
    expect(result.transactions).toMatchObject([
      { date: '2021-07-01', kind: 'buy', amount: '-319.5', quantity: '25', fee: '9.5', security: { symbol: 'XMPL' } },
    ])
  })

  it('plain text of a bank nobody knows, whose title is a word alone: 15 × 86.42 + 5.99 = 1,302.29', () => {
    const text = `CONTRACT NOTE
Example Investments Limited
Bought for the account of Mr J Smith
Trade date: 11 January 2024    Settlement date: 15 January 2024
ISIN: IE00BK5BQT80      SEDOL: BK5BQT8
Quantity: 15    Price: £86.42
Consideration          £1,296.30
Commission                £5.99
Total cost             £1,302.29`
    expect(identify(document, text)).toBe('maybe')
    expect(read(text).transactions).toMatchObject([{ kind: 'buy', amount: '-1302.29', quantity: '15', fee: '5.99' }])
  })

  it("an Indian contract note: the broker's registration is no security (15,005.00 + 20.00 + 15.01 + 3.60 + 2.25)", () => {
    const result = read(`CONTRACT NOTE CUM TAX INVOICE
Example Broking Ltd   SEBI Reg INZ000000000
Trade Date: 05-Jan-2024    Settlement Date: 08-Jan-2024
Security: INFOSYS LTD   ISIN: INE009A01021
Buy / Sell: BUY
Quantity: 10
Price: Rs. 1500.50
Gross value: Rs. 15,005.00
Brokerage: Rs. 20.00
STT: Rs. 15.01
GST: Rs. 3.60
Stamp duty: Rs. 2.25
Net amount payable by client: Rs. 15,045.86`)
    expect(result.statements).toMatchObject([{ currency: 'INR' }])
    expect(result.transactions).toMatchObject([
      { kind: 'buy', amount: '-15045.86', quantity: '10', fee: '20', tax: '20.86', security: { isin: 'INE009A01021' } },
    ])
    expect(result.findings).toEqual([])
  })

  it('an Italian savings plan: columns below their header, the product tells which number counts units', () => {
    const result = read(`Esempio SIM
Nota contrattuale
per l'ordine del piano di accumulo
Esecuzione 25.08.2025 11:07:44 ID di scambio 078221047
Tipo Titolo Quantità Prezzo Importo
Acquisto Fondo Mondiale Esempio (Acc) 2.500000 unità 40.00 EUR 100.00 EUR
IE00B3YLTY66
Addebito 100.00 EUR
L'importo sarà regolato tramite il conto (valore: 27.08.2025)`)
    expect(result.transactions).toMatchObject([
      { kind: 'buy', amount: '-100', quantity: '2.5', price: '40', security: { isin: 'IE00B3YLTY66' } },
    ])
  })

  it('a tax that comes back is a booking of its own, for a tax is a magnitude (400.00 − 0.01 = 399.99)', () => {
    const result = read(
      `FinTech Group Bank AG
Wertpapierabrechnung Kauf Fonds/Zertifikate
Ihre Depotnummer 123456789
Handelstag 04.12.2017
Nr.12345678/1 Kauf MUSTER WORLD ETF (LU0392494562/ETF110)
Ausgeführt 8,000000 St. Kurswert EUR 400,00
Kurs 50,000000 EUR Provision 0,00 EUR
**Einbeh. Steuer EUR -0,01
Endbetrag EUR -399,99`,
      'document:flatex',
    )
    expect(result.transactions).toMatchObject([
      { kind: 'buy', amount: '-400', quantity: '8' },
      { kind: 'tax', amount: '0.01' },
    ])
  })
})

describe('a settlement of income', () => {
  it('a German dividend is booked net of tax (50.00 − 12.50 − 0.68 = 36.82)', () => {
    const result = read(`Musterbank AG
Depotnummer 4711000815
Dividendengutschrift
Nominale Wertpapierbezeichnung ISIN (WKN)
Stück 100 SIEMENS AG NA O.N. DE0007236101 (723610)
Zahlbarkeitstag 14.02.2024 Dividende pro Stück 0,50 EUR
Ex-Tag 09.02.2024
Dividendengutschrift 50,00+ EUR
Kapitalertragsteuer 25 % auf 50,00 EUR 12,50- EUR
Solidaritätszuschlag 5,5 % auf 12,50 EUR 0,68- EUR
Ausmachender Betrag 36,82+ EUR`)
    expect(counts(result)).toEqual([1, 0, 0])
    expect(result.transactions).toMatchObject([
      {
        date: '2024-02-14',
        kind: 'dividend',
        amount: '36.82',
        tax: '13.18',
        quantity: '100',
        security: { isin: 'DE0007236101' },
      },
    ])
  })

  it('a foreign dividend in the account currency by the rate of the document', () => {
    // 10.00 USD ÷ 1.2500 = 8.00 EUR; 1.50 USD withheld ÷ 1.2500 = 1.20 EUR; 8.00 − 1.20 = 6.80
    const result = read(`Musterbank AG
Dividendengutschrift
Stück 20 APPLE INC. US0378331005 (865985)
Zahlbarkeitstag 15.05.2024
Bruttobetrag 10,00 USD
Devisenkurs EUR / USD 1,2500
Einbehaltene Quellensteuer 15 % 1,50- USD
Ausmachender Betrag 6,80+ EUR`)
    expect(result.transactions).toMatchObject([{ kind: 'dividend', amount: '6.8', tax: '1.2' }])
  })

  it('what is payable of income is so to the holder: 150 × 27.09p = 40.64, and a bank nobody knows is read', () => {
    const text = `DIVIDEND CONFIRMATION
Registrars Ltd      Shareholder reference: C0012345
Security: EXAMPLE PLC ORD     ISIN: GB00BP6MXD84
Payment date: 25 March 2024
Holding: 150 shares     Rate per share: 27.09p
Dividend payable: £40.64`
    expect(read(text).transactions).toMatchObject([
      { date: '2024-03-25', kind: 'dividend', amount: '40.64', security: { isin: 'GB00BP6MXD84' } },
    ])
    expect(identify(document, text)).toBe('likely')
  })

  it('a Dutch and a Norwegian net amount: 2.90 − 0.44 = 2.46', () => {
    const dutch = read(`DIVIDENDNOTA
Fonds: ASML HOLDING NV       ISIN: NL0010273215
Betaaldatum: 14-02-2024
Aantal stukken: 2
Bruto dividend           EUR 2,90
Dividendbelasting 15%    EUR 0,44
Uit te betalen bedrag    EUR 2,46`)
    expect(dutch.transactions).toMatchObject([{ kind: 'dividend', amount: '2.46', tax: '0.44' }])
    const norwegian = read(`SLUTTSEDDEL
Salg
Verdipapir: EQUINOR ASA      ISIN: NO0010096985
Handelsdato: 16.01.2024    Oppgjørsdato: 18.01.2024
Antall: 40
Kurs: 298,50 NOK
Kursverdi      11 940,00 NOK
Kurtasje           49,00 NOK
Til gode       11 891,00 NOK`)
    // 40 × 298.50 − 49
    expect(norwegian.transactions).toMatchObject([{ kind: 'sell', amount: '11891', quantity: '-40', fee: '49' }])
  })

  it('what a fund keeps is no income: the tax on it is paid', () => {
    const result = read(
      `flatexDEGIRO Bank AG
Ertragsmitteilung - thesaurierender Fonds
Nr.4061359393 MUSTER FONDS (LU0392494562/ETF110)
St. : 75,0 Bruttothesaurierung
Valuta : 09.01.2025 *Einbeh. Steuer : 107,10 EUR
Endbetrag : -107,10 EUR`,
      'document:flatex',
    )
    expect(result.transactions).toMatchObject([{ date: '2025-01-09', kind: 'tax', amount: '-107.1' }])
  })

  it('letters printed one by one are put together', () => {
    const result = read(
      `25449 Quickborn
comdirect bank
 G u t s c h  ri f t fä  ll ig  e r W  e r t p a p i e r -E  r tr ä g e
Depotbestand                          Wertpapier-Bezeichnung               WKN/ISIN
 p er  1 2 . 1 2 . 2  02  3                         M us  ter  F o n d s                    8 4 7  5 0 9
 S T K              2 0 0 , 0 0 0                I  n h a b er  -A n t  ei l e                   D  E 00  0 84  75 0  9 6
EUR 0,20      Ausschüttung pro Stück
zahlbar ab 15.12.2023
Bruttobetrag:                                              EUR              40,00
Gutschrift auf Konto                    Valuta             Zu Ihren Gunsten
1111111 11     EUR                      15.12.2023         EUR              40,00`,
      'document:comdirect',
    )
    expect(result.transactions).toMatchObject([
      { date: '2023-12-15', kind: 'dividend', amount: '40', quantity: '200', security: { isin: 'DE0008475096' } },
    ])
  })
})

describe('several settlements in one file', () => {
  it('each is one transaction; a damaged one among them is named and the others stay', () => {
    const one = (order: string, amount: string): string => `Nr.${order}/1 Kauf MUSTER AG (DE0008404005/840400)
davon ausgef. : 10,00 St. Schlusstag : 02.01.2024, 15:30 Uhr
Kurs : 20,0000 EUR Kurswert : 200,00 EUR
Valuta : 04.01.2024 Endbetrag : ${amount}`
    const text = [
      'flatexDEGIRO Bank AG',
      'Sammelabrechnung (Wertpapierkauf/-verkauf)',
      one('11', '-200,00 EUR'),
      one('12', ''),
      one('13', '-200,00 EUR'),
    ].join('\n')
    const result = read(text, 'document:flatex')
    expect(counts(result)).toEqual([2, 0, 1])
    expect(result.failed).toMatchObject([{ record: 7, reason: { code: 'missing-amount' } }])
  })
})

describe('what is no broker document', () => {
  it.each([
    ['a table', 'Date;Amount;Text\n2024-01-01;1,00;Kauf\n2024-01-02;2,00;Verkauf\n'],
    ['OFX', 'OFXHEADER:100\nDATA:OFXSGML\n'],
    ['prose', 'Dear reader,\nthis is a letter about nothing.\n'],
    ['nothing', ''],
  ])('%s is left to others', (_, text) => {
    for (const importer of brokerDocumentImporters) expect(identify(importer, text)).toBe('no')
  })

  it('every importer has an id of its own', () => {
    const ids = importers.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(identify(document, GERMAN_PURCHASE)).toBe('likely')
  })
})
