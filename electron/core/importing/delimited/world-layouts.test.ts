import { describe, expect, it } from 'vitest'
import { linesOf, readText } from './test-support.ts'

/** Layouts of banks in languages and calendars beyond the first ones; figures invented, expected lines by eye. */
interface Layout {
  readonly bank: string
  readonly text: string
  readonly lines: readonly string[]
  readonly currency?: string
  readonly opening?: string
  readonly closing?: string
  readonly warned?: readonly string[]
}

const layouts: readonly Layout[] = [
  {
    bank: 'Thai bank: years of the Buddhist era, Thai words over money out, in and balance',
    text: `วันที่,เวลา,รายการ,ถอนเงิน,ฝากเงิน,ยอดคงเหลือ,ช่องทาง
31/01/2567,10:12,โอนเงิน,"1,500.00",,"8,500.00",แอป
25/01/2567,09:00,รับโอนเงิน,,"10,000.00","10,000.00",อื่นๆ
`,
    lines: ['2024-01-31 -1500 โอนเงิน', '2024-01-25 10000 รับโอนเงิน'],
    closing: '8500',
  },
  {
    bank: 'Taiwanese bank: years of the republic',
    text: `日期,摘要,支出,存入,結餘
113/01/31,ATM提款,"3,000",,"27,000"
113/01/05,薪資轉帳,,"30,000","30,000"
`,
    lines: ['2024-01-31 -3000 ATM提款', '2024-01-05 30000 薪資轉帳'],
    closing: '27000',
  },
  {
    bank: 'Japanese post bank: years of the era, the balance called what is there now',
    text: `お客さま口座情報,記号10120,番号12345671
取引日,受入金額（円）,払出金額（円）,詳細１,詳細２,現在（貸付）高
令和6年1月5日,,"10,000",ＡＴＭ,カード,"90,000"
令和6年1月25日,"200,000",,給与,カ）テスト,"290,000"
`,
    lines: ['2024-01-05 -10000 カード', '2024-01-25 200000 カ）テスト'],
    currency: 'JPY',
    opening: '100000',
    closing: '290000',
  },
  {
    bank: 'Japanese bank: paid and kept amounts are two directions',
    text: `"日付","摘要","摘要内容","支払い金額","預かり金額","差引残高","メモ"
"2024/2/5","口座振替４","ガス会社","5,432","","94,568",""
"2024/2/1","給料","カ）テスト","","100,000","100,000",""
`,
    lines: ['2024-02-05 -5432 ガス会社', '2024-02-01 100000 カ）テスト'],
    closing: '94568',
  },
  {
    bank: 'Chilean bank: C is cargo, for A is abono',
    text: `Monto;Descripción Movimiento;Fecha;N° Documento;Sucursal;Cargo/Abono
25.990;LIDER;31/01/2024;0;INTERNET;C
500.000;TRASPASO;30/01/2024;0;INTERNET;A
12.500;FARMACIA;30/01/2024;0;INTERNET;C
`,
    lines: ['2024-01-31 -25990 LIDER', '2024-01-30 500000 TRASPASO', '2024-01-30 -12500 FARMACIA'],
    warned: ['ambiguous-decimal-mark'],
  },
  {
    bank: 'Kenyan wallet: "Paid In" and "Withdrawn"',
    text: `Receipt No.,Completion Time,Details,Transaction Status,Paid In,Withdrawn,Balance
SAV1,2024-01-31 18:22:10,Pay Bill to 888880,COMPLETED,,"-1,000.00","3,977.00"
SAV3,2024-01-30 08:00:00,Funds received from JANE,COMPLETED,"4,977.00",,"4,977.00"
`,
    lines: ['2024-01-31 -1000 Pay Bill to 888880', '2024-01-30 4977 Funds received from JANE'],
    closing: '3977',
  },
  {
    bank: 'Bulgarian bank: a column of types says the direction',
    text: `Дата,Основание,Сума,Тип
05.02.2024,Плащане на ПОС,45.30,Дебит
01.02.2024,Заплата,2 100.00,Кредит
`,
    lines: ['2024-02-05 -45.3 Плащане на ПОС', '2024-02-01 2100 Заплата'],
  },
  {
    bank: 'Greek bank: debit and credit in words of one column',
    text: `Ημερομηνία;Είδος εργασίας;Ποσό συναλλαγής;Νόμισμα;Χρέωση / Πίστωση;Περιγραφή;Λογιστικό Υπόλοιπο
20/2/2024;ΑΓΟΡΑ;25,40;EUR;Χρέωση;ΔΕΗ;1.474,60
19/2/2024;ΚΑΤΑΘΕΣΗ;1.500,00;EUR;Πίστωση;ΜΙΣΘΟΣ;1.500,00
`,
    lines: ['2024-02-20 -25.4 ΔΕΗ', '2024-02-19 1500 ΜΙΣΘΟΣ'],
    currency: 'EUR',
    closing: '1474.6',
  },
  {
    bank: 'Czech bank: the original currency of a purchase abroad is not the account’s',
    text: `"Měna účtu";"CZK"
"Konečný zůstatek";"31500,50"

"Datum zauctovani";"Castka";"Originalni castka";"Originalni mena";"Kurz";"Typ transakce";"Popis 1"
"05.01.2024";"-3500,00";"";"";"";"Odchozí úhrada";"SVJ"
"15.01.2024";"-499,50";"-19,90";"EUR";"25,10";"Nákup na internetu";"SPOTIFY"
`,
    lines: ['2024-01-05 -3500 SVJ', '2024-01-15 -499.5 SPOTIFY'],
    currency: 'CZK',
    closing: '31500.5',
  },
  {
    bank: 'Japanese card: the words over the shop say that amounts are spent',
    text: `"利用日","利用店名・商品名","利用者","支払方法","利用金額","支払手数料","支払総額"
"2024/01/15","アマゾン","本人","1回払い","3,980","0","3,980"
"2024/01/12","セブンイレブン","本人","1回払い","540","0","540"
`,
    lines: ['2024-01-15 -3980 アマゾン', '2024-01-12 -540 セブンイレブン'],
    warned: ['ambiguous-decimal-mark', 'ambiguous-sign'],
  },
  {
    bank: 'Brazilian and Finnish titles name the currency: "(R$)", "EUROA"',
    text: `"Kirjauspäivä";"Määrä EUROA";"Saaja/Maksaja"
"2024-01-31";-45,90;"K-CITYMARKET"
"2024-01-15";2150,00;"FIRMA OY"
`,
    lines: ['2024-01-31 -45.9 K-CITYMARKET', '2024-01-15 2150 FIRMA OY'],
    currency: 'EUR',
  },
]

describe('tables of banks around the world', () => {
  it.each(layouts)('$bank', ({ text, lines, currency, opening, closing, warned }) => {
    const file = readText(text)
    const { balances } = file
    expect({
      lines: linesOf(file),
      failed: file.failed,
      currencies: file.statements.map((statement) => statement.currency),
      opening: balances['opening'],
      closing: balances['closing'],
      warned: file.findings.map(({ code }) => code).toSorted(),
    }).toMatchObject({
      lines,
      failed: [],
      ...(currency === undefined ? {} : { currencies: [currency] }),
      ...(opening === undefined ? {} : { opening }),
      ...(closing === undefined ? {} : { closing }),
      ...(warned === undefined ? {} : { warned }),
    })
  })
})
