import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseIsoDate } from '../../../../shared/domain/iso-date.ts'
import { encodeGb } from '../chinese/fixtures/gb-text.ts'
import { ImportRejection, type ParsedItem } from '../importer.ts'
import { readItems } from '../registry.ts'
import { bytesSource } from '../text/decode.ts'
import { makeZip } from './fixtures/make-zip.ts'
import { openContainer } from './open-container.ts'
import { looksLikeMail } from './open-mail.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('base64')
    .replaceAll(/(.{76})/g, '$1\r\n')

const HEADERS = [
  'Received: from mail.example by mx.example; Mon, 5 Feb 2024 10:00:00 +0800',
  'From: =?gb18030?B?yr7A/dL40NA=?= <card@bank.example>',
  'To: someone@example.org',
  'Subject: =?utf-8?Q?=E4=BF=A1=E7=94=A8=E5=8D=A1?= =?utf-8?Q?=E8=B4=A6=E5=8D=95?=',
  'MIME-Version: 1.0',
]

const mail = (...lines: readonly string[]): Uint8Array => utf8([...HEADERS, ...lines].join('\r\n'))

const multipart = (kind: string, mark: string, ...parts: readonly string[]): string[] => [
  `Content-Type: multipart/${kind};\r\n boundary="${mark}"`,
  '',
  'This is a message in several parts.',
  ...parts.map((part) => `--${mark}\r\n${part}`),
  `--${mark}--`,
  '',
]

const CSV = 'Date,Description,Amount\r\n2024-01-05,Coffee,-3.50\r\n2024-01-08,Salary,1250.00\r\n'

const filesOf = (bytes: Uint8Array): string[] | null =>
  openContainer(bytesSource('statement.eml', bytes))?.map(
    (file) => `${file.name} ${new TextDecoder().decode(file.read(0, file.size))}`,
  ) ?? null

describe('files in an e-mail message', () => {
  it('an attachment in base64 with a name in another character set; the greeting beside it is left alone', () => {
    const bytes = mail(
      ...multipart(
        'mixed',
        'outer',
        multipart(
          'alternative',
          'inner',
          'Content-Type: text/plain\r\n\r\nHello',
          'Content-Type: text/html\r\n\r\n<table><tr><td>Hello</td></tr></table>',
        ).join('\r\n'),
        `Content-Type: text/csv; name="=?utf-8?B?${Buffer.from('账单.csv').toString('base64')}?="\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\n${base64(utf8(CSV))}`,
        'Content-Type: image/png; name="logo.png"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: inline\r\n\r\niVBORw0KGgo=',
      ),
    )
    expect(filesOf(bytes)).toEqual([`账单.csv ${CSV}`])
  })

  it.each([
    ["filename*=gb18030''%D5%CB%B5%A5.csv", '账单.csv'],
    ["filename*0*=utf-8''%E8%B4%A6;\r\n filename*1*=%E5%8D%95.csv", '账单.csv'],
    ['filename="../../etc/passwd"', 'passwd'],
    ['filename="C:\\temp\\a;b.csv"', 'a;b.csv'],
    ['size=3', 'attachment'],
  ])('the name in %s is %s', (parameter, name) => {
    const bytes = mail(...multipart('mixed', 'm', `Content-Disposition: attachment; ${parameter}\r\n\r\nabc`))
    expect(filesOf(bytes)).toEqual([`${name} abc`])
  })

  it('an archive that is attached is opened, too', () => {
    const zip = makeZip([{ name: 'folder/a.csv', content: utf8(CSV) }])
    const bytes = mail(
      ...multipart(
        'mixed',
        'm',
        `Content-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(zip)}`,
      ),
    )
    expect(filesOf(bytes)).toEqual([`a.csv ${CSV}`])
  })

  it('a message that is forwarded as a whole is looked into', () => {
    const inner = ['From: a@example', 'MIME-Version: 1.0', 'Content-Type: text/csv; name=in.csv', '', CSV].join('\r\n')
    expect(filesOf(mail(...multipart('mixed', 'm', `Content-Type: message/rfc822\r\n\r\n${inner}`)))).toEqual([
      `in.csv ${CSV}`,
    ])
  })

  it('without attachments, the page in the body, in whatever way it is written', () => {
    const page = '<html><head><meta charset="gb2312"></head><table><tr><td>交易日</td></tr></table></html>'
    const bytes = mail(
      'Content-Type: text/html; charset=gb18030',
      'Content-Transfer-Encoding: base64',
      '',
      base64(encodeGb(page)),
    )
    expect(filesOf(bytes)).toEqual([`信用卡账单.html ${page}`])
  })

  it('quoted-printable goes over line ends and keeps what is no code', () => {
    const bytes = mail(
      'Content-Type: text/html; charset="utf-8"',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      '<table class=3D"a"><tr><td>=E4=BD=\r\n=A0</td><td>1=ZZ</td></tr></table>',
    )
    expect(filesOf(bytes)).toEqual(['信用卡账单.html <table class="a"><tr><td>你</td><td>1=ZZ</td></tr></table>'])
  })

  it.each([
    ['a greeting without figures', mail('Content-Type: text/plain', '', 'Hello, see you at 10.30')],
    ['pictures alone', mail(...multipart('mixed', 'm', 'Content-Type: image/png; name=a.png\r\n\r\nabc'))],
    ['a CSV that mentions From', utf8('From,To\nMIME-Version: 1.0,b\n')],
    ['headers of something else', utf8('From: me\nSubject: x\n\nbody')],
    ['nothing', new Uint8Array(0)],
  ])('there are none in %s', (_, bytes) => {
    expect(filesOf(bytes)).toBeNull()
  })
})

