import { describe, expect, it } from 'vitest'
import { identify, readWith, rejectionOf } from '../text/test-support.ts'
import { mt940Importer } from './mt940-importer.ts'

const read = (content: string | Uint8Array): ReturnType<typeof readWith> => readWith(mt940Importer, content)

const HEAD = ':20:STARTUMS\n:25:10020030/1234567\n:28C:1/1\n'

/** A statement without balances that are wrong: it has none. */
function euro(...lines: string[]): string {
  return `${HEAD}:60F:C260101EUR0,00\n${lines.join('\n')}\n`
}

/** The one booking of these lines. */
function one(...lines: string[]): unknown {
  const { transactions, failed } = read(euro(...lines))
  expect(failed).toEqual([])
  expect(transactions).toHaveLength(1)
  return transactions[0]
}

const codes = (content: string): string[] => read(content).findings.map(({ code }) => code)

describe('field 61', () => {
  it.each([
    ['260102C1,00NTRFNONREF', '2026-01-02', '1'],
    ['260102D1,00NTRFNONREF', '2026-01-02', '-1'],
    // reversals turn the sign: of a credit it takes away, of a debit it gives back
    ['260102RC1,00NTRFNONREF', '2026-01-02', '-1'],
    ['260102RD1,00NTRFNONREF', '2026-01-02', '1'],
    // the third letter of the currency (funds code) stands between mark and amount
    ['260102CR1,00NTRFNONREF', '2026-01-02', '1'],
    ['260102DR1,00NTRFNONREF', '2026-01-02', '-1'],
    ['260102RCR1,00NTRFNONREF', '2026-01-02', '-1'],
    ['260102RDR1,00NTRFNONREF', '2026-01-02', '1'],
    // the entry date is the booking date
    ['2601020105C1,00NTRFNONREF', '2026-01-05', '1'],
    ['2601021231C1,00NTRFNONREF', '2025-12-31', '1'],
    ['2512310102C1,00NTRFNONREF', '2026-01-02', '1'],
    ['260102    C1,00NTRFNONREF', '2026-01-02', '1'],
    ['260102C1,NTRFNONREF', '2026-01-02', '1'],
    ['260102C000000001,00NTRF', '2026-01-02', '1'],
    ['260102C1,00', '2026-01-02', '1'],
    ['260102D12,35 NRTIKREF+//2016', '2026-01-02', '-12.35'],
    ['260102D20,00NONREF', '2026-01-02', '-20'],
    ['20260102C1,00NTRF', '2026-01-02', '1'],
    ['260102c1,00nTRF', '2026-01-02', '1'],
    ['260102C\n1,00NTRF', '2026-01-02', '1'],
  ])('%j: booked %s, %s', (line, date, amount) => {
    expect(one(`:61:${line}`)).toMatchObject({ date, amount })
  })

  it('keeps the value date where it is another day', () => {
    expect(one(':61:2601020105C1,00NTRFNONREF')).toMatchObject({ date: '2026-01-05', valueDate: '2026-01-02' })
    expect(one(':61:2601020102C1,00NTRFNONREF')).not.toHaveProperty('valueDate')
  })

  it.each([
    ['NTRFNONREF//55555', '55555'],
    ['NTRFABC-1234//55555', 'ABC-1234'],
    ['NTRFNONREF', undefined],
    ['NGT EREF', undefined],
    ['N051', undefined],
    ['S05168790452', '68790452'],
    // nothing but the own account's number, or a placeholder
    ['NMSC1234567', undefined],
    ['NTRF0000000000', undefined],
  ])('%s: the reference is %s', (rest, reference) => {
    expect(one(`:61:260102C1,00${rest}`)).toHaveProperty('amount', '1')
    expect((one(`:61:260102C1,00${rest}`) as { reference?: string }).reference).toBe(reference)
  })

  it('prefers the end-to-end id, then the customer’s, then the bank’s reference', () => {
    const line = ':61:260102C1,00NTRFCUST123//BANK456'
    expect(one(line, ':86:166?20EREF+E2E-789?21SVWZ+Rent')).toMatchObject({ reference: 'E2E-789' })
    expect(one(line, ':86:166?20EREF+NOTPROVIDED?21SVWZ+Rent')).toMatchObject({ reference: 'CUST123' })
  })

  it('knows cheques, fees, interest, refunds and cash by the codes', () => {
    expect(one(':61:260102D1,00NCHK0016703074')).toMatchObject({ kind: 'payment', checkNumber: '0016703074' })
    expect(one(':61:260102D1,00NCHGNONREF')).toMatchObject({ kind: 'fee' })
    expect(one(':61:260102C1,00NINTNONREF')).toMatchObject({ kind: 'interest' })
    expect(one(':61:260102RD1,00NTRFNONREF')).toMatchObject({ kind: 'refund' })
    expect(one(':61:260102D9,00NMSC', ':86:083?00AUSZAHLUNG')).toMatchObject({ kind: 'cash-withdrawal' })
    expect(one(':61:260102C9,00NRTI', ':86:109?00RETOURE')).toMatchObject({ kind: 'refund' })
    expect(one(':61:260102D9,00NMSC', ':86:808?00ENTGELT')).toMatchObject({ kind: 'fee' })
  })

  it('reads what was ordered in another currency, and the charge, from the line below', () => {
    expect(one(':61:260102D112,50NTRFNONREF', '/OCMT/USD120,00//CHGS/EUR0,50/')).toMatchObject({
      amount: '-112.5',
      original: { amount: '-120', currency: 'USD' },
      fee: '0.5',
    })
  })
})

