import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { identify, readWith, rejectionOf } from '../text/test-support.ts'
import { camtImporter } from './camt-importer.ts'

const fixture = (name: string): Uint8Array => readFileSync(new URL(`fixtures/${name}`, import.meta.url))
const read = (content: string | Uint8Array): ReturnType<typeof readWith> => readWith(camtImporter, content)

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:camt.053.001.02'
const ACCOUNT = '<Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>'
const DAY = '<BookgDt><Dt>2026-01-05</Dt></BookgDt>'

const document = (statements: string, namespace = NAMESPACE): string =>
  `<?xml version="1.0"?><Document xmlns="${namespace}"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr>${statements}</BkToCstmrStmt></Document>`
const statement = (content: string, account = ACCOUNT): string =>
  document(`<Stmt><Id>1</Id>${account}${content}</Stmt>`)
const balance = (code: string, amount: string, day = '2026-01-01', indicator = 'CRDT', currency = 'EUR'): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${indicator}</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`
const entry = (content: string, amount = '10.00', indicator = 'DBIT', currency = 'EUR'): string =>
  `<Ntry><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${indicator}</CdtDbtInd><Sts>BOOK</Sts>${content}</Ntry>`
const details = (...contents: string[]): string =>
  `<NtryDtls>${contents.map((content) => `<TxDtls>${content}</TxDtls>`).join('')}</NtryDtls>`
const one = (content: string, ...rest: string[]): ReturnType<typeof readWith>['transactions'][number] | undefined =>
  read(statement(entry(DAY + content, ...rest))).transactions[0]

describe('a statement of a month', () => {
  const { statements, transactions, balances, items, findings, failed, skipped } = read(fixture('household-053.xml'))

  it('has its account, period and balances, and adds up', () => {
    expect(statements).toEqual([
      {
        type: 'statement',
        statement: 0,
        account: {
          number: 'DE02 1203 0000 0000 2020 51',
          name: 'Alex and Kim Example',
          institution: 'Example Bank',
          kind: 'checking',
        },
        currency: 'EUR',
      },
    ])
    expect(balances.map(({ kind, amount, on }) => [kind, amount, on])).toEqual([
      ['opening', '-100', '2026-01-01'],
      ['closing', '2316.5', '2026-01-31'],
      ['available', '4316.5', '2026-01-31'],
      ['limit', '2000', '2026-01-01'],
    ])
    expect(items).toContainEqual({ type: 'period', statement: 0, from: '2026-01-01', to: '2026-01-31' })
    expect([findings, failed, skipped]).toEqual([[], [], []])
  })

  it('reads every field of an entry', () => {
    expect(transactions).toEqual([
      {
        date: '2026-01-02',
        valueDate: '2026-01-03',
        amount: '2800',
        kind: 'payment',
        payee: 'Acme & Sons',
        memo: 'Salary January · GEHALT',
        reference: 'REF-SALARY-01',
        counterparty: 'DE75512108001245126199',
      },
      {
        date: '2026-01-05',
        time: '14:21:09',
        amount: '-46',
        kind: 'payment',
        payee: 'Harbor Books',
        reference: 'REF-CARD-02',
        original: { amount: '-50', currency: 'USD', rate: '0.92' },
      },
      {
        date: '2026-01-07',
        amount: '-300',
        kind: 'payment',
        reference: 'REF-BATCH-03',
        splits: [
          { amount: '-180', memo: 'Kindergarten · Fee for January' },
          { amount: '-120', memo: 'Music School · RF18539007547034' },
        ],
      },
      {
        date: '2026-01-09',
        amount: '-53',
        kind: 'refund',
        payee: 'Sam Member',
        memo: 'MS03 no reason given',
        reference: 'CLUB-2026-17',
        counterparty: 'DE91100000000123456789',
        fee: '3',
      },
      { date: '2026-01-31', amount: '-4.5', kind: 'fee', memo: 'Account fee' },
      { date: '2026-01-31', amount: '20', kind: 'deposit' },
      { date: '2026-02-02', amount: '-12', kind: 'payment', status: 'pending', payee: 'Bakery' },
    ])
  })
})

describe('which files are CAMT', () => {
  it.each([
    [document(''), 'yes'],
    ['<BkToCstmrAcctRpt></BkToCstmrAcctRpt>', 'yes'],
    ['<a:Document xmlns:a="x"><a:BkToCstmrDbtCdtNtfctn/></a:Document>', 'yes'],
    ['\ufeff<?xml version="1.0"?><Document><BkToCstmrStmtV01>', 'yes'],
    ['<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03">', 'likely'],
    ['date,amount\n<BkToCstmrStmt>,1', 'no'],
    ['<OFX></OFX>', 'no'],
    ['<html><body>camt.053.001.02</body></html>', 'no'],
  ])('%j: %s', (text, says) => expect(identify(camtImporter, text)).toBe(says))

  it.each([
    ['', 'empty-file'],
    ['\u0000\u0001\u0002', 'binary'],
    ['<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"><CstmrCdtTrfInitn/></Document>', 'wrong-kind'],
    ['<Document><Other/></Document>', 'wrong-kind'],
    [document(''), 'damaged'],
    [`<Document xmlns="${NAMESPACE}"><BkToCstmrStmt>`, 'truncated'],
    [statement(entry(DAY)).slice(0, -60), 'truncated'],
    [`<!DOCTYPE d [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>${statement(entry(DAY))}`, 'damaged'],
    [`<!DOCTYPE Document [<!ENTITY x SYSTEM "file:///etc/hostname">]>${statement(entry(DAY))}`, 'damaged'],
    [statement('<Acct>' + '<a>'.repeat(200)), 'damaged'],
    [statement(`<Acct><Id ${'x'.repeat(300_000)}`), 'damaged'],
  ])('%.80j is refused: %s', (text, code) => expect(rejectionOf(camtImporter, text)?.code).toBe(code))

  it('never expands an entity it does not know', () => {
    const text = statement(entry(`${DAY}<AddtlNtryInf>&evil; &lt;b&gt; &#65;</AddtlNtryInf>`))
    expect(read(`<!DOCTYPE Document SYSTEM "http://example.org/x.dtd">${text}`).transactions[0]?.memo).toBe(
      '&evil; <b> A',
    )
  })
})

