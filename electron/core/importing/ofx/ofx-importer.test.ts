import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { identify, readWith, rejectionOf } from '../text/test-support.ts'
import { ofxImporter } from './ofx-importer.ts'

const fixture = (name: string): Uint8Array => readFileSync(new URL(`fixtures/${name}`, import.meta.url))
const read = (content: string | Uint8Array): ReturnType<typeof readWith> => readWith(ofxImporter, content)

const HEADER = 'OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n'

interface Parts {
  readonly currency?: string
  readonly records: string
  readonly after?: string
  readonly list?: string
}

/** A bank statement around the given records. */
function bank({ currency = 'EUR', records, after = '', list = 'BANKTRANLIST' }: Parts): string {
  return (
    `${HEADER}<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>${currency}` +
    `<BANKACCTFROM><BANKID>1<ACCTID>2<ACCTTYPE>SAVINGS</BANKACCTFROM>` +
    `<${list}>${records}</${list}>${after}</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`
  )
}

const record = (fields: string): string => `<STMTTRN>${fields}</STMTTRN>`
const GOOD = record('<TRNTYPE>DEBIT<DTPOSTED>20260105<TRNAMT>-10.00<FITID>G')

describe('a bank statement in SGML', () => {
  const { statements, transactions, balances, sum, findings, items } = read(fixture('bank-sgml.ofx'))

  it('has its account, currency, period and balances', () => {
    expect(statements).toEqual([
      {
        type: 'statement',
        statement: 0,
        account: { number: '000111222', institution: 'Example Bank', kind: 'checking' },
        currency: 'USD',
      },
    ])
    expect(balances.map(({ kind, amount, on }) => [kind, amount, on])).toEqual([
      ['closing', '2541', '2026-02-28'],
      ['available', '2441', '2026-02-28'],
    ])
    expect(items).toContainEqual({ type: 'period', statement: 0, from: '2026-02-01', to: '2026-02-28' })
    expect(findings).toEqual([])
  })

  it('adds up: 3250.00 − 1200.00 − 4.50 − 4.50 − 500.00 = 1541.00', () => {
    expect(sum).toBe('1541')
  })

  it('reads every field of a line', () => {
    expect(transactions).toEqual([
      {
        date: '2026-02-02',
        amount: '3250',
        kind: 'payment',
        payee: 'Smith & Sons',
        memo: 'Salary February',
        reference: 'A1',
      },
      { date: '2026-02-05', amount: '-1200', kind: 'payment', payee: 'Landlord', reference: 'A2', checkNumber: '1001' },
      {
        date: '2026-02-14',
        time: '09:31:22',
        amount: '-4.5',
        kind: 'payment',
        payee: 'Coffee Corner',
        reference: 'A3',
        merchantCategory: '5814',
      },
      {
        date: '2026-02-14',
        time: '10:15:00',
        amount: '-4.5',
        kind: 'payment',
        payee: 'Coffee Corner',
        reference: 'A4',
      },
      {
        date: '2026-02-20',
        amount: '-500',
        kind: 'transfer',
        payee: 'To savings',
        reference: 'A5',
        counterparty: '000111333',
      },
    ])
  })
})

