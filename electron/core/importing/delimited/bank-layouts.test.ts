import { describe, expect, it } from 'vitest'
import { encode, linesOf, readBytes, readText } from './test-support.ts'

/**
 * Layouts as banks around the world write them; the figures are invented. Expected lines are copied from the text by
 * eye: date, amount as the account sees it, payee.
 */
interface Layout {
  readonly bank: string
  readonly text: string
  readonly lines: readonly string[]
  readonly account?: string
  readonly currency?: string | null
  readonly opening?: string
  readonly closing?: string
  readonly skipped?: readonly string[]
  readonly failed?: readonly string[]
}

const layouts: readonly Layout[] = [
  {
    bank: 'German bank: preamble with labels, comma, semicolon at the end of each line',
    text: `"Kontonummer:";"DE12120300000012345678 / Girokonto";

"Kontostand vom 24.10.2019:";"1.234,56 EUR";

"Buchungstag";"Wertstellung";"Buchungstext";"Auftraggeber / Begünstigter";"Verwendungszweck";"Kontonummer";"BLZ";"Betrag (EUR)";"Gläubiger-ID";"Kundenreferenz";
"24.10.2019";"24.10.2019";"Lastschrift";"ACME GMBH";"RECHNUNG 5";"DE02120300000000202051";"BYLADEM1001";"-1.049,99";"DE98ZZZ";"K1";
"01.10.2019";"01.10.2019";"Gutschrift";"ARBEITGEBER AG";"LOHN";"DE02500105170137075030";"INGDDEFF";"2.500,00";"";"";
`,
    lines: ['2019-10-24 -1049.99 ACME GMBH', '2019-10-01 2500 ARBEITGEBER AG'],
    account: 'DE12120300000012345678',
    currency: 'EUR',
    closing: '1234.56',
  },
  {
    bank: 'German bank: payer and payee side by side, each row names the other one',
    text: `"Girokonto";"DE12120300000012345678"
""
"Buchungsdatum";"Status";"Zahlungspflichtige*r";"Zahlungsempfänger*in";"Verwendungszweck";"Umsatztyp";"IBAN";"Betrag (€)"
"24.10.23";"Gebucht";"ICH";"REWE";"Einkauf";"Ausgang";"DE02120300000000202051";"-49,99"
"20.10.23";"Gebucht";"CHEF";"ICH";"Lohn";"Eingang";"DE02120300000000202051";"2.049,99"
`,
    lines: ['2023-10-24 -49.99 REWE', '2023-10-20 2049.99 CHEF'],
    account: 'DE12120300000012345678',
    currency: 'EUR',
  },
  {
    bank: 'German bank: a pending row without a day, the balance before the table below it',
    text: `;
"Umsätze Girokonto";"Zeitraum: 30 Tage";
"Neuer Kontostand";"1.234,56 EUR";

"Buchungstag";"Wertstellung (Valuta)";"Vorgang";"Buchungstext";"Umsatz in EUR";
"offen";"--";"Lastschrift / Belastung";"Auftraggeber: X Buchungstext: vorgemerkt";"-5,00";
"05.01.2024";"05.01.2024";"Übertrag / Überweisung";"Empfänger: Max Buchungstext: Miete";"-800,00";
"04.01.2024";"04.01.2024";"Lastschrift / Belastung";"Auftraggeber: STROM AG Buchungstext: Abschlag";"-60,10";

"Alter Kontostand";"2.094,66 EUR";
`,
    lines: [
      '2024-01-05 -800 Empfänger: Max Buchungstext: Miete',
      '2024-01-04 -60.1 Auftraggeber: STROM AG Buchungstext: Abschlag',
    ],
    currency: 'EUR',
    opening: '2094.66',
    closing: '1234.56',
    skipped: ['6 not-settled', '10 balance-row'],
  },
  {
    bank: 'Dutch bank: Af and Bij, amounts without sign',
    text: `"Datum";"Naam / Omschrijving";"Rekening";"Tegenrekening";"Code";"Af Bij";"Bedrag (EUR)";"Mutatiesoort";"Mededelingen";"Saldo na mutatie";"Tag"
"20240115";"ALBERT HEIJN 1234";"NL99INGB0001234567";"";"BA";"Af";"12,34";"Betaalautomaat";"Pasvolgnr: 001";"987,66";""
"20240110";"WERKGEVER BV";"NL99INGB0001234567";"NL20RABO0123456789";"OV";"Bij";"1000,00";"Overschrijving";"Salaris";"1000,00";""
`,
    lines: ['2024-01-15 -12.34 ALBERT HEIJN 1234', '2024-01-10 1000 WERKGEVER BV'],
    account: 'NL99INGB0001234567',
    currency: 'EUR',
    opening: '0',
    closing: '987.66',
  },
  {
    bank: 'Dutch bank without header, tabs, a balance before and one after each row',
    text: `123456789\tEUR\t20240102\t1000,00\t950,00\t20240102\t-50,00\tBEA ALBERT HEIJN
123456789\tEUR\t20240103\t950,00\t1450,00\t20240103\t500,00\tSEPA Overboeking SALARIS
123456789\tEUR\t20240105\t1450,00\t1440,05\t20240105\t-9,95\tSEPA Incasso NETFLIX
123456789\tEUR\t20240108\t1440,05\t1400,00\t20240108\t-40,05\tBEA SHELL
`,
    lines: [
      '2024-01-02 -50 BEA ALBERT HEIJN',
      '2024-01-03 500 SEPA Overboeking SALARIS',
      '2024-01-05 -9.95 SEPA Incasso NETFLIX',
      '2024-01-08 -40.05 BEA SHELL',
    ],
    account: '123456789',
    currency: 'EUR',
    opening: '1000',
    closing: '1400',
  },
  {
    bank: 'Finnish bank: tabs, plus signs, the other account in a column that is mostly blank',
    text: `Kirjauspäivä\tArvopäivä\tMaksupäivä\tMäärä\tSaaja/Maksaja\tTilinumero\tBIC\tTapahtuma\tViite\tViesti
02.01.2024\t02.01.2024\t02.01.2024\t-12,30\tK-MARKET\t\t\tKorttiosto\t\tkorttimaksu
15.01.2024\t15.01.2024\t15.01.2024\t+2000,00\tTYÖNANTAJA OY\tFI12\t\tPalkka\t\tpalkka
`,
    lines: ['2024-01-02 -12.3 K-MARKET', '2024-01-15 2000 TYÖNANTAJA OY'],
  },
  {
    bank: 'Swedish bank: a title line, row numbers, three dates',
    text: `* Transaktioner Period 2023-01-01 – 2023-01-31 Skapad 2023-02-01 10:00 CET
Radnummer,Clearingnummer,Kontonummer,Produkt,Valuta,Bokföringsdag,Transaktionsdag,Valutadag,Referens,Beskrivning,Belopp,Bokfört saldo
1,80000,123456789,Privatkonto,SEK,2023-01-30,2023-01-29,2023-01-30,ICA,ICA MAXI,-512.50,9487.50
2,80000,123456789,Privatkonto,SEK,2023-01-25,2023-01-25,2023-01-25,LÖN,LÖN ACME,10000.00,10000.00
`,
    lines: ['2023-01-30 -512.5 ICA MAXI', '2023-01-25 10000 LÖN ACME'],
    account: '123456789',
    currency: 'SEK',
    opening: '0',
    closing: '9487.5',
  },
  {
    bank: 'Norwegian bank: out of and into the account',
    text: `"Dato";"Forklaring";"Rentedato";"Ut fra konto";"Inn på konto"
"02.01.2024";"Varekjøp REMA 1000";"02.01.2024";"345,60";""
"12.01.2024";"Lønn";"12.01.2024";"";"30000,00"
`,
    lines: ['2024-01-02 -345.6 Varekjøp REMA 1000', '2024-01-12 30000 Lønn'],
  },
  {
    bank: 'Danish bank: a row that waits is pending',
    text: `"Dato";"Kategori";"Underkategori";"Tekst";"Beløb";"Saldo";"Status";"Afstemt"
"02.01.2024";"Mad";"Dagligvarer";"NETTO";"-123,45";"4.876,55";"Udført";"Nej"
"03.01.2024";"Løn";"";"LØNOVERFØRSEL";"20.000,00";"24.876,55";"Udført";"Nej"
"05.01.2024";"Andet";"";"MOBILEPAY";"-50,00";"";"Venter";"Nej"
`,
    lines: ['2024-01-02 -123.45 NETTO', '2024-01-03 20000 LØNOVERFØRSEL', '2024-01-05 -50 MOBILEPAY'],
    opening: '5000',
    closing: '24876.55',
  },
  {
    bank: 'Russian card: two amounts, two currencies, a declined payment, rows without a card',
    text: `"Дата операции";"Дата платежа";"Номер карты";"Статус";"Сумма операции";"Валюта операции";"Сумма платежа";"Валюта платежа";"Кэшбэк";"Категория";"MCC";"Описание"
"05.01.2024 18:33:03";"06.01.2024";"*1234";"OK";"-3,50";"USD";"-350,00";"RUB";"3";"Кафе";"5814";"Coffee"
"04.01.2024 12:00:00";"";"*1234";"FAILED";"-999,00";"RUB";"-999,00";"RUB";"";"Такси";"4121";"Такси"
"03.01.2024 09:00:00";"03.01.2024";"";"OK";"50000,00";"RUB";"50000,00";"RUB";"";"Зарплата";"";"ООО Ромашка"
`,
    lines: ['2024-01-06 -350 Coffee', '2024-01-03 50000 ООО Ромашка'],
    account: '*1234',
    currency: 'RUB',
    skipped: ['3 not-settled'],
  },
  {
    bank: 'American card: purchases positive, payments negative',
    text: `Date,Description,Card Member,Account #,Amount
01/28/2024,AMAZON MARKETPLACE,J DOE,-11001,45.67
01/25/2024,AUTOPAY PAYMENT - THANK YOU,J DOE,-11001,-300.00
01/20/2024,SHELL OIL,J DOE,-11001,52.10
01/18/2024,UBER TRIP,J DOE,-11001,12.00
`,
    lines: [
      '2024-01-28 -45.67 AMAZON MARKETPLACE',
      '2024-01-25 300 AUTOPAY PAYMENT - THANK YOU',
      '2024-01-20 -52.1 SHELL OIL',
      '2024-01-18 -12 UBER TRIP',
    ],
  },
  {
    bank: 'American card: debit and credit columns',
    text: `Transaction Date,Posted Date,Card No.,Description,Category,Debit,Credit
2024-01-14,2024-01-15,1234,STARBUCKS,Dining,5.75,
2024-01-10,2024-01-10,1234,MOBILE PYMT,Payment/Credit,,200.00
`,
    lines: ['2024-01-15 -5.75 STARBUCKS', '2024-01-10 200 MOBILE PYMT'],
    account: '1234',
  },
  {
    bank: 'American bank: a summary table above, a dated row with the opening balance',
    text: `Description,,Summary Amt.
Beginning balance as of 01/01/2024,,"1,000.00"
Total credits,,"2,500.00"
Total debits,,"-45.00"
Ending balance as of 01/31/2024,,"3,455.00"

Date,Description,Amount,Running Bal.
01/01/2024,Beginning balance as of 01/01/2024,,"1,000.00"
01/05/2024,"PAYROLL ACME","2,500.00","3,500.00"
01/15/2024,"GROCERY","-45.00","3,455.00"
`,
    lines: ['2024-01-05 2500 PAYROLL ACME', '2024-01-15 -45 GROCERY'],
    opening: '1000',
    closing: '3455',
    skipped: ['8 balance-row'],
  },
  {
    bank: 'American bank without header',
    text: `"01/31/2024","-12.00","*","","PURCHASE AUTHORIZED ON 01/30 CAFE"
"01/15/2024","2500.00","*","","ACME PAYROLL"
"01/13/2024","-100.00","*","1021","CHECK # 1021"
`,
    lines: [
      '2024-01-31 -12 PURCHASE AUTHORIZED ON 01/30 CAFE',
      '2024-01-15 2500 ACME PAYROLL',
      '2024-01-13 -100 CHECK # 1021',
    ],
  },
  {
    bank: 'Canadian bank without header: money out, money in, balance',
    text: `01/31/2024,TIM HORTONS #123,4.56,,995.44
01/30/2024,PAYROLL DEP,,1000.00,1000.00
01/29/2024,HYDRO BILL,80.00,,0.00
01/28/2024,OPENING TRF,,80.00,80.00
`,
    lines: [
      '2024-01-31 -4.56 TIM HORTONS #123',
      '2024-01-30 1000 PAYROLL DEP',
      '2024-01-29 -80 HYDRO BILL',
      '2024-01-28 80 OPENING TRF',
    ],
    opening: '0',
    closing: '995.44',
  },
  {
    bank: 'Australian bank without header: plus signs, balance at the end',
    text: `15/01/2024,"-45.20","WOOLWORTHS 1234 SYDNEY","+954.80"
14/01/2024,"+1000.00","Salary ACME","+1000.00"
13/01/2024,"-20.00","BP","+0.00"
28/12/2023,"+20.00","Transfer","+20.00"
`,
    lines: [
      '2024-01-15 -45.2 WOOLWORTHS 1234 SYDNEY',
      '2024-01-14 1000 Salary ACME',
      '2024-01-13 -20 BP',
      '2023-12-28 20 Transfer',
    ],
    opening: '0',
    closing: '954.8',
  },
  {
    bank: 'British bank: pounds in the cells, money out and in',
    text: `"Account Name:","FlexAccount ****12345"
"Account Balance:","£500.00"

"Date","Transaction type","Description","Paid out","Paid in","Balance"
"07 Nov 2023","Bank credit","Bank credit J Smith","","£500.00","£500.00"
"06 Nov 2023","Visa purchase","CAFE","£4.50","","£0.00"
`,
    lines: ['2023-11-07 500 Bank credit J Smith', '2023-11-06 -4.5 CAFE'],
    currency: 'GBP',
    closing: '500',
  },
  {
    bank: 'Indian bank: DR and CR beside the amount, the currency in the header',
    text: `Tran Date,Particulars,Amount(INR),DR|CR,Balance(INR)
01-01-2024,UPI/P2M/SWIGGY,250.00,DR,9750.00
03-01-2024,NEFT SALARY,50000.00,CR,59750.00
13-01-2024,ATM-CASH,1000.00,DR,58750.00
`,
    lines: ['2024-01-01 -250 UPI/P2M/SWIGGY', '2024-01-03 50000 NEFT SALARY', '2024-01-13 -1000 ATM-CASH'],
    currency: 'INR',
    opening: '10000',
    closing: '58750',
  },
  {
    bank: 'Chinese bank: amount columns by direction, tabs inside the quotes, totals below',
    text: `# 账号: [一卡通:6214****1234 深圳分行 ]

"交易日期","交易时间","收入","支出","余额","交易类型","交易备注"
"\t20240105","\t12:30:01","","35.00","965.00","银联消费","美团"
"\t20240104","\t09:00:00","1000.00","","1000.00","代发工资","某公司"

# 收入合计: 1笔，共1000.00元
`,
    lines: ['2024-01-05 -35 美团', '2024-01-04 1000 某公司'],
    account: '6214****1234',
    opening: '0',
    closing: '965',
    skipped: ['7 totals-row'],
  },
  {
    bank: 'Brazilian card: date, title, amount; spending positive',
    text: `date,title,amount
2024-01-15,Uber *Trip,23.90
2024-01-14,Pagamento recebido,-500.00
2024-01-12,Ifood,54.20
2024-01-11,Netflix.com,39.90
2024-01-10,Mercado Livre,120.00
`,
    lines: [
      '2024-01-15 -23.9 Uber *Trip',
      '2024-01-14 500 Pagamento recebido',
      '2024-01-12 -54.2 Ifood',
      '2024-01-11 -39.9 Netflix.com',
      '2024-01-10 -120 Mercado Livre',
    ],
  },
  {
    bank: 'French bank: labels over several lines',
    text: `Téléchargement du 31/01/2024;

Compte de Dépôt carte n° 12345678901;

Date;Libellé;Débit euros;Crédit euros;
15/01/2024;"PAIEMENT PAR CARTE
CARREFOUR PARIS 14/01";23,50;;
10/01/2024;"VIREMENT EN VOTRE FAVEUR
ACME SA";;1 800,00;
`,
    lines: [
      '2024-01-15 -23.5 PAIEMENT PAR CARTE CARREFOUR PARIS 14/01',
      '2024-01-10 1800 VIREMENT EN VOTRE FAVEUR ACME SA',
    ],
  },
  {
    bank: 'Swiss bank: balances above, debits written negative, prose below',
    text: `Kontonummer:;0123 00012345.67;
Anfangssaldo:;1000.00;
Schlusssaldo:;2150.50;
Bewertet in:;CHF;

Buchungsdatum;Valutadatum;Währung;Belastung;Gutschrift;Saldo;Transaktions-Nr.;Beschreibung1;Beschreibung2;
2024-01-25;2024-01-25;CHF;;1200.00;2150.50;9930025BN1;"ACME AG";"Lohn";
2024-01-15;2024-01-15;CHF;-49.50;;950.50;9930025BN2;"Migros";"Karte";

Disclaimer:
`,
    lines: ['2024-01-25 1200 ACME AG', '2024-01-15 -49.5 Migros'],
    account: '0123 00012345.67',
    currency: 'CHF',
    opening: '1000',
    closing: '2150.5',
    skipped: ['10 information-only'],
  },
  {
    bank: 'Hungarian bank: year first with points, whole amounts',
    text: `Könyvelés dátuma;Értéknap;Típus;Összeg;Devizanem;Egyenleg;Közlemény;Ellenoldali név
2024.01.15;2024.01.15;VÁSÁRLÁS KÁRTYÁVAL;-4520;HUF;95480;SPAR BUDAPEST;SPAR
2024.01.10;2024.01.10;ÁTUTALÁS;100000;HUF;100000;fizetés;ACME KFT
`,
    lines: ['2024-01-15 -4520 SPAR', '2024-01-10 100000 ACME KFT'],
    currency: 'HUF',
    opening: '0',
    closing: '95480',
  },
  {
    bank: 'Wallet: beginning and ending balances in rows of their own, signs apart from the amount',
    text: `Account Statement - (@Jane-Doe) ,,,,,,,,
Account Activity,,,,,,,,
,ID,Datetime,Type,Status,Note,From,To,Amount (total)
,3001,2024-01-05T10:00:00,Payment,Complete,Pizza,Jane Doe,John Roe,- $20.00
,3002,2024-01-08T11:00:00,Payment,Complete,Rent,Max Poe,Jane Doe,+ $500.00
`,
    lines: ['2024-01-05 -20 John Roe', '2024-01-08 500 Max Poe'],
  },
  {
    bank: 'Neobank: the fee comes on top of the amount, as the balance shows; a reverted row moves nothing',
    text: `Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance
TOPUP,Current,2024-01-02 11:00:00,2024-01-02 11:00:05,Top-up,100.00,0.00,EUR,COMPLETED,100.00
ATM,Current,2024-01-03 11:00:00,2024-01-03 11:00:05,Cash,-50.00,1.25,EUR,COMPLETED,48.75
CARD,Current,2024-01-04 11:00:00,,Hotel,-30.00,0.00,EUR,REVERTED,
CARD,Current,2024-01-05 11:00:00,,Fuel,-20.00,0.00,EUR,PENDING,
CARD,Current,2024-01-05 11:00:00,2024-01-06 11:00:00,Shop,-8.75,0.00,EUR,COMPLETED,40.00
`,
    lines: ['2024-01-02 100 Top-up', '2024-01-03 -51.25 Cash', '2024-01-05 -20 Fuel', '2024-01-06 -8.75 Shop'],
    currency: 'EUR',
    opening: '0',
    closing: '40',
    skipped: ['4 not-settled'],
  },
  {
    bank: 'Payment service: gross, fee and net; the net is what moved',
    text: `"Date","Time","Name","Type","Status","Currency","Gross","Fee","Net","Transaction ID","Balance"
"10/21/2024","05:07:06","Noble Benefactor","Payment","Completed","USD","10.00","-0.59","9.41","68LL1662YP3134303","9.41"
"10/22/2024","06:07:06","Shop","Payment","Completed","USD","-4.00","0.00","-4.00","68LL1662YP3134304","5.41"
`,
    lines: ['2024-10-21 9.41 Noble Benefactor', '2024-10-22 -4 Shop'],
    currency: 'USD',
    opening: '0',
    closing: '5.41',
  },
  {
    bank: 'Broker account: one title over currency and amount',
    text: `Datum,Tijd,Valutadatum,Product,ISIN,Omschrijving,FX,Mutatie,,Saldo,,Order Id
27-12-2019,08:14,27-12-2019,SOME ETF,NL0009272749,Dividend,,EUR,"0,19",EUR,"13,88",
25-09-2019,07:54,25-09-2019,SOME ETF,NL0009272749,Dividendbelasting,,EUR,"-0,07",EUR,"13,69",
`,
    lines: ['2019-12-27 0.19 Dividend', '2019-09-25 -0.07 Dividendbelasting'],
    currency: 'EUR',
    closing: '13.88',
  },
  {
    bank: 'Book-keeping program: balances and totals among the rows',
    text: `Bank Statement

Date,Narration,Withdrawals (Dr),Deposits (Cr),Closing Balance
01/01/2024,Opening Balance,,,1000.00
02/01/2024,ATM,500.00,,500.00
15/01/2024,Salary,,2000.00,2500.00
,Total,500.00,2000.00,
Date,Narration,Withdrawals (Dr),Deposits (Cr),Closing Balance
16/01/2024,Coffee,2.50,,2497.50
31/01/2024,Closing Balance,,,2497.50
`,
    lines: ['2024-01-02 -500 ATM', '2024-01-15 2000 Salary', '2024-01-16 -2.5 Coffee'],
    opening: '1000',
    closing: '2497.5',
    skipped: ['4 balance-row', '7 totals-row', '8 repeated-header', '10 balance-row'],
  },
  {
    bank: 'Whole lines quoted once more',
    text: `"Date,Description,Amount"
"2024-01-05,""Shop, A"",-5.00"
"2024-01-06,Salary,100.00"
`,
    lines: ['2024-01-05 -5 Shop, A', '2024-01-06 100 Salary'],
  },
  {
    bank: 'Damaged records are named and spare their neighbours',
    text: `Date,Description,Amount
2024-01-05,First,-5.00
2024-13-45,No such day,-6.00
2024-01-07,No number,-6x.00
,No day,-7.00
2024-01-09,No amount,
2024-01-10,"Never closed,-8.00
2024-01-11,Last,-9.00
`,
    lines: ['2024-01-05 -5 First', '2024-01-10 -8 "Never closed', '2024-01-11 -9 Last'],
    failed: ['3 bad-date', '4 bad-amount', '5 missing-date', '6 missing-amount'],
  },
]