describe('versions and writers', () => {
  it('reads version 01 with a prefix: 10.00 − 7.00 = 3.00', () => {
    const { statements, transactions, balances, findings } = read(fixture('version-01.xml'))
    expect(statements[0]).toMatchObject({ account: { number: '000-12345-6', name: 'Kim' }, currency: 'SEK' })
    expect(transactions).toEqual([{ date: '2009-05-04', amount: '-7', kind: 'fee', memo: '4711', reference: 'KEY-77' }])
    expect(balances.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['opening', '10'],
      ['closing', '3'],
    ])
    expect(findings).toEqual([])
  })

  const plain = statement(entry(`${DAY}<AddtlNtryInf>Gebühr</AddtlNtryInf>`))
  const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1')
  it.each<[string, string | Uint8Array]>([
    ['no namespace', plain.replace(` xmlns="${NAMESPACE}"`, '')],
    [
      'the namespace of the Swiss scheme',
      plain.replace(NAMESPACE, 'http://www.six-interbank-clearing.com/de/camt.053.001.04.ch.02.xsd'),
    ],
    ['the namespace of another message', plain.replace(NAMESPACE, 'urn:iso:std:iso:20022:tech:xsd:camt.054.001.13')],
    ['prefixes', plain.replaceAll(/<(\/?)([A-Z])/g, '<$1ns2:$2')],
    ['line ends and indentation', plain.replaceAll('><', '>\r\n\t  <')],
    ['comments', plain.replaceAll('><', '><!-- <Ntry> --><')],
    ['CDATA', plain.replace('Gebühr', '<![CDATA[Geb]]>ü<![CDATA[hr]]>')],
    ['spaces in tags', plain.replaceAll('</Amt>', '</Amt >').replaceAll('<Amt ', '<Amt\n  ')],
    ['single quotes', plain.replaceAll('"', "'")],
    ['a byte order mark', `\ufeff${plain}`],
    ['UTF-16', Buffer.from(`\ufeff${plain}`, 'utf16le')],
    ['Latin-1, declared', latin(plain.replace('"1.0"', '"1.0" encoding="ISO-8859-1"'))],
    ['Latin-1, undeclared', latin(plain)],
    ['an envelope', `<Env><AppHdr><Fr><FIId/></Fr></AppHdr>${plain.slice(plain.indexOf('<Document'))}</Env>`],
  ])('%s', (_, content) => {
    const { transactions, statements, failed } = read(content)
    expect(failed).toEqual([])
    expect(statements).toMatchObject([{ account: { number: 'DE02120300000000202051' }, currency: 'EUR' }])
    expect(transactions).toEqual([{ date: '2026-01-05', amount: '-10', kind: 'payment', memo: 'Gebühr' }])
  })

  it.each([
    ['BkToCstmrAcctRpt', 'Rpt'],
    ['BkToCstmrDbtCdtNtfctn', 'Ntfctn'],
  ])('%s', (message, name) => {
    const text = statement(entry(DAY))
      .replaceAll('BkToCstmrStmt', message)
      .replaceAll(/(<\/?)Stmt>/g, `$1${name}>`)
    expect(read(text)).toMatchObject({ statements: [{ statement: 0 }], sum: '-10' })
  })

  it('reads several statements, each its own account', () => {
    const second = ACCOUNT.replace('DE02120300000000202051', 'CH9300762011623852957').replace('EUR', 'CHF')
    const text = document(
      `<Stmt>${ACCOUNT}${entry(DAY)}</Stmt><Stmt>${second}${entry(DAY, '5.00', 'CRDT', 'CHF')}</Stmt><Stmt/>`,
    )
    const { statements, items, sum } = read(text)
    expect(statements.map(({ statement: index, currency }) => [index, currency])).toEqual([
      [0, 'EUR'],
      [1, 'CHF'],
      [2, null],
    ])
    expect(items.flatMap((item) => (item.type === 'transaction' ? [[item.statement, item.record]] : []))).toEqual([
      [0, 1],
      [1, 2],
    ])
    expect(sum).toBe('-5')
  })
})