describe('an investment statement in XML', () => {
  const { statements, transactions, positions, balances, skipped, items, sum } = read(fixture('investment-xml.ofx'))
  const apple = { isin: 'US0378331005', symbol: 'AAPL', name: 'Apple Inc.', class: 'equity' }

  it('knows its account', () => {
    expect(statements[0]).toMatchObject({
      account: { number: 'INV-1', institution: 'Example Broker', kind: 'brokerage' },
      currency: 'USD',
    })
  })

  it('takes the cash effect as the amount: −1507.50 + 634 + 8.50 + 0 + 0 + 0 + 2000 = 1135, the cash it reports', () => {
    expect(sum).toBe('1135')
    expect(balances).toContainEqual({
      type: 'balance',
      statement: 0,
      kind: 'closing',
      amount: '1135',
      on: '2026-02-28',
    })
  })

  it('finds the security that the list describes behind the statement', () => {
    expect(transactions[0]).toEqual({
      date: '2026-01-05',
      valueDate: '2026-01-07',
      amount: '-1507.5',
      kind: 'buy',
      memo: 'Bought',
      reference: 'B1',
      security: apple,
      quantity: '10',
      price: '150.25',
      fee: '5',
    })
    expect(transactions[1]).toMatchObject({ kind: 'sell', amount: '634', quantity: '-4', fee: '4.95', tax: '1.05' })
    expect(transactions[2]).toMatchObject({ kind: 'dividend', amount: '8.5', tax: '1.5', security: apple })
  })

  it('moves no cash with a reinvestment, a transfer of securities or a split', () => {
    expect(transactions[3]).toMatchObject({
      kind: 'reinvestment',
      amount: '0',
      quantity: '0.125',
      splits: [
        { amount: '25', memo: 'DIV' },
        { amount: '-25', memo: 'REINVEST' },
      ],
      security: {
        symbol: 'EXTM',
        name: 'Example Total Market ETF',
        otherId: { scheme: 'CUSIP', value: '922908769' },
        class: 'etf',
      },
    })
    expect(transactions[4]).toMatchObject({ kind: 'security-out', amount: '0', quantity: '-3' })
    expect(transactions[5]).toMatchObject({ kind: 'split', amount: '0', quantity: '10' })
    expect(transactions[6]).toMatchObject({ kind: 'payment', amount: '2000', payee: 'Deposit' })
  })

  it('reports holdings, prices and open orders', () => {
    expect(positions).toEqual([{ security: apple, quantity: '6', price: '161', value: '966', on: '2026-02-27' }])
    expect(items).toContainEqual({ type: 'price', security: apple, price: '161', currency: null, on: '2026-02-27' })
    expect(skipped.map((item) => item.reason.code)).toEqual(['information-only'])
  })
})

describe('trades and their reversals', () => {
  const trade = (name: string, units: string, total: string): string =>
    `<${name}><INVTRAN><FITID>1<DTTRADE>20260105</INVTRAN><SECID><UNIQUEID>X<UNIQUEIDTYPE>CUSIP</SECID>` +
    `<UNITS>${units}<UNITPRICE>5<TOTAL>${total}</${name}>`
  it.each([
    ['a purchase', 'BUYSTOCK', '2', '-10', '2', '-10'],
    ['a purchase written without the sign', 'BUYSTOCK', '2', '10', '2', '-10'],
    ['a cancelled purchase', 'BUYSTOCK', '-2', '10', '-2', '10'],
    ['a sale', 'SELLMF', '-2', '10', '-2', '10'],
    ['a sale written without the sign', 'SELLMF', '2', '10', '-2', '10'],
    ['a cancelled sale', 'SELLMF', '2', '-10', '2', '-10'],
    ['a sale that costs more than it brings', 'SELLMF', '-2', '-1', '-2', '-1'],
  ])('%s', (_, name, units, total, quantity, amount) => {
    const text = bank({ list: 'INVTRANLIST', records: trade(name, units, total) })
    expect(read(text).transactions[0]).toMatchObject({ quantity, amount })
  })
})

describe('amounts', () => {
  const amountOf = (text: string, others: readonly string[] = []): string | undefined => {
    const records = [text, ...others].map((amount) => record(`<DTPOSTED>20260105<TRNAMT>${amount}`)).join('')
    const { transactions, failed } = read(bank({ records }))
    return failed[0]?.record === 1 ? failed[0].reason.code : transactions[0]?.amount
  }
  it.each([
    ['-12.34', '-12.34'],
    ['+12.34', '12.34'],
    ['-00000000001500.0000', '-1500'],
    ['-530,86', '-530.86'],
    ['1.234,56', '1234.56'],
    ['1,234.56', '1234.56'],
    ['R$ 5.326,43', '5326.43'],
    ['.5', '0.5'],
    ['0', '0'],
    ['1,234,567', '1234567'],
    ['twelve', 'bad-amount'],
    ['1.2.3', 'bad-amount'],
    ['1,234', 'bad-amount'],
  ])('%s alone is %s', (text, amount) => {
    expect(amountOf(text)).toBe(amount)
  })
  it.each([
    ['1,234', ['5.00'], '1234'],
    ['1,234', ['5,00'], '1.234'],
    ['1.234', ['5,00'], '1234'],
    ['1.234', ['5.00'], '1.234'],
    ['1.234', [], '1.234'],
  ])('%s beside %s is %s: the rest of the file tells', (text, others, amount) => {
    expect(amountOf(text, others)).toBe(amount)
  })
})

