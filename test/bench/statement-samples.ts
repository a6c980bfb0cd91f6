import { addDays, type IsoDate, parseIsoDate } from '../../shared/domain/iso-date.ts'
import { makeXlsx } from '../../electron/core/importing/spreadsheet/fixtures/make-xlsx.ts'
import { sequence } from './sample-data.ts'

interface Booking {
  readonly date: IsoDate
  readonly payee: string
  readonly purpose: string
  /** Signed. */
  readonly cents: number
}

const PAYEES = [
  'Supermarket',
  'Bakery',
  'Rent',
  'Employer',
  'Railway',
  'Pharmacy',
  'Cinema',
  'Café',
  '超市',
  'Bookshop',
]

/** Invented bookings, rising dates over eight years; the same in every run. */
export function bookings(count: number): Booking[] {
  const next = sequence(11)
  const first = parseIsoDate('2018-01-01')
  const perDay = Math.max(1, Math.ceil(count / 3000))
  return Array.from({ length: count }, (_, row) => ({
    date: addDays(first, Math.floor(row / perDay)),
    payee: `${PAYEES[Math.floor(next() * PAYEES.length)] ?? ''} ${Math.floor(next() * 500)}`,
    purpose: `Card payment, terminal ${row % 97}`,
    cents: Math.floor(next() * 20_000) - 15_000 || 1,
  }))
}

const amount = (cents: number, mark = '.'): string =>
  `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}${mark}${String(Math.abs(cents) % 100).padStart(2, '0')}`

const compact = (date: IsoDate): string => date.replaceAll('-', '')

/** The balance after all bookings, beginning with nothing. */
const total = (rows: readonly Booking[]): number => rows.reduce((sum, { cents }) => sum + cents, 0)

const bytesOf = (lines: readonly string[], end = '\n'): Uint8Array => new TextEncoder().encode(lines.join(end) + end)

export function ofxSample(rows: readonly Booking[]): Uint8Array {
  const entries = rows.map(
    ({ date, payee, purpose, cents }, row) =>
      `<STMTTRN><TRNTYPE>${cents < 0 ? 'DEBIT' : 'CREDIT'}<DTPOSTED>${compact(date)}120000<TRNAMT>${amount(cents)}<FITID>${row}<NAME>${payee}<MEMO>${purpose}</STMTTRN>`,
  )
  const last = compact(rows.at(-1)?.date ?? parseIsoDate('2018-01-01'))
  return bytesOf([
    'OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:UTF-8\nCHARSET:NONE\nCOMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n',
    '<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20260101<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>',
    '<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>1<ACCTID>42<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>20180101<DTEND>' +
      last,
    ...entries,
    `</BANKTRANLIST><LEDGERBAL><BALAMT>${amount(total(rows))}<DTASOF>${last}</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`,
  ])
}

export function mt940Sample(rows: readonly Booking[]): Uint8Array {
  const balance = (tag: string, cents: number, date: string): string =>
    `:${tag}:${cents < 0 ? 'D' : 'C'}${date.slice(2)}EUR${amount(Math.abs(cents), ',')}`
  const last = compact(rows.at(-1)?.date ?? parseIsoDate('2018-01-01'))
  return bytesOf(
    [
      ':20:STARTUMS',
      ':25:10020030/1234567',
      ':28C:1/1',
      balance('60F', 0, '20171231'),
      ...rows.flatMap(({ date, payee, purpose, cents }, row) => [
        `:61:${compact(date).slice(2)}${compact(date).slice(4)}${cents < 0 ? 'D' : 'C'}${amount(Math.abs(cents), ',')}NMSCREF${row}`,
        `:86:166?00PAYMENT?20${purpose}?32${payee}`,
      ]),
      balance('62F', total(rows), last),
      '-',
    ],
    '\r\n',
  )
}

export function camtSample(rows: readonly Booking[]): Uint8Array {
  const balance = (code: string, cents: number, date: IsoDate): string =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount(Math.abs(cents))}</Amt><CdtDbtInd>${cents < 0 ? 'DBIT' : 'CRDT'}</CdtDbtInd><Dt><Dt>${date}</Dt></Dt></Bal>`
  const first = parseIsoDate('2018-01-01')
  return bytesOf([
    '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId><CreDtTm>2026-01-01T00:00:00</CreDtTm></GrpHdr><Stmt><Id>1</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>',
    balance('OPBD', 0, first),
    balance('CLBD', total(rows), rows.at(-1)?.date ?? first),
    ...rows.map(
      ({ date, payee, purpose, cents }, row) =>
        `<Ntry><Amt Ccy="EUR">${amount(Math.abs(cents))}</Amt><CdtDbtInd>${cents < 0 ? 'DBIT' : 'CRDT'}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${date}</Dt></BookgDt><ValDt><Dt>${date}</Dt></ValDt><NtryDtls><TxDtls><Refs><EndToEndId>R${row}</EndToEndId></Refs><Amt Ccy="EUR">${amount(Math.abs(cents))}</Amt><RltdPties><${cents < 0 ? 'Cdtr' : 'Dbtr'}><Pty><Nm>${payee}</Nm></Pty></${cents < 0 ? 'Cdtr' : 'Dbtr'}></RltdPties><RmtInf><Ustrd>${purpose}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`,
    ),
    '</Stmt></BkToCstmrStmt></Document>',
  ])
}

export function xlsxSample(rows: readonly Booking[]): Uint8Array {
  // day 43101 of the 1900 calendar is 2018-01-01
  const first = Date.parse('2018-01-01')
  const day = (date: IsoDate): number => 43_101 + Math.round((Date.parse(date) - first) / 86_400_000)
  return makeXlsx([
    {
      name: 'Movements',
      rows: [
        ['Date', 'Payee', 'Purpose', 'Amount', 'Currency'],
        ...rows.map(({ date, payee, purpose, cents }) => [
          { number: String(day(date)), style: 2 },
          payee,
          purpose,
          { number: amount(cents) },
          'EUR',
        ]),
      ],
    },
  ])
}