describe('the account', () => {
  it.each([
    ['<Id><IBAN>DE1</IBAN></Id>', { number: 'DE1' }],
    ['<Id><Othr><Id>12-3</Id><SchmeNm><Cd>BBAN</Cd></SchmeNm></Othr></Id>', { number: '12-3' }],
    ['<Nm>Joint</Nm><Ownr><Nm>Kim</Nm></Ownr>', { name: 'Joint' }],
    ['<Ownr><Pty><Nm>Kim</Nm></Pty></Ownr>', { name: 'Kim' }],
    ['<Tp><Cd>SVGS</Cd></Tp>', { kind: 'savings' }],
    ['<Svcr><FinInstnId><BIC>ABNANL2A</BIC></FinInstnId></Svcr>', { institution: 'ABNANL2A' }],
    ['<Svcr><FinInstnId><BICFI>ABNANL2A</BICFI><Nm>A Bank</Nm></FinInstnId></Svcr>', { institution: 'A Bank' }],
  ])('%s', (content, account) => {
    expect(read(statement('', `<Acct>${content}</Acct>`)).statements[0]?.account).toEqual(account)
  })

  it.each([
    ['its own', '<Acct><Ccy>CHF</Ccy></Acct>', balance('OPBD', '1') + entry(DAY), 'CHF'],
    ['of its balances', '<Acct></Acct>', balance('OPBD', '1', '2026-01-01', 'CRDT', 'GBP') + entry(DAY), 'GBP'],
    ['of its first entry', '', entry(DAY), 'EUR'],
    ['nowhere', '', '<Ntry><Amt>1</Amt></Ntry>', null],
  ])('takes the currency: %s', (_, account, content, currency) => {
    const { statements, findings } = read(statement(content, account))
    expect(statements[0]?.currency).toBe(currency)
    expect(findings.some(({ code }) => code === 'currency-unknown')).toBe(currency === null)
  })
})