describe('dates', () => {
  it.each([
    ['20260105', '2026-01-05', undefined],
    ['20260105120000', '2026-01-05', undefined],
    ['20260105093122.123[-5:EST]', '2026-01-05', '09:31:22'],
    ['20260105000000[+8:CST]', '2026-01-05', undefined],
    ['202601051', '2026-01-05', undefined],
    ['2026010509', '2026-01-05', undefined],
    ['2026-01-05', '2026-01-05', undefined],
    ['15/01/2026', '2026-01-15', undefined],
    ['01/15/2026', '2026-01-15', undefined],
  ])('%s', (text, date, time) => {
    const [transaction] = read(bank({ records: record(`<DTPOSTED>${text}<TRNAMT>1.00`) })).transactions
    expect([transaction?.date, transaction?.time]).toEqual([date, time])
  })

  it('leaves out the clock of the download, which some banks stamp on every line', () => {
    const signOn = '<SIGNONMSGSRSV1><SONRS><DTSERVER>20260301183015</SONRS></SIGNONMSGSRSV1>'
    const text = bank({ records: record('<DTPOSTED>20260105183015<TRNAMT>1.00') }).replace('<OFX>', `<OFX>${signOn}`)
    expect(read(text).transactions[0]?.time).toBeUndefined()
  })
})

describe('a damaged record', () => {
  it.each([
    ['no amount', '<DTPOSTED>20260105<FITID>X', 'missing-amount'],
    ['an amount in words', '<DTPOSTED>20260105<TRNAMT>ten', 'bad-amount'],
    ['no date', '<TRNAMT>-1.00', 'missing-date'],
    ['no such day', '<DTPOSTED>20260230<TRNAMT>-1.00', 'bad-date'],
    ['a masked date', '<DTPOSTED>****<TRNAMT>-1.00', 'bad-date'],
  ])('%s is named and spares its neighbours', (_, fields, code) => {
    const { transactions, failed, sum } = read(bank({ records: GOOD + record(fields) + GOOD }))
    expect(failed.map((item) => [item.record, item.reason.code])).toEqual([[2, code]])
    expect(transactions).toHaveLength(2)
    expect(sum).toBe('-20')
  })

  it('without its end does not swallow the next', () => {
    const open = '<STMTTRN><DTPOSTED>20260105<TRNAMT>-3.00<FITID>U'
    const { transactions, findings, sum } = read(bank({ records: open + GOOD }))
    expect(transactions.map((transaction) => transaction.reference)).toEqual(['U', 'G'])
    expect(findings.map((finding) => [finding.code, finding.record])).toEqual([['unclosed-element', 1]])
    expect(sum).toBe('-13')
  })

  it('that withdraws another is skipped, and says which', () => {
    const text = '<DTPOSTED>20260105<TRNAMT>-3.00<FITID>U<CORRECTFITID>OLD<CORRECTACTION>DELETE'
    const { skipped, transactions } = read(bank({ records: record(text) }))
    expect(transactions).toEqual([])
    expect(skipped[0]?.reason.message).toContain('OLD')
  })
})

