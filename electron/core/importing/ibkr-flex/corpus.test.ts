import { describe, expect, it } from 'vitest'
import { corpusFacts, corpusFile, corpusIsPresent } from '../../../../test/support/corpus-facts.ts'
import { readWith } from '../text/test-support.ts'
import { flexImporter } from './flex-importer.ts'

describe.skipIf(!corpusIsPresent)('the Flex queries of the corpus', () => {
  it.each(corpusFacts('ibkr-flex'))('%s', (path, fact) => {
    const { items, failed } = readWith(flexImporter, corpusFile(path))
    const records = items.filter((item) => item.type === 'transaction' && item.side !== 'counterpart')
    expect([records.length, failed.length]).toEqual([fact.transactions, 0])
  })
})

it.skipIf(corpusIsPresent)('the corpus is not on this machine: its Flex queries were not tried', () => {
  expect(corpusIsPresent).toBe(false)
})
