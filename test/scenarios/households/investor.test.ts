import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ImportStand } from '../../support/import-stand.ts'
import { parseIsoDate } from '../../../shared/domain/iso-date.ts'
import { openTestCalls, type TestCalls } from '../test-calls.ts'

/**
 * The investor household: 58, Berlin, two banks (CAMT, MT940), an account in the US (OFX), francs kept by hand.
 *
 * By hand, at the end of 2026-10-31, 1 EUR = 1.10 USD = 0.95 CHF:
 *   bank in Berlin   10,000.00 + 3,200.00 − 1,150.00 − 89.99 − 1,000.00      = 10,960.01
 *   second bank       5,000.00 + 1,000.00 − 250.55                            =  5,749.45
 *   US account       10,400.00 + 2,000.00 − 54.33 = 12,345.67 USD ÷ 1.10      = 11,223.336 → 11,223.34
 *   francs            8,000.00 CHF ÷ 0.95                                     =  8,421.052 →  8,421.05
 *   net worth                                                                   36,353.85
 *
 * October, each amount at the rate of its day (1.10 all along); the 1,000.00 between the banks is neither:
 *   income   3,200.00 + 2,000.00 ÷ 1.10 (1,818.18)                            =  5,018.18
 *   expense  1,150.00 + 89.99 + 250.55 + 54.33 ÷ 1.10 (49.39)                 =  1,539.93
 */