describe('what banks do', () => {
  it('sends pending lines', () => {
    const pending =
      '<BANKTRANLISTP><DTASOF>20260106<STMTTRNP><TRNTYPE>POS<DTTRAN>20260106<TRNAMT>-7.00<NAME>Shop</STMTTRNP></BANKTRANLISTP>'
    const { transactions } = read(bank({ records: GOOD, after: pending }))
    expect(transactions[1]).toMatchObject({ status: 'pending', date: '2026-01-06', amount: '-7' })
    expect(transactions[0]).not.toHaveProperty('status')
  })

  it('sends several statements, some of them empty', () => {
    const card =
      '<CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>USD<CCACCTFROM><ACCTID>4111</CCACCTFROM>' +
      '<BANKTRANLIST><DTSTART>20260101<DTEND>20260131</BANKTRANLIST><LEDGERBAL><BALAMT>-20.00<DTASOF>20260131</LEDGERBAL>' +
      '<BALLIST><BAL><NAME>Credit Limit<DESC>Your limit<BALTYPE>DOLLAR<VALUE>5000.00</BAL></BALLIST>' +
      '</CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>'
    const { statements, balances } = read(bank({ records: GOOD }).replace('</OFX>', card))
    expect(statements.map((item) => [item.statement, item.account.kind, item.currency])).toEqual([
      [0, 'savings', 'EUR'],
      [1, 'credit-card', 'USD'],
    ])
    expect(balances.map((item) => [item.statement, item.kind, item.amount])).toEqual([
      [1, 'closing', '-20'],
      [1, 'limit', '5000'],
    ])
  })

  it('sends amounts of another currency, converted or not', () => {
    const converted = '<ORIGCURRENCY><CURRATE>0.9<CURSYM>USD</ORIGCURRENCY>'
    const foreign = '<CURRENCY><CURRATE>0.9<CURSYM>USD</CURRENCY>'
    const unrated = '<CURRENCY><CURSYM>GBP</CURRENCY>'
    const records = [converted, foreign, unrated].map((group) => record(`<DTPOSTED>20260105<TRNAMT>-9.00${group}`))
    const { transactions, findings } = read(bank({ records: records.join('') }))
    // 9.00 EUR ÷ 0.9 = 10.00 USD; 9.00 USD × 0.9 = 8.10 EUR
    expect(transactions.map(({ amount, original }) => [amount, original])).toEqual([
      ['-9', { amount: '-10', currency: 'USD', rate: '0.9' }],
      ['-8.1', { amount: '-9', currency: 'USD', rate: '0.9' }],
      ['-9', undefined],
    ])
    expect(findings.map((finding) => [finding.code, finding.record])).toEqual([['bad-currency', 3]])
  })

  it('leaves out identities, or writes nothing into them', () => {
    const records = [record('<DTPOSTED>20260105<TRNAMT>1.00'), record('<DTPOSTED>20260105<TRNAMT>1.00<FITID>0')]
    const { transactions } = read(bank({ records: records.join('') }))
    expect(transactions.every((transaction) => transaction.reference === undefined)).toBe(true)
  })

  it('writes in another encoding than it says', () => {
    const text = bank({ records: record('<DTPOSTED>20260105<TRNAMT>1.00<NAME>Café Zoë') })
    expect(read(text).transactions[0]?.payee).toBe('Café Zoë')
    const latin = Uint8Array.from(text.replace('CHARSET:1252', 'CHARSET:NONE'), (character) => character.charCodeAt(0))
    expect(read(latin).transactions[0]?.payee).toBe('Café Zoë')
  })

  it('writes text with references, sections, comments and stray brackets', () => {
    const memo = '<MEMO><![CDATA[5 < 6 & <b>]]></MEMO>'
    const name = '<NAME>A &amp;amp; B &lt;C&gt; &#233;&#xe9; &eacute; &nope; a < b<!-- hidden <X> --></NAME>'
    const text = bank({ records: record(`<DTPOSTED>20260105</DTPOSTED><TRNAMT>1.00</TRNAMT>${name}${memo}`) })
    expect(read(text).transactions[0]).toMatchObject({ payee: 'A & B <C> éé é &nope; a < b', memo: '5 < 6 & <b>' })
  })

  it('adds groups of its own, whose elements are not those of the record', () => {
    const vendor = '<ACME.EXTRA><NAME>Wrong</NAME><MEMO>Wrong</MEMO></ACME.EXTRA>'
    const payee = '<PAYEE><NAME>Right</NAME><ADDR1>Street</ADDR1></PAYEE>'
    const text = bank({ records: record(`<DTPOSTED>20260105</DTPOSTED><TRNAMT>1.00</TRNAMT>${vendor}${payee}`) })
    expect(read(text).transactions[0]).toEqual({ date: '2026-01-05', amount: '1', kind: 'other', payee: 'Right' })
  })

  it('writes empty elements', () => {
    const text = bank({ records: '<STMTTRN><NAME>\n<MEMO></MEMO><CHECKNUM/><DTPOSTED>20260105<TRNAMT>1.00</STMTTRN>' })
    expect(read(text).transactions).toEqual([{ date: '2026-01-05', amount: '1', kind: 'other' }])
  })

  it('closes empty elements and groups in themselves', () => {
    const inner = '<ACMEDATA/><DTPOSTED>20260105</DTPOSTED><TRNAMT>1.00</TRNAMT><NAME>Shop</NAME>'
    const { transactions, failed } = read(bank({ records: `${record(inner)}<STMTTRN/>${GOOD}` }))
    expect(transactions.map((transaction) => transaction.payee ?? transaction.reference)).toEqual(['Shop', 'G'])
    expect(failed.map((item) => item.reason.code)).toEqual(['missing-amount'])
    const empty = bank({ records: '' }).replace('<BANKTRANLIST></BANKTRANLIST>', '<BANKTRANLIST/>')
    expect(read(empty).statements).toHaveLength(1)
  })

  it('names no currency, or none that there is', () => {
    expect(read(bank({ currency: 'RMB', records: GOOD })).statements[0]?.currency).toBe('CNY')
    const { statements, findings } = read(bank({ currency: 'XQZ', records: GOOD }))
    expect(statements[0]?.currency).toBeNull()
    expect(findings.map((finding) => finding.code)).toEqual(['bad-currency', 'currency-unknown'])
  })

  it('lists the cash of a brokerage account as a holding too: it counts once', () => {
    const position =
      '<INVPOSLIST><POSMF><INVPOS><SECID><UNIQUEID>M<UNIQUEIDTYPE>CUSIP</SECID><UNITS>70<UNITPRICE>1<MKTVAL>70.00' +
      '<DTPRICEASOF>20260131</INVPOS></POSMF></INVPOSLIST><INVBAL><AVAILCASH>70.00</INVBAL>'
    const list =
      '<SECLISTMSGSRSV1><SECLIST><MFINFO><SECINFO><SECID><UNIQUEID>M</SECID><SECNAME>Cash Money Market Fund' +
      '</SECINFO></MFINFO></SECLIST></SECLISTMSGSRSV1></OFX>'
    const text = bank({ list: 'INVTRANLIST', records: '', after: position }).replace('</OFX>', list)
    const { balances } = read(text.replaceAll('STMTRS>', 'INVSTMTRS>').replaceAll('INVINV', 'INV'))
    expect(balances.map((item) => [item.kind, item.amount])).toEqual([
      ['available', '70'],
      ['closing', '0'],
    ])
  })
})