describe('balances', () => {
  it.each<[string, string, readonly (readonly [string, string])[]]>([
    [
      'the previous closing opens',
      balance('PRCD', '5.00') + balance('CLBD', '5.00'),
      [
        ['opening', '5'],
        ['closing', '5'],
      ],
    ],
    ['the opening itself is better', balance('PRCD', '4') + balance('OPBD', '5'), [['opening', '5']]],
    [
      'an interim balance closes a report',
      balance('OPBD', '5') + balance('ITBD', '5'),
      [
        ['opening', '5'],
        ['closing', '5'],
      ],
    ],
    ['a debit balance is negative', balance('CLBD', '5.00', '2026-01-01', 'DBIT'), [['closing', '-5']]],
    ['a minus sign is not turned', balance('CLBD', '-5.00', '2026-01-01', 'DBIT'), [['closing', '-5']]],
    [
      'the first opening and the last closing of several days',
      balance('OPBD', '1', '2026-01-02') +
        balance('CLBD', '2', '2026-01-02') +
        balance('OPBD', '2', '2026-01-01') +
        balance('CLBD', '2', '2026-01-01'),
      [
        ['opening', '2'],
        ['closing', '2'],
      ],
    ],
    ['forward and expected ones are left out', balance('FWAV', '9') + balance('XPCD', '9') + balance('OPAV', '9'), []],
  ])('%s', (_, content, expected) => {
    expect(read(statement(content)).balances.map(({ kind, amount }) => [kind, amount])).toEqual(expected)
  })

  it('dated by a moment', () => {
    const text = balance('OPBD', '5').replace(
      '<Dt><Dt>2026-01-01</Dt></Dt>',
      '<Dt><DtTm>2026-01-03T00:00:00.000000</DtTm></Dt>',
    )
    expect(read(statement(text)).balances[0]?.on).toBe('2026-01-03')
  })

  it.each([
    ['10.00 + 5.00 − 10.00 = 5.00 adds up', '5.00', []],
    ['anything else does not', '5.01', ['balance-mismatch']],
  ])('%s', (_, closing, codes) => {
    const text = balance('OPBD', '10.00') + balance('CLBD', closing) + entry(DAY) + entry(DAY, '5.00', 'CRDT')
    const pending = entry(DAY, '99.00').replace('BOOK', 'PDNG')
    expect(read(statement(text + pending)).findings.map(({ code }) => code)).toEqual(codes)
  })

  it('tells where a balance is no amount and where the announced count differs', () => {
    const text = `${balance('OPBD', '1.2.3')}<TxsSummry><TtlNtries><NbOfNtries>4</NbOfNtries></TtlNtries></TxsSummry>${entry(DAY)}`
    expect(read(statement(text)).findings.map(({ code }) => code)).toEqual(['bad-amount', 'count-mismatch'])
  })
})