const entry = (on: string, amount: string, sign: 'CRDT' | 'DBIT', name: string, text: string, iban = '') => `
<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${sign}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>${on}</Dt></BookgDt><ValDt><Dt>${on}</Dt></ValDt><AcctSvcrRef>R-${on}-${amount}</AcctSvcrRef>
<NtryDtls><TxDtls><RltdPties><${sign === 'CRDT' ? 'Dbtr' : 'Cdtr'}><Pty><Nm>${name}</Nm></Pty></${sign === 'CRDT' ? 'Dbtr' : 'Cdtr'}>${
  iban === '' ? '' : `<CdtrAcct><Id><IBAN>${iban}</IBAN></Id></CdtrAcct>`
}</RltdPties><RmtInf><Ustrd>${text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`
const balance = (code: string, on: string, amount: string) =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${on}</Dt></Dt></Bal>`

const camt = `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>INV-1</MsgId><CreDtTm>2026-10-31T22:00:00+01:00</CreDtTm></GrpHdr>
<Stmt><Id>INV-1-1</Id><CreDtTm>2026-10-31T22:00:00+01:00</CreDtTm>
<Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy><Svcr><FinInstnId><BICFI>BYLADEM1001</BICFI></FinInstnId></Svcr></Acct>
${balance('OPBD', '2026-10-01', '10000.00')}${balance('CLBD', '2026-10-31', '10960.01')}
${entry('2026-10-01', '3200.00', 'CRDT', 'Beispiel GmbH', 'Gehalt Oktober')}
${entry('2026-10-02', '1150.00', 'DBIT', 'Hausverwaltung Muster', 'Miete Oktober')}
${entry('2026-10-05', '89.99', 'DBIT', 'Muster Telekom', 'Rechnung 10/26')}
${entry('2026-10-06', '1000.00', 'DBIT', 'Investor', 'Umbuchung', 'DE89370400440532013000')}
</Stmt></BkToCstmrStmt></Document>`

const mt940 = [
  ':20:STARTUMS',
  ':25:37040044/0532013000',
  ':28C:00010/001',
  ':60F:C261001EUR5000,00',
  ':61:2610071007CR1000,00NTRFNONREF',
  ':86:166?00GUTSCHRIFT?20Umbuchung?30BYLADEM1001?31DE02120300000000202051?32INVESTOR',
  ':61:2610101010DR250,55NDDTNONREF',
  ':86:105?00LASTSCHRIFT?20Strom Oktober?32STADTWERKE MUSTER',
  ':62F:C261031EUR5749,45',
  '-',
  '',
].join('\r\n')

const ofx = `OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20261031120000<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>USD
<BANKACCTFROM><BANKID>021000021<ACCTID>000987654<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20261001<DTEND>20261031
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261003<TRNAMT>2000.00<FITID>U1<NAME>Sample royalties</STMTTRN>
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261015<TRNAMT>-54.33<FITID>U2<NAME>Sample storage</STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>12345.67<DTASOF>20261031</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
`

let calls: TestCalls
const outcomes: number[][] = []
beforeAll(async () => {
  calls = await openTestCalls('2026-10-31', 'EUR')
  for (const on of ['2026-10-01', '2026-10-31'] as const) {
    await calls.call('fx.set', { base: 'EUR', quote: 'USD', on, rate: '1.1' })
    await calls.call('fx.set', { base: 'EUR', quote: 'CHF', on, rate: '0.95' })
  }
  await calls.call('account.create', {
    name: 'Franken',
    kind: 'savings',
    currency: 'CHF',
    openingMinor: 800_000,
    openingOn: '2026-10-01',
  })
  const stand = new ImportStand(calls.temporary.vault)
  const text = (body: string, name: string) => stand.add(new TextEncoder().encode(body), name)
  for (const file of [text(camt, 'berlin.xml'), text(mt940, 'second.sta'), text(ofx, 'us.ofx')]) {
    outcomes.push(...(await stand.commit(file)).map(({ imported, skipped, failed }) => [imported, skipped, failed]))
  }
})
afterAll(async () => {
  await calls.close()
})

describe('the investor household', () => {
  it('reads every line of its three statements', () => {
    expect(outcomes).toEqual([
      [4, 0, 0],
      [2, 0, 0],
      [2, 0, 0],
    ])
  })

  it('holds what its statements end with', async () => {
    const accounts = await calls.call('account.list', {})
    const held = accounts.map(({ currency, balance: { minor } }) => [currency, minor])
    expect(held.toSorted((left, right) => Number(left[1]) - Number(right[1]))).toEqual([
      ['EUR', 574_945],
      ['CHF', 800_000],
      ['EUR', 1_096_001],
      ['USD', 1_234_567],
    ])
    // nothing parts from what the statements say
    expect(await calls.call('reconcile.list', {})).toEqual([])
  })

  it('is worth 36,353.85 in three currencies', async () => {
    const { netWorth } = await calls.call('overview.get', { range: '1m' })
    expect(netWorth).toMatchObject({ currency: 'EUR', netMinor: 3_635_385, liabilitiesMinor: 0, notes: [] })
    const { byCurrency } = await calls.call('wealth.get', {})
    expect(byCurrency.map(({ key, minor }) => [key, minor])).toEqual([
      ['EUR', 1_670_946],
      ['USD', 1_122_334],
      ['CHF', 842_105],
    ])
  })

  it('knows that the 1,000.00 went from one of its banks to the other', async () => {
    const { rows } = await calls.call('transaction.list', { filter: { text: 'Umbuchung' } })
    expect(rows.map(({ amount, transfer }) => [amount.minor, transfer !== null])).toEqual([
      [100_000, true],
      [-100_000, true],
    ])
  })

  it('earned 5,018.18 and spent 1,539.93 in October', async () => {
    const report = await calls.call('flow.report', { from: '2026-10-01', to: '2026-10-31', group: 'month' })
    expect(report.now).toMatchObject({ incomeMinor: 501_818, expenseMinor: 153_993, savedMinor: 347_825 })
    // 3,478.25 ÷ 5,018.18
    expect(report.now.savingsRate).toBeCloseTo(0.693_13, 5)
    expect(report.unpaired.count).toBe(0)
  })

  it('reading the same files again changes nothing', async () => {
    const stand = new ImportStand(calls.temporary.vault)
    for (const [body, name] of [
      [camt, 'again.xml'],
      [mt940, 'again.sta'],
      [ofx, 'again.ofx'],
    ] as const) {
      const [run] = await stand.commit(stand.add(new TextEncoder().encode(body), name))
      expect(run).toMatchObject({ imported: 0 })
    }
    expect((await calls.call('overview.get', { range: '1m' })).netWorth.netMinor).toBe(3_635_385)
  })

  it('has 36,353.85 at hand, at today’s rates; no full month is over to say how long it lasts', async () => {
    const fund = await calls.call('check.emergencyFund', {})
    // 10,960.01 + 5,749.45 + 11,223.34 + 8,421.05
    expect(fund).toMatchObject({ cashMinor: 3_635_385, daysMinor: 0, cardsMinor: 0, months: 0, lastsTenths: null })
  })

  it('has 10,960.01 insured at the bank that its statement names by its code; the other files name no bank', async () => {
    const view = await calls.call('check.depositInsurance', {})
    expect(view.covers).toMatchObject([
      { banks: ['BYLADEM1001'], scheme: 'eu-dgs', assumed: false, balanceMinor: 1_096_001, uncoveredMinor: 0 },
    ])
    expect([view.depositsMinor, view.uncoveredMinor]).toEqual([1_096_001, 0])
    expect(view.unknown.map(({ baseMinor }) => baseMinor)).toEqual([842_105, 574_945, 1_122_334])
  })

  /** The francs of the rent are not there: 8,000.00 − 4 × 1,900.00 = 400.00 on 5 February, −1,500.00 on 5 March. */
  it('runs out of francs on 5 March, if a room in Zürich costs 1,900.00 from November on', async () => {
    const accountId = (await calls.call('account.list', {})).find(({ name }) => name === 'Franken')?.id ?? 0
    await calls.call('recurring.add', {
      name: 'Zimmer', accountId, amountMinor: -190_000, period: 'monthly', nextOn: parseIsoDate('2026-11-05'), type: 'rent',
    }) // prettier-ignore
    const { accounts } = await calls.call('forecast.get', {})
    expect(accounts.find((one) => one.accountId === accountId)).toMatchObject({ belowOn: '2027-03-05' })
    const november = await calls.call('reminder.list', {
      from: parseIsoDate('2026-11-01'),
      until: parseIsoDate('2026-11-30'),
    })
    expect(november.reminders.map(({ on, kind, amount }) => [on, kind, amount])).toEqual([
      ['2026-11-05', 'rent', { minor: 190_000, currency: 'CHF' }],
    ])
    await calls.call('history.undo', {})
  })
})