describe('field 86', () => {
  const line = ':61:2601020102D10,00NTRFNONREF'

  it('German: subfields, SEPA keywords torn over them, lines of 65 characters', () => {
    const text =
      '105?00FOLGELASTSCHRIFT?109248?20EREF+2026-000123456789-ABCD?21EFG MREF+M-77?22CRED+DE98ZZZ09999999999?23SVWZ+Invoice 2026-0001 for?24 a very good thing?30DEUTDEDBFRA?31DE89370400440532013000?32Stadtwerke Musterstad?33t GmbH?34992'
    const wrapped = text.replaceAll(/(.{65})/g, '$1\n')
    const expected = {
      date: '2026-01-02',
      amount: '-10',
      kind: 'payment',
      payee: 'Stadtwerke Musterstad t GmbH',
      memo: 'Invoice 2026-0001 for a very good thing',
      reference: '2026-000123456789-ABCDEFG',
      counterparty: 'DE89370400440532013000',
    }
    expect(one(line, `:86:${text}`)).toEqual(expected)
    expect(one(line, `:86:${wrapped}`)).toEqual(expected)
  })

  it('German: a subfield of 27 characters goes on in the next without a space', () => {
    const first = 'SVWZ+ABCDEFGHIJKLMNOPQRSTU'
    expect(`${first}W`).toHaveLength(27)
    expect(one(line, `:86:116?20${first}W?21XYZ`)).toMatchObject({ memo: 'ABCDEFGHIJKLMNOPQRSTUWXYZ' })
    expect(one(line, `:86:116?20${first}?21XYZ`)).toMatchObject({ memo: 'ABCDEFGHIJKLMNOPQRSTU XYZ' })
  })

  it('German: without keywords, the account number as it is, the booking text where there is no purpose', () => {
    expect(one(line, ':86:008?00DAUERAUFTRAG?20Rent?21November?3010020030?317654321?32MUELLER')).toMatchObject({
      memo: 'Rent November',
      payee: 'MUELLER',
      counterparty: '7654321',
    })
    expect(one(line, ':86:805?00ABSCHLUSS')).toMatchObject({ memo: 'ABSCHLUSS' })
  })

  it.each(['?', '~', '<', '^', '@'])('subfields may be marked by %s, and 38 has the Polish IBAN', (mark) => {
    const text = '020?00PRZELEW?20Czynsz za?21styczeń?32JAN KOWALSKI?33UL. PROSTA 1?38PL61109010140000071219812874'
    expect(one(line, `:86:${text.replaceAll('?', mark)}`)).toMatchObject({
      memo: 'Czynsz za styczeń',
      payee: 'JAN KOWALSKI UL. PROSTA 1',
      counterparty: 'PL61109010140000071219812874',
    })
  })

  it('Dutch: code words between slashes (ABN AMRO, Knab)', () => {
    const text =
      '/TRTP/IDEAL/IBAN/NL91ABNA0417164300/BIC/ABNANL2A/NAME/EXAMPLE SHOP\n B.V./REMI/Order 12/2026 item 3/EREF/02-01-2026 12:00 0045623157461347'
    expect(one(line, `:86:${text}`)).toMatchObject({
      payee: 'EXAMPLE SHOP B.V.',
      memo: 'Order 12/2026 item 3',
      counterparty: 'NL91ABNA0417164300',
      reference: '02-01-2026 12:00 0045623157461347',
    })
  })

  it('Dutch: ING and Rabobank', () => {
    expect(
      one(
        ':61:2601020102D10,00NTRFEREF//45674567456745',
        '/TRCD/00100/',
        ':86:/EREF/E2E123//CNTP/NL91ABNA0417164300/ABNANL2A/EXAMPLE///REMI/USTD//Invoice 7/',
      ),
    ).toMatchObject({ payee: 'EXAMPLE', counterparty: 'NL91ABNA0417164300', memo: 'Invoice 7', reference: 'E2E123' })
    expect(
      one(
        ':61:260102D000000000010,00N086EREF',
        'NL91ABNA0417164300',
        ':86:/EREF/123456789/BENM//NAME/Example/REMI//CDTRREFTP//CD/SCOR/ISSR/CUR/CDTRREF/1234567899874563/ISDT/2026-01-02',
      ),
    ).toMatchObject({
      payee: 'Example',
      counterparty: 'NL91ABNA0417164300',
      memo: '1234567899874563',
      reference: '123456789',
    })
  })

  it('Dutch: ASN has the other side in field 61 and again in 86, padded lines below', () => {
    const padded = (text: string): string => text.padEnd(65)
    expect(
      one(
        ':61:2601020102D10,00NOVBNL91ABNA0417164300',
        'example shop',
        `:86:NL91ABNA0417164300 example shop\n${padded('')}\n${padded('Order 12')}\n${padded('')}`,
      ),
    ).toMatchObject({ payee: 'example shop', memo: 'Order 12', counterparty: 'NL91ABNA0417164300' })
  })

  it('Dutch: card payments and withdrawals at ABN AMRO', () => {
    const text = 'BEA   NR:CT409640 02.01.26/15.49 ICE SHOP MIDDELBURG,PAS263'
    expect(one(line, `:86:${text}`)).toMatchObject({ payee: 'ICE SHOP MIDDELBURG', time: '15:49', kind: 'payment' })
    expect(one(line, `:86:${text.replace('BEA', 'GEA')}`)).toMatchObject({ kind: 'cash-withdrawal' })
  })

  it('Triodos: the other account in subfield 10 behind ">"', () => {
    expect(one(line, ':86:000>100987654321>20Rent>21January>30')).toMatchObject({
      counterparty: '0987654321',
      memo: 'Rent January',
    })
  })

  it('SWIFT: the other side and its account in one code word', () => {
    expect(one(line, ':86:/BENM/300000000000133', '/EXAMPLE BANK', '/Monthly fee//160309522')).toMatchObject({
      payee: 'EXAMPLE BANK',
      counterparty: '300000000000133',
      memo: 'Monthly fee 160309522',
    })
    expect(one(line, ':86:/OCMT/USD2853,12/', 'PAYMENT OF INVOICES')).toMatchObject({
      memo: 'PAYMENT OF INVOICES',
      original: { amount: '-2853.12', currency: 'USD' },
    })
  })

  it('Solaris: type, purpose, name and IBAN between colons', () => {
    expect(one(line, ':86:999SEPA_CREDIT_TRANSFER:Code: 12:Example GmbH:DE89370400440532013000')).toMatchObject({
      memo: 'Code: 12',
      payee: 'Example GmbH',
      counterparty: 'DE89370400440532013000',
    })
  })

  it('free text: short lines by a space, full ones as they stand, several fields as one', () => {
    const full = 'x'.repeat(65)
    expect(one(line, ':86:First line', 'second line')).toMatchObject({ memo: 'First line second line' })
    expect(one(line, `:86:${full}`, 'yz')).toMatchObject({ memo: `${full}yz` })
    expect(one(line, ':86:One', ':86:Two')).toMatchObject({ memo: 'One Two' })
  })

  it('a colon or a tag’s look at a line’s beginning is text', () => {
    expect(one(line, ':86:text', ':08 o’clock', ':FOO: bar')).toMatchObject({ memo: 'text :08 o’clock :FOO: bar' })
    const torn = `${'Card payment at a shop of the town of Exampleton at'.padEnd(60)} 2026-01-02T16`
    expect(one(line, `:86:${torn}`, ':25:31 card 1')).toMatchObject({
      memo: expect.stringContaining('T16:25:31 card 1'),
    })
  })

  it('lines with numbers in a field NS (Commerzbank)', () => {
    expect(
      one(':61:260102C5,00S051', ':NS:01Purpose one', '02two', '15Example', '17TRANSFER', '1812345'),
    ).toMatchObject({ memo: 'Purpose one two', payee: 'Example' })
  })

  it('belongs to the statement once it is closed', () => {
    const { transactions } = read(
      euro(line, ':86:Rent', ':62F:D260102EUR10,00', ':64:D260102EUR10,00', ':86:/SUM/1/0/10,00/0,00/'),
    )
    expect(transactions).toMatchObject([{ memo: 'Rent' }])
  })
})