describe('the fate of an entry', () => {
  it.each([
    ['no amount', '<Ntry><CdtDbtInd>DBIT</CdtDbtInd></Ntry>', 'missing-amount'],
    ['an empty entry', '<Ntry/>', 'missing-amount'],
    ['garbled amount', entry(DAY, '12..34'), 'bad-amount'],
    ['grouped amount', entry(DAY, '1,234.56'), 'bad-amount'],
    ['an exponent', entry(DAY, '1e3'), 'bad-amount'],
    ['neither credit nor debit', entry(DAY, '1.00', 'WHAT'), 'bad-record'],
    ['no such day', entry('<BookgDt><Dt>2026-02-30</Dt></BookgDt>'), 'bad-date'],
    ['no day at all', entry(''), 'missing-date'],
  ])('%s fails and leaves its neighbours alone', (_, damaged, code) => {
    const { failed, transactions } = read(statement(entry(DAY) + damaged + entry(DAY, '2.00')))
    expect(failed).toMatchObject([{ record: 2, reason: { code } }])
    expect(transactions.map(({ amount }) => amount)).toEqual(['-10', '-2'])
  })

  it.each([
    ['BOOK', undefined],
    ['PDNG', 'pending'],
    ['FUTR', 'pending'],
  ])('status %s', (status, expected) => {
    const plain = statement(entry(DAY).replace('BOOK', status))
    const coded = statement(entry(DAY).replace('BOOK', `<Cd>${status}</Cd>`))
    for (const text of [plain, coded]) expect(read(text).transactions[0]?.status).toBe(expected)
  })

  it('for information only is skipped', () => {
    const { skipped, transactions } = read(statement(entry(DAY).replace('BOOK', 'INFO')))
    expect(skipped).toMatchObject([{ record: 1, reason: { code: 'information-only' } }])
    expect(transactions).toEqual([])
  })

  it.each([
    ['a booking day', '<BookgDt><Dt>2026-01-05+01:00</Dt></BookgDt>', { date: '2026-01-05' }, []],
    ['a moment', '<BookgDt><DtTm>2026-01-05T23:10:11Z</DtTm></BookgDt>', { date: '2026-01-05', time: '23:10:11' }, []],
    ['a full hour is a filler', '<BookgDt><DtTm>2026-01-05T00:00:00</DtTm></BookgDt>', { date: '2026-01-05' }, []],
    ['the value date alone', '<ValDt><Dt>2026-01-06</Dt></ValDt>', { date: '2026-01-06' }, []],
    [
      'a bad booking day beside a value date',
      '<BookgDt><Dt>2026-13-01</Dt></BookgDt><ValDt><Dt>2026-01-06</Dt></ValDt>',
      { date: '2026-01-06' },
      ['bad-date'],
    ],
    [
      'the detail',
      details('<RltdDts><AccptncDtTm>2026-01-07T10:00:00</AccptncDtTm></RltdDts>'),
      { date: '2026-01-07' },
      [],
    ],
    ['the statement', '', { date: '2026-01-31' }, ['missing-date']],
  ])('is dated by %s', (_, content, expected, codes) => {
    const { transactions, findings } = read(statement(`<CreDtTm>2026-01-31T10:00:00</CreDtTm>${entry(content)}`))
    expect(transactions).toEqual([{ amount: '-10', kind: 'payment', ...expected }])
    expect(findings.map(({ code }) => code)).toEqual(codes)
  })

  it.each([
    ['10', 'DBIT', '-10', []],
    ['+10.50000', 'CRDT', '10.5', []],
    ['10,50', 'CRDT', '10.5', []],
    ['0', 'CRDT', '0', []],
    ['-10.00', 'DBIT', '-10', ['ambiguous-sign']],
    ['-10.00', 'CRDT', '-10', ['ambiguous-sign']],
    [' 10.00\n', 'DBIT', '-10', []],
  ])('amount %j %s is %s', (amount, indicator, expected, codes) => {
    const { transactions, findings } = read(statement(entry(DAY, amount, indicator)))
    expect(transactions[0]?.amount).toBe(expected)
    expect(findings.map(({ code }) => code)).toEqual(codes)
  })

  it('survives a missing end of its predecessor', () => {
    const torn = entry(`${DAY}<NtryDtls><TxDtls><AddtlTxInf>torn</AddtlTxInf>`).replace('</Ntry>', '')
    const { transactions, findings } = read(statement(torn + entry(DAY, '2.00')))
    expect(transactions.map(({ amount }) => amount)).toEqual(['-10', '-2'])
    expect(findings).toMatchObject([{ severity: 'warning', code: 'unclosed-element', record: 1 }])
  })
})

