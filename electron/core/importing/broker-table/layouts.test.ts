import { describe, expect, it } from 'vitest'
import { createDelimitedReader } from '../table/delimited-reader.ts'
import { bytesSource } from '../text/decode.ts'
import { brokerImporter } from './broker-importer.ts'
import { brokerFilesFromA } from './fixtures/broker-files-from-a.ts'
import { brokerFilesOfChina } from './fixtures/broker-files-china.ts'
import { brokerFilesToZ } from './fixtures/broker-files-to-z.ts'
import { profiles } from './profile.ts'
import { surveyRows } from './survey.ts'
import { fatesOf, headOf, linesOf, readText, TODAY } from './test-support.ts'

const files = [...brokerFilesFromA, ...brokerFilesToZ, ...brokerFilesOfChina]

function profileOf(text: string): string | undefined {
  const source = bytesSource('export.csv', new TextEncoder().encode(text))
  for (const delimiter of [',', ';', '\t']) {
    const reader = createDelimitedReader(source, { encoding: 'utf-8', delimiter, quote: '"' })
    const survey = surveyRows([...reader.rows()], 'export.csv', TODAY)
    if (survey !== null) return survey.profile?.id
  }
  return undefined
}

describe('layouts of brokers, exchanges and bookkeeping programs', () => {
  it('has a file for every profile', () => {
    expect(files.map(({ profile }) => profile).toSorted()).toEqual(profiles.map(({ id }) => id).toSorted())
  })

  it.each(files.map((file) => [file.profile, file] as const))('%s', (profile, { text, lines, skipped, failed }) => {
    const whole = text.join('\n')
    expect(profileOf(whole)).toBe(profile)
    expect(brokerImporter.identify(headOf(whole))).toBe('yes')
    const read = readText(whole)
    expect(linesOf(read)).toEqual(lines)
    expect(fatesOf(read)).toEqual({ imported: lines.length, skipped, failed })
  })

  it.each(files.map((file) => [file.profile, file.text] as const))('%s with other line ends and a mark', (_, text) => {
    expect(linesOf(readText(`\uFEFF${text.join('\r\n')}\r\n`))).toEqual(linesOf(readText(text.join('\n'))))
  })
})