describe('statements', () => {
  const whole = `${HEAD}:60F:C260101EUR100,00\n:61:260102D30,00NTRFNONREF\n:86:Rent\n:62F:C260102EUR70,00\n:64:C260102EUR65,00\n`

  it('have account, currency, balances and period', () => {
    const { items, findings } = read(whole)
    expect(findings).toEqual([])
    expect(items.filter(({ type }) => type !== 'transaction')).toEqual([
      { type: 'statement', statement: 0, account: { number: '1234567', institution: '10020030' }, currency: 'EUR' },
      { type: 'balance', statement: 0, kind: 'opening', amount: '100', on: '2026-01-01' },
      { type: 'balance', statement: 0, kind: 'closing', amount: '70', on: '2026-01-02' },
      { type: 'balance', statement: 0, kind: 'available', amount: '65', on: '2026-01-02' },
      { type: 'period', statement: 0, from: '2026-01-02', to: '2026-01-02' },
    ])
  })

  it.each([
    ['CR LF', whole.replaceAll('\n', '\r\n')],
    ['lone CR', whole.replaceAll('\n', '\r')],
    ['a mark of UTF-8', `\ufeff${whole}`],
    ['blank lines and a dash', `\n\n${whole}-\n\n`],
    ['control characters', `\u0001${whole}\u0003`],
    ['a SWIFT envelope', `{1:F01EXAMDEFFAXXX0000000000}{2:I940EXAMDEFFXXXXN}{4:\n${whole}-}`],
    ['a SWIFT envelope in one line', `{1:F01EXAMDEFFAXXX0000000000}{2:I940EXAMDEFFXXXXN}{4:${whole}-}{5:}`],
    ['an envelope over lines', `{1:F01EXAMDEFFAXXX0000000000}\n{2:I940EXAMDEFFXXXXN}\n{4:\n${whole}-}{5:{CHK:1}}`],
    ['heading lines', `EXAMDEFF\n940\nEXAMDEFF\n${whole}-`],
    ['a heading field', `:940:\n${whole}`],
    ['other text before', `This is a statement\n- - - -\n\n${whole}`],
    ['space before tags and within', whole.replaceAll('\n:', '\n :').replace(':86:', ':86 :')],
  ])('%s change nothing', (_, text) => {
    const { transactions, statements, balances, failed } = read(text)
    expect(identify(mt940Importer, text)).toBe('yes')
    expect(failed).toEqual([])
    expect(statements).toMatchObject([{ account: { number: '1234567' }, currency: 'EUR' }])
    expect(transactions).toEqual([{ date: '2026-01-02', amount: '-30', kind: 'payment', memo: 'Rent' }])
    expect(balances.map(({ amount }) => amount)).toEqual(['100', '70', '65'])
  })

  it('the bank is known by the envelope or the heading', () => {
    const body = whole.replace('10020030/', '')
    expect(read(`{1:F01EXAMDEFFAXXX0000000000}{2:I940XXXN}{4:\n${body}-}`).statements).toMatchObject([
      { account: { institution: 'EXAMDEFF' } },
    ])
    expect(read(`EXAMDEFF\n940\nEXAMDEFF\n${body}-`).statements).toMatchObject([
      { account: { institution: 'EXAMDEFF' } },
    ])
  })

  it('a message whose head is lost goes to the account of the one before', () => {
    const { statements, transactions } = read(whole + whole.slice(whole.indexOf(':60F')))
    expect(statements.map(({ account }) => account.number)).toEqual(['1234567', '1234567'])
    expect(transactions).toHaveLength(2)
  })

  it('sub-accounts in other currencies are other statements', () => {
    const { statements } = read(whole + whole.replaceAll('EUR', 'USD').replace('1/1', '1/2'))
    expect(statements.map(({ currency }) => currency)).toEqual(['EUR', 'USD'])
  })

  it('one after another stay apart, with a booking to each', () => {
    const next = whole.replace('1234567', '7654321').replace(':86:Rent', ':86:Other')
    const { statements, transactions } = read(`${whole}-\n${next}-\n`)
    expect(statements.map(({ account }) => account.number)).toEqual(['1234567', '7654321'])
    expect(transactions.map(({ memo }) => memo)).toEqual(['Rent', 'Other'])
    // the same account on the next day is another statement, too
    expect(read(`${whole}-\n${whole.replace('28C:1/1', '28C:2/1')}`).statements).toHaveLength(2)
  })

  it('pages are one statement', () => {
    const first = `${HEAD}:60F:C260101EUR100,00\n:61:260102D30,00NTRF\n:62M:C260102EUR70,00\n-\n`
    const second = `${HEAD.replace('1/1', '1/2')}:60M:C260102EUR70,00\n:61:260103D20,00NTRF\n:62F:C260103EUR50,00\n-\n`
    const { statements, balances, sum, findings } = read(first + second)
    expect(statements).toHaveLength(1)
    expect(sum).toBe('-50')
    expect(balances.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['opening', '100'],
      ['closing', '50'],
    ])
    expect(findings).toEqual([])
    expect(codes(first + second.replace('60M:C260102EUR70', '60M:C260102EUR60'))).toEqual(['balance-gap'])
    // of another account it is no page
    expect(read(first + second.replace('1234567', '7654321')).statements).toHaveLength(2)
  })

  it('a balance that does not follow from the bookings is told, and nothing is bent', () => {
    const wrong = whole.replace('C260102EUR70', 'C260102EUR75')
    const { findings, balances, transactions } = read(wrong)
    expect(findings).toMatchObject([{ severity: 'warning', code: 'balance-mismatch', values: { difference: '5' } }])
    expect(transactions).toHaveLength(1)
    expect(balances[1]?.amount).toBe('75')
  })

  it('a missing closing balance is told', () => {
    expect(codes(whole.slice(0, whole.indexOf(':62F')))).toEqual(['truncated'])
  })

  it('a closing balance in another currency is told and not used', () => {
    const { findings, balances } = read(
      whole.replace('C260102EUR70', 'C260102USD70').replace(':64:C260102EUR65,00\n', ''),
    )
    expect(findings).toMatchObject([{ code: 'bad-currency' }])
    expect(balances.map(({ kind }) => kind)).toEqual(['opening'])
  })

  it('without a currency anywhere, that is told', () => {
    const { statements, findings } = read(':20:X\n:25:1234567\n:61:260102D30,00NTRF\n')
    expect(statements).toMatchObject([{ currency: null }])
    expect(findings).toMatchObject([{ code: 'currency-unknown' }])
  })

  it('are told apart from text in CP1252', () => {
    const { transactions } = read(Buffer.from(whole.replace('Rent', 'Überweisung für Müller äöü'), 'latin1'))
    expect(transactions).toMatchObject([{ memo: 'Überweisung für Müller äöü' }])
  })
})