describe('a card statement written in a mail', () => {
  const read = (bytes: Uint8Array): ParsedItem[] =>
    (openContainer(bytesSource('mail.eml', bytes)) ?? []).flatMap((file) =>
      Array.from(readItems(file, { today: parseIsoDate('2024-06-01') })),
    )
  const body = (rows: readonly string[]): Uint8Array =>
    mail(
      'Content-Type: text/html; charset=gb18030',
      'Content-Transfer-Encoding: base64',
      '',
      base64(
        encodeGb(
          `<html><body><p>尊敬的客户</p><table><tr><td>交易日期</td><td>记账日期</td><td>交易说明</td><td>人民币金额</td></tr>${rows.join('')}</table></body></html>`,
        ),
      ),
    )
  const row = (...cells: readonly string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`

  it('is read; a damaged row fails alone', () => {
    const items = read(
      body([
        row('2024-01-05', '2024-01-06', '超市', '12.30'),
        row('2024-01-07', '2024-01-08', '坏行', 'abc'),
        row('2024-01-09', '2024-01-10', '餐厅', '45.60'),
      ]),
    )
    const count = (type: ParsedItem['type']): number => items.filter((item) => item.type === type).length
    expect([count('transaction'), count('skipped'), count('failed')]).toEqual([2, 0, 1])
  })
})

describe('damage and malice', () => {
  const good = mail(
    ...multipart(
      'mixed',
      'm',
      `Content-Type: text/csv; name=a.csv\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(utf8(CSV))}`,
      'Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<table><tr><td>=E4</td></tr></table>',
    ),
  )
  const endOf = (bytes: Uint8Array): string => {
    try {
      filesOf(bytes)
      return 'plain'
    } catch (error) {
      return error instanceof ImportRejection ? error.code : String(error)
    }
  }

  it('a message mutated anywhere opens or is refused with a reason', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ at: fc.nat(good.length - 1), byte: fc.nat(255) }), { minLength: 1, maxLength: 20 }),
        fc.nat(good.length),
        (edits, cut) => {
          const bytes = Uint8Array.from(good)
          for (const { at, byte } of edits) bytes[at] = byte
          expect(endOf(bytes)).toMatch(/^[a-z-]+$/)
          expect(endOf(bytes.subarray(0, cut))).toMatch(/^[a-z-]+$/)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('random bytes are no message', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(looksLikeMail(bytes)).toBe(false)
      }),
    )
  })

  it('parts within parts without end are refused', () => {
    let inner = 'Content-Type: text/plain\r\n\r\nx'
    for (let depth = 0; depth < 20; depth += 1) inner = multipart('mixed', `b${depth}`, inner).join('\r\n')
    expect(endOf(mail(inner))).toBe('too-large')
  })

  it('parts without number are refused', () => {
    const parts = Array.from({ length: 500 }, () => 'Content-Type: text/plain\r\n\r\nx')
    const group = multipart('mixed', 'in', ...parts).join('\r\n')
    expect(endOf(mail(...multipart('mixed', 'out', group, group)))).toBe('too-large')
  })
})