describe('the other side', () => {
  const party = (role: string, name: string, iban?: string): string =>
    `<${role}><Nm>${name}</Nm></${role}>${iban === undefined ? '' : `<${role}Acct><Id><IBAN>${iban}</IBAN></Id></${role}Acct>`}`
  const own = 'DE02120300000000202051'
  const parties = (...content: string[]): string => details(`<RltdPties>${content.join('')}</RltdPties>`)

  it.each([
    ['a debit pays the creditor', 'DBIT', parties(party('Dbtr', 'Me'), party('Cdtr', 'Shop', 'DE1')), 'Shop', 'DE1'],
    [
      'a credit comes from the debtor',
      'CRDT',
      parties(party('Dbtr', 'Boss', 'DE1'), party('Cdtr', 'Me')),
      'Boss',
      'DE1',
    ],
    [
      'nobody is his own counterparty',
      'DBIT',
      parties(party('Dbtr', 'Shop', 'DE1'), party('Cdtr', 'Me', own)),
      'Shop',
      'DE1',
    ],
    ['a transfer to oneself stays one', 'DBIT', parties(party('Dbtr', 'Me', own), party('Cdtr', 'Me', own)), 'Me', own],
    ['a debit without creditor has none', 'DBIT', parties(party('Dbtr', 'Me')), undefined, undefined],
    ['placeholders are no names', 'DBIT', parties(party('Cdtr', 'NOTPROVIDED')), undefined, undefined],
    [
      'a bank may be the party',
      'DBIT',
      parties('<Cdtr><Agt><FinInstnId><Nm>Bank</Nm></FinInstnId></Agt></Cdtr>'),
      'Bank',
      undefined,
    ],
    [
      'the account may have the name',
      'DBIT',
      parties('<CdtrAcct><Id><Othr><Id>77</Id></Othr></Id><Nm>Shop</Nm></CdtrAcct>'),
      'Shop',
      '77',
    ],
    ['the ultimate one if no other', 'DBIT', parties(party('UltmtCdtr', 'Seller')), 'Seller', undefined],
  ])('%s', (_, indicator, content, payee, counterparty) => {
    const found = one(content, '10.00', indicator)
    expect([found?.payee, found?.counterparty]).toEqual([payee, counterparty])
  })

  it('on whose behalf is told in the memo', () => {
    expect(one(parties(party('Cdtr', 'PSP'), party('UltmtCdtr', 'Seller')))).toMatchObject({
      payee: 'PSP',
      memo: 'Seller',
    })
    expect(one(parties(party('Cdtr', 'Shop'), party('UltmtCdtr', 'SHOP')))?.memo).toBeUndefined()
  })

  it('keeps its role in a return', () => {
    const content = parties(party('Dbtr', 'Me'), party('Cdtr', 'Shop')).replace(
      '</TxDtls>',
      '<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls>',
    )
    expect(one(content, '10.00', 'CRDT')).toMatchObject({ amount: '10', kind: 'refund', payee: 'Shop', memo: 'AC04' })
  })
})

describe('references and words', () => {
  it.each([
    ['<AcctSvcrRef>BANK-1</AcctSvcrRef>', '<EndToEndId>E2E-1</EndToEndId>', 'BANK-1'],
    ['<AcctSvcrRef>NONREF</AcctSvcrRef>', '<EndToEndId>E2E-1</EndToEndId>', 'E2E-1'],
    ['<NtryRef>7</NtryRef>', '<EndToEndId>NOTPROVIDED</EndToEndId><TxId>TX-1</TxId>', 'TX-1'],
    ['<NtryRef>7</NtryRef>', '<EndToEndId>NOTPROVIDED</EndToEndId>', '7'],
    ['', '<Prtry><Tp>ID</Tp><Ref>2026-1-1</Ref></Prtry>', '2026-1-1'],
    ['', '<EndToEndId>000000</EndToEndId>', undefined],
  ])('%s %s', (own, refs, reference) => {
    expect(one(own + details(`<Refs>${refs}</Refs>`))?.reference).toBe(reference)
  })

  it('a cheque has its number', () => {
    expect(one(details('<Refs><ChqNb>000123</ChqNb></Refs>'))?.checkNumber).toBe('000123')
  })

  it.each([
    ['lines are joined', '<RmtInf><Ustrd>Rent</Ustrd><Ustrd>January</Ustrd></RmtInf>', 'Rent January'],
    [
      'structured references',
      '<RmtInf><Strd><CdtrRefInf><Ref>RF18</Ref></CdtrRefInf><AddtlRmtInf>more</AddtlRmtInf></Strd></RmtInf>',
      'RF18 · more',
    ],
    ['the number of the document', '<RmtInf><Strd><RfrdDocInf><Nb>INV-7</Nb></RfrdDocInf></Strd></RmtInf>', 'INV-7'],
    ['words are not repeated', '<RmtInf><Ustrd>Card 1 fee</Ustrd></RmtInf><AddtlTxInf>FEE</AddtlTxInf>', 'Card 1 fee'],
    ['nothing but an identity', '<Refs><EndToEndId>ORDER-9</EndToEndId></Refs>', 'ORDER-9'],
  ])('memo: %s', (_, content, memo) => expect(one(details(content))?.memo).toBe(memo))
})

