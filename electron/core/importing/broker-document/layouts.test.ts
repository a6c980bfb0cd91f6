import { describe, expect, it } from 'vitest'
import { identify, readWith } from '../text/test-support.ts'
import { brokerDocumentImporters } from './broker-document-importer.ts'
import { layouts } from './fixtures/layouts.ts'

const importerOf = (broker: string) => brokerDocumentImporters.find(({ id }) => id === `document:${broker}`)

describe('layouts of the brokers people use most', () => {
  it.each(layouts.map((layout) => [layout.broker, layout.what, layout] as const))('%s: %s', (broker, _, layout) => {
    const importer = importerOf(broker)
    expect(importer).toBeDefined()
    if (importer === undefined) return
    expect(['likely', 'yes']).toContain(identify(importer, layout.text))
    const { transactions, failed, skipped } = readWith(importer, layout.text)
    expect(transactions).toMatchObject(layout.expected)
    expect([transactions.length, skipped.length, failed.length]).toEqual([layout.expected.length, 0, 0])
  })
})
