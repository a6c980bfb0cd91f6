import { describe, expect, it } from 'vitest'
import { parseIsoDate } from '../../../shared/domain/iso-date.ts'
import { inspectSource } from './inspect.ts'
import { bytesSource } from './text/decode.ts'

const today = parseIsoDate('2026-03-01')

const CSV = 'Date,Description,Amount\r\n2024-01-05,Coffee,-3.50\r\n2024-01-08,Salary,1250.00\r\n'
const row = (...cells: readonly string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
const page = (...rows: readonly string[]): string =>
  `<html><table>${row('Date', 'Description', 'Amount')}${rows.join('')}</table></html>`

const mail = (body: string, attachment = CSV): Uint8Array =>
  new TextEncoder().encode(
    [
      'From: bank@example.org',
      'Subject: Statement',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="m"',
      '',
      '--m',
      'Content-Type: text/html; charset=utf-8',
      '',
      body,
      '--m',
      'Content-Type: text/csv; name="statement.csv"',
      '',
      attachment,
      '--m--',
      '',
    ].join('\r\n'),
  )

async function amounts(bytes: Uint8Array): Promise<string[]> {
  const { status, statements, findings } = await inspectSource('mail.eml', bytesSource('mail.eml', bytes), today)
  expect(status).toBe('parsed')
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  return statements.flatMap(({ transactions }) => transactions.map(({ amount }) => amount))
}

describe('a statement in the body of a mail with attachments', () => {
  it('is read beside them where it tells of something else', async () => {
    const body = page(row('2024-01-11', 'Book', '-12.00'), row('2024-01-12', 'Fee', '-1.00'))
    expect(await amounts(mail(body))).toEqual(['-3.5', '1250', '-12', '-1'])
  })

  it('is read once where the attachment tells the same, whatever it calls the account', async () => {
    const body = page(row('2024-01-05', 'Coffee', '-3.50'), row('2024-01-08', 'Salary', '1250.00'))
    expect(await amounts(mail(body))).toEqual(['-3.5', '1250'])
  })

  it.each([
    ['a greeting', '<html><table><tr><td>Dear customer</td></tr></table></html>'],
    ['a summary', `<html><table>${row('To pay by 2024-02-01', '1,253.50')}${row('Limit', '9,000.00')}</table></html>`],
  ])('is none where it is %s', async (_, body) => {
    expect(await amounts(mail(body))).toEqual(['-3.5', '1250'])
  })

  it('stays where the attachment is no statement', async () => {
    const body = page(row('2024-01-11', 'Book', '-12.00'), row('2024-01-12', 'Fee', '-1.00'))
    expect(await amounts(mail(body, 'Terms and conditions of the bank.'))).toEqual(['-12', '-1'])
  })
})