describe('kinds by the bank transaction code', () => {
  const iso = (domain: string, family: string, sub: string): string =>
    `<BkTxCd><Domn><Cd>${domain}</Cd><Fmly><Cd>${family}</Cd><SubFmlyCd>${sub}</SubFmlyCd></Fmly></Domn></BkTxCd>`
  const own = (code: string): string => `<BkTxCd><Prtry><Cd>${code}</Cd></Prtry></BkTxCd>`
  it.each([
    ['', 'payment', 'payment'],
    [iso('PMNT', 'ICDT', 'ESCT'), 'payment', 'payment'],
    [iso('PMNT', 'CCRD', 'CWDL'), 'cash-withdrawal', 'deposit'],
    [iso('PMNT', 'CNTR', 'CDPT'), 'cash-withdrawal', 'deposit'],
    [iso('PMNT', 'RCDT', 'CHRG'), 'fee', 'fee'],
    [iso('ACMT', 'MCOP', 'INTR'), 'interest', 'interest'],
    [iso('ACMT', 'MDOP', 'TAXE'), 'tax', 'tax'],
    [iso('SECU', 'CUST', 'DVCA'), 'dividend', 'dividend'],
    [iso('SECU', 'SETT', 'TRAD'), 'other', 'other'],
    [iso('PMNT', 'IDDT', 'UPDD'), 'refund', 'refund'],
    [iso('LDAS', 'CSLN', 'RIMB'), 'payment', 'payment'],
    [iso('CAMT', 'ACCB', 'SWEP'), 'transfer', 'transfer'],
    [own('NTRF+166+9310+997'), 'payment', 'payment'],
    [own('NMSC+083'), 'cash-withdrawal', 'deposit'],
    [own('808'), 'fee', 'fee'],
    [own('NINT+814'), 'interest', 'interest'],
    [own('NCHG'), 'fee', 'fee'],
    ['<RvslInd>true</RvslInd>', 'refund', 'refund'],
    ['<RvslInd>false</RvslInd>', 'payment', 'payment'],
    [`<RvslInd>true</RvslInd>${iso('ACMT', 'MDOP', 'CHRG')}`, 'fee', 'fee'],
  ])('%s', (code, debit, credit) => {
    expect([one(code)?.kind, one(code, '10.00', 'CRDT')?.kind]).toEqual([debit, credit])
  })

  it('a trade has its security and units', () => {
    const content = `${iso('SECU', 'SETT', 'TRAD')}${details('<RltdQties><Qty><Unit>4</Unit></Qty></RltdQties><FinInstrmId><ISIN>IE00B4L5Y983</ISIN></FinInstrmId>')}`
    const security = { isin: 'IE00B4L5Y983' }
    expect(one(content)).toMatchObject({ kind: 'buy', security, quantity: '4' })
    expect(one(content, '10.00', 'CRDT')).toMatchObject({ kind: 'sell', security, quantity: '-4' })
  })
})