describe('MT942', () => {
  const report =
    '{1:F01EXAMDEFFAXXX0000000000}{2:O942EXAMDEFF}{4:\n:20:R1\n:25:1234567\n:28C:1/1\n:34F:EURD0,\n:13D:2601021200+0100\n:61:260102D30,00NTRF\n:86:Rent\n:61:260102C50,00NTRF\n:90D:1EUR30,00\n:90C:1EUR50,00\n:86:Information\n-}'

  it('is read as pending, in the currency of its floor limit', () => {
    const { statements, transactions, findings } = read(report)
    expect(statements).toMatchObject([{ currency: 'EUR' }])
    expect(transactions).toMatchObject([
      { amount: '-30', status: 'pending', memo: 'Rent' },
      { amount: '50', status: 'pending' },
    ])
    expect(findings).toEqual([])
  })

  it('has counts and sums, which are checked', () => {
    expect(codes(report.replace('90D:1EUR30', '90D:2EUR30'))).toEqual(['count-mismatch'])
    expect(codes(report.replace('90C:1EUR50', '90C:1EUR51'))).toEqual(['count-mismatch'])
  })

  it('its fields in a statement with balances make no interim report of it', () => {
    const { transactions } = read(
      euro(':61:260102D30,00NTRF').replace(':60F:', ':34F:EURD0,\n:13D:2601021200+0100\n:60F:'),
    )
    expect(transactions).toMatchObject([{ amount: '-30' }])
    expect(transactions[0]).not.toHaveProperty('status')
  })

  it('is known by its fields where it has no envelope', () => {
    const bare = report.slice(report.indexOf(':20:'))
    expect(read(bare).transactions).toMatchObject([{ status: 'pending' }, { status: 'pending' }])
  })
})

