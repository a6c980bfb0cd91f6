import { describe, expect, it } from 'vitest'
import { partsOfHash } from './hash-address.ts'

describe('an address behind the hash has a path and a question', () => {
  it.each([
    ['', '/', ''],
    ['#/', '/', ''],
    ['#/account/12', '/account/12', ''],
    ['#/search?q=tea', '/search', 'q=tea'],
    ['#search?q=a?b', '/search', 'q=a?b'],
    ['#/account/12?open=3&text=x', '/account/12', 'open=3&text=x'],
  ])('%s', (hash, path, question) => expect(partsOfHash(hash)).toEqual({ path, question }))
})