describe('delimited text of banks', () => {
  it.each(layouts)('$bank', (layout) => {
    const file = readText(layout.text)
    expect(linesOf(file)).toEqual(layout.lines)
    const { account, currency, opening, closing } = layout
    const stated = Object.entries({ account, currency, opening, closing }).filter(([, value]) => value !== undefined)
    const [statement] = file.statements
    expect({ ...file.balances, account: statement?.account.number, currency: statement?.currency }).toMatchObject(
      Object.fromEntries(stated),
    )
    expect(file.skipped).toEqual(layout.skipped ?? [])
    expect(file.failed).toEqual(layout.failed ?? [])
  })

  it('a second table under the name of another account is that account’s', () => {
    const file = readText(`Account number;DE89370400440532013000

Date;Text;Amount
2024-01-05;Shop;-5.00

Account number;DE02120300000000202051

Date;Text;Amount
2024-01-06;Wages;900.00
`)
    expect(file.statements.map(({ account }) => account.number)).toEqual([
      'DE89370400440532013000',
      'DE02120300000000202051',
    ])
    expect(linesOf(file)).toEqual(['2024-01-05 -5 Shop', '2024-01-06 900 Wages'])
    expect(file.skipped).toEqual(['6 information-only', '8 repeated-header'])
  })

  const contributions = `Date,Particulars,Uploaded By,Employee,Employer,Total Amount
11-Apr-2022,For March 2022,Agent (1),0.00,218.42,218.42
18-Apr-2022,Paid out,Agent (2),-500.00,0.00,-500.00
06-Jun-2022,For May 2022,Agent (1),0.00,35.40,35.40
`
  const units = `Date,Particulars,Deduction (Rs),NAV,Unit holding,Scheme E Units
01-Apr-2022,Opening balance,,,,109.4297
11-Apr-2022,By Contribution,163.81,38.3058,113.7061,4.2764
18-Apr-2022,By Contribution,375.00,37.3638,123.7426,10.0365
30-Apr-2022,Closing balance,,,,123.7426
`

  it('records below the headings of another table are named, not read by the columns above', () => {
    const file = readText(`${contributions}
Transactions

${units}`)
    expect(linesOf(file).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      '2022-04-11 218.42',
      '2022-04-18 -500',
      '2022-06-06 35.4',
    ])
    expect(file.failed).toEqual(['10 unsupported-record', '11 unsupported-record'])
    expect(file.balances).toEqual({})
  })

  it('so are those of a table above the one that is read; dated facts above a table are none', () => {
    const rows = '2024-01-05,Shop,-5.00,95.00\n2024-01-06,Wages,900.00,995.00\n'
    const table = `Date,Description,Amount,Balance\n${rows}`
    const file = readText(`Date,Card,Limit\n2024-01-04,1234,500.00\n\n${table}`)
    expect(linesOf(file)).toEqual(['2024-01-05 -5 Shop', '2024-01-06 900 Wages'])
    expect(readText(`Printed,2024-02-01,Balance,995.00\n\n${table}`).failed).toEqual([])
    const pending = readText(`Date,Merchant,Amount\n2024-01-07,Cafe,-3.00\n\n${table}`)
    expect(linesOf(pending)).toEqual(['2024-01-05 -5 Shop', '2024-01-06 900 Wages'])
    expect(pending.failed).toEqual(['2 unsupported-record'])
  })

  it('a payment of a balance is a payment, and a shop called Total is a shop', () => {
    const file = readText(`Date,Description,Amount
2024-01-05,Statement balance payment,-5.00
2024-01-06,TOTAL,-40.00
2024-01-07,New Balance,-99.00
2024-01-08,Opening balance,100.00
`)
    expect(linesOf(file)).toEqual([
      '2024-01-05 -5 Statement balance payment',
      '2024-01-06 -40 TOTAL',
      '2024-01-07 -99 New Balance',
    ])
    expect(file.skipped).toEqual(['5 balance-row'])
  })

  it('accounts and currencies of one file become statements of their own', () => {
    const file =
      readText(`"Date","Description","Original Description","Amount","Transaction Type","Category","Account Name"
"8/10/2016","Cafe","CAFE 12345","2.45","debit","Coffee","My Card"
"11/27/2016","Transfer","CR CARD PAYMENT","66.88","credit","Payment","My Card"
"12/02/2016","Transfer","TRNSFR","66.88","debit","Transfer","My Checking"
`)
    expect(file.statements.map(({ account }) => account.name)).toEqual(['My Card', 'My Checking'])
    expect(linesOf(file)).toEqual(['2016-08-10 -2.45 Cafe', '2016-11-27 66.88 Transfer', '2016-12-02 -66.88 Transfer'])
  })

  it.each([
    [
      'windows-1250',
      'Data operacji;Opis operacji;Kwota;Saldo\n03.01.2024;Zakup ŻABKA, Łódź żółć;-50,20;49,80\n',
      'Zakup ŻABKA, Łódź żółć',
    ],
    [
      'windows-1257',
      'Data;Gavėjas;Suma;Valiuta\n2024-01-03;Žalgirio vaistinė, Šiauliai;-5,20;EUR\n',
      'Žalgirio vaistinė, Šiauliai',
    ],
    ['windows-1251', 'Дата;Описание;Сумма\n13.01.2024;Продукты на рынке;-350,00\n', 'Продукты на рынке'],
    ['windows-1252', 'Buchungstag;Empfänger;Betrag\n13.01.2024;Bäckerei Süß, Köln;-3,50\n', 'Bäckerei Süß, Köln'],
    [
      'shift_jis',
      '年月日,お引出し,お預入れ,お取り扱い内容,残高\n2024/1/15,3500,,カード コンビニ,96500\n',
      'カード コンビニ',
    ],
    ['euc-kr', '거래일자,적요,출금액,입금액,잔액\n2024-01-15,편의점 카드결제,3500,,96500\n', '편의점 카드결제'],
  ])('reads %s', (encoding, text, payee) => {
    const file = readBytes(encode(text, encoding))
    expect(file.layout?.layout.encoding).toBe(encoding)
    expect(file.transactions[0]?.payee).toBe(payee)
  })

  it('a file of daily balances has a balance and no transactions', () => {
    const file = readText('"Datum","Boeksaldo"\n"2020-05-30","13,20"\n"2020-05-29","12,10"\n')
    expect(file.transactions).toEqual([])
    expect(file.balances['closing']).toBe('13.2')
    expect(file.skipped).toEqual(['2 balance-row', '3 balance-row'])
  })

  it('a header without rows is an empty statement', () => {
    const file = readText('Date,Description,Amount,Balance\n')
    expect(file.statements).toHaveLength(1)
    expect(file.transactions).toEqual([])
  })
})