describe('damage', () => {
  const good = [':61:260102D30,00NTRFONE1//A', ':86:One', ':61:260103C50,00NTRFTWO2//B', ':86:Two']

  it.each([
    ['an amount that is none', ':61:260102D3O,00NTRF', 'bad-amount'],
    ['a letter for a digit', ':61:260102D1S0,00NTRF', 'bad-amount'],
    ['a letter for a digit among the cents', ':61:260102D12,O5NTRF', 'bad-amount'],
    ['a letter for five among the cents', ':61:260102D12,S5NTRF', 'bad-amount'],
    ['no amount', ':61:260102DNTRF', 'bad-record'],
    ['a day that does not exist', ':61:260230D30,00NTRF', 'bad-date'],
    ['no date', ':61:XX0102D30,00NTRF', 'missing-date'],
    ['an amount that could be two', ':61:260102D1.234NTRF', 'bad-amount'],
    ['no mark', ':61:260102X30,00NTRF', 'bad-record'],
    ['a damaged tag', ':61;260102D30,00NTRF', 'bad-record'],
    ['a tag with a letter for a digit', ':6l:260102D30,00NTRF', 'bad-record'],
  ])('%s: named, with its line, and the neighbours untouched', (_, damaged, code) => {
    const { transactions, failed } = read(euro(...good.slice(0, 2), damaged, ':86:Damaged', ...good.slice(2)))
    expect(failed).toMatchObject([{ record: 7, reason: { code } }])
    expect(transactions).toMatchObject([
      { amount: '-30', memo: 'One', reference: 'ONE1' },
      { amount: '50', memo: 'Two', reference: 'TWO2' },
    ])
  })

  it('a balance that cannot be read is told, and the bookings are read', () => {
    const { transactions, findings } = read(euro(...good, ':62F:Dnull'))
    expect(transactions).toHaveLength(2)
    expect(findings).toMatchObject([{ code: 'bad-record', record: 9 }])
  })

  it('an amount that could be two is refused where a point stands, and never guessed', () => {
    expect(read(euro(':61:260102D1.234,50NTRF')).transactions).toMatchObject([{ amount: '-1234.5' }])
  })

  it.each([
    ['', 'empty-file'],
    ['1\n2\n3', 'truncated'],
    [':NS:', 'truncated'],
    [HEAD, 'truncated'],
  ])('%j is refused: %s', (text, code) => {
    const rejection = rejectionOf(mt940Importer, text)
    expect(rejection?.code).toBe(code)
    expect(rejection?.message.length).toBeGreaterThan(10)
  })
})

describe('whose file it is', () => {
  it.each([
    [':61:260102D30,00NTRF', 'yes'],
    ['\n\n:62F:C260102EUR1,00\n-', 'yes'],
    ['{1:F01EXAMDEFFAXXX0000000000}{2:I940EXAMDEFFXXXXN}{4:', 'yes'],
    [HEAD, 'likely'],
    [':20:only a reference', 'no'],
    ['{1:F01EXAM}{2:I103EXAMDEFFXXXXN}{4:\n:20:X\n:32A:260102EUR1,00\n-}', 'no'],
    ['Date,Amount\n2026-01-02,1.00', 'no'],
    ['!Type:Bank\nD1/2/26\nT1.00\n^', 'no'],
    ['', 'no'],
  ])('%j: %s', (text, says) => {
    expect(identify(mt940Importer, text)).toBe(says)
  })
})