describe('a file that must be refused', () => {
  const whole = bank({ records: GOOD.repeat(20) })
  it.each([
    ['an empty file', '', 'empty-file'],
    ['zero bytes', '\0\0\0\0', 'binary'],
    ['another text', 'Date,Amount\n2026-01-05,1', 'wrong-kind'],
    ['no statement', '<OFX>\n <>rest</>\n</OFX>', 'damaged'],
    ['only a beginning', whole.slice(0, 200), 'truncated'],
    ['half a file', whole.slice(0, whole.length / 2), 'truncated'],
    ['a profile', '<OFX><PROFMSGSRSV1><PROFTRNRS><PROFRS></PROFRS></PROFTRNRS></PROFMSGSRSV1></OFX>', 'wrong-kind'],
    [
      'an error of the bank',
      '<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>15500<SEVERITY>ERROR<MESSAGE>Signon invalid</STATUS></SONRS></SIGNONMSGSRSV1></OFX>',
      'wrong-kind',
    ],
    ['a comment that never ends', `<OFX><!-- ${whole}`, 'truncated'],
    ['a text that never ends', `<OFX><STMTTRN><MEMO>${'x'.repeat(600_000)}`, 'damaged'],
    ['brackets without end', '<'.repeat(500_000), 'damaged'],
  ])('%s', (_, text, code) => {
    expect(rejectionOf(ofxImporter, text)?.code).toBe(code)
  })

  it('tells what the bank said', () => {
    const text = '<OFX><SONRS><STATUS><CODE>15500<SEVERITY>ERROR<MESSAGE>Signon invalid</STATUS></SONRS></OFX>'
    expect(rejectionOf(ofxImporter, text)?.message).toContain('Signon invalid')
  })

  it('but only a lost end tag is a warning', () => {
    const { findings, transactions } = read(whole.replace('</OFX>', ''))
    expect(transactions).toHaveLength(20)
    expect(findings.map((finding) => finding.code)).toEqual(['unclosed-element'])
  })
})

describe('identify', () => {
  it.each([
    ['SGML', HEADER, 'yes'],
    ['a header after a comment', '<!-- \nOFXHEADER:100\n-->\n\n<OFX>', 'yes'],
    ['XML', '<?xml version="1.0"?>\n<?OFX OFXHEADER="200"?>\n<OFX>', 'yes'],
    ['no header', '<OFX>\n<SIGNONMSGSRSV1>', 'yes'],
    ['a namespace', '<?xml version="1.0"?><OFX xmlns="http://ofx.net">', 'yes'],
    ['only a part', '<STMTTRN><TRNAMT>1', 'likely'],
    ['CSV', 'Date,Amount\n', 'no'],
    ['HTML', '<!DOCTYPE html><html>', 'no'],
  ])('%s', (_, text, answer) => {
    expect(identify(ofxImporter, text)).toBe(answer)
  })
})