describe('amounts beside the booked one', () => {
  const instructed = (amount: string, currency: string, exchange = ''): string =>
    details(`<AmtDtls><InstdAmt><Amt Ccy="${currency}">${amount}</Amt>${exchange}</InstdAmt></AmtDtls>`)
  const rate = (text: string): string => `<CcyXchg><SrcCcy>USD</SrcCcy><XchgRate>${text}</XchgRate></CcyXchg>`

  it.each([
    ['the account’s own currency says nothing', instructed('10.00', 'EUR'), undefined],
    ['no rate', instructed('12.50', 'USD'), { amount: '-12.5', currency: 'USD' }],
    ['12.50 × 0.8 = 10', instructed('12.50', 'USD', rate('0.8')), { amount: '-12.5', currency: 'USD', rate: '0.8' }],
    [
      '12.50 ÷ 1.25 = 10: 1 ÷ 1.25 = 0.8',
      instructed('12.50', 'USD', rate('1.25')),
      { amount: '-12.5', currency: 'USD', rate: '0.8' },
    ],
    [
      'a rate that fits neither way is left out',
      instructed('12.50', 'USD', rate('7')),
      { amount: '-12.5', currency: 'USD' },
    ],
  ])('%s', (_, content, original) => expect(one(content)?.original).toEqual(original))

  it.each([
    [
      'marked as contained',
      '<Chrgs><Rcrd><Amt Ccy="EUR">1.50</Amt><ChrgInclInd>true</ChrgInclInd></Rcrd></Chrgs>',
      '1.5',
    ],
    [
      'marked as not contained',
      '<Chrgs><Rcrd><Amt Ccy="EUR">1.50</Amt><ChrgInclInd>false</ChrgInclInd></Rcrd></Chrgs>',
      undefined,
    ],
    ['unmarked and unproven', '<Chrgs><Amt Ccy="EUR">1.50</Amt></Chrgs>', undefined],
    [
      '8.50 + 1.50 = 10.00',
      '<AmtDtls><TxAmt><Amt Ccy="EUR">8.50</Amt></TxAmt></AmtDtls><Chrgs><Amt Ccy="EUR">1.50</Amt></Chrgs>',
      '1.5',
    ],
    [
      'less what is given back: 1.50 − 0.20',
      '<Chrgs><Rcrd><Amt Ccy="EUR">1.50</Amt><ChrgInclInd>true</ChrgInclInd></Rcrd><Rcrd><Amt Ccy="EUR">0.20</Amt><CdtDbtInd>CRDT</CdtDbtInd><ChrgInclInd>true</ChrgInclInd></Rcrd></Chrgs>',
      '1.3',
    ],
  ])('charges: %s', (_, content, fee) => expect(one(details(content))?.fee).toBe(fee))

  it('a batch whose payments do not add up has no parts', () => {
    const part = (amount: string): string =>
      `<Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd><AddtlTxInf>p${amount}</AddtlTxInf>`
    expect(one(details(part('6.00'), part('4.00')))?.splits?.map(({ amount }) => amount)).toEqual(['-6', '-4'])
    expect(one(details(part('6.00'), part('3.00')))).toMatchObject({ memo: 'p6.00 · p3.00' })
    expect(one(details(part('6.00'), part('3.00')))?.splits).toBeUndefined()
  })

  it('a batch of more payments than can be kept is one entry', () => {
    const many = details(...Array.from({ length: 6000 }, () => '<Amt Ccy="EUR">0.01</Amt>'))
    const { transactions, findings } = read(statement(entry(DAY + many, '60.00')))
    expect(transactions).toEqual([{ date: '2026-01-05', amount: '-60', kind: 'payment' }])
    expect(findings).toMatchObject([{ severity: 'info', values: { count: 6000 } }])
  })
})

describe('an entry in another currency than its account', () => {
  const foreign = (amounts: string): string => entry(DAY + details(amounts), '20.00', 'DBIT', 'USD')
  const stated = '<AmtDtls><InstdAmt><Amt Ccy="EUR">18.00</Amt></InstdAmt></AmtDtls>'

  it.each([
    ['as the file states it', foreign(stated), '-18'],
    [
      'as written where the balances say so: 50 − 20 = 30',
      balance('OPBD', '50') + balance('CLBD', '30') + foreign(stated),
      '-20',
    ],
    [
      'as stated where the balances say so: 50 − 18 = 32',
      balance('OPBD', '50') + balance('CLBD', '32') + foreign(stated),
      '-18',
    ],
    [
      'by the rate of its currency: 20 × 0.9',
      foreign(
        '<AmtDtls><TxAmt><Amt Ccy="USD">20.00</Amt><CcyXchg><SrcCcy>USD</SrcCcy><XchgRate>0.9</XchgRate></CcyXchg></TxAmt></AmtDtls>',
      ),
      '-18',
    ],
    ['as written where there is nothing else', foreign(''), '-20'],
  ])('counts %s', (_, content, amount) => {
    const { transactions, findings } = read(statement(content))
    expect(transactions.map((transaction) => transaction.amount)).toEqual([amount])
    expect(findings).toMatchObject([{ severity: 'warning', code: 'bad-currency', record: 1 }])
  })
})
