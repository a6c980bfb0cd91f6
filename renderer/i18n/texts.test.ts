import { describe, expect, it } from 'vitest'
import { errorCodes } from '../../shared/ipc/errors.ts'
import { chinese, english } from './resources.ts'

type Texts = { readonly [key: string]: string | Texts }

function flatten(texts: Texts, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>()
  for (const [key, value] of Object.entries(texts)) {
    const path = prefix === '' ? key : `${prefix}.${key}`
    if (typeof value === 'string') flat.set(path, value)
    else for (const [inner, text] of flatten(value, path)) flat.set(inner, text)
  }
  return flat
}

const withoutPlural = (key: string) => key.replace(/_(one|other)$/, '')
const keysOf = (flat: ReadonlyMap<string, string>) => [...new Set([...flat.keys()].map(withoutPlural))].toSorted()
const valuesIn = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).toSorted((a = '', b = '') => (a < b ? -1 : 1))

const en = flatten(english)
const zh = flatten(chinese)
const sources = import.meta.glob<string>(['../**/*.ts', '../**/*.tsx', '!../**/*.test.ts', '!./**'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
const code = Object.values(sources).join('\n')

describe('both languages say the same things', () => {
  it('have the same keys', () => expect(keysOf(zh)).toEqual(keysOf(en)))
  it('English has both plural forms, Chinese only the one it needs', () => {
    const ones = [...en.keys()].filter((key) => key.endsWith('_one'))
    expect(ones.filter((key) => !en.has(key.replace(/_one$/, '_other')))).toEqual([])
    expect([...zh.keys()].filter((key) => key.endsWith('_one'))).toEqual([])
  })
  it('fill in the same values', () => {
    const different = [...zh].filter(([key, text]) => {
      const other = en.get(key)
      return other !== undefined && valuesIn(text).join() !== valuesIn(other).join()
    })
    expect(different.map(([key]) => key)).toEqual([])
  })
  it('no text is empty but the advice of two errors that need none', () => {
    const empty = [...en, ...zh].filter(([, text]) => text.trim() === '').map(([key]) => key)
    expect(empty.filter((key) => !/^error\.nothing-to-(undo|redo)\.todo$/.test(key))).toEqual([])
  })
  it('every error of the contract has its three sentences', () => {
    const parts = errorCodes.flatMap((errorCode) =>
      ['what', 'safe', 'todo'].map((part) => `error.${errorCode}.${part}`),
    )
    expect(parts.filter((key) => !en.has(key) || !zh.has(key))).toEqual([])
  })
})

describe('texts are used', () => {
  it('no key is left over', () => {
    const prefixes = [...code.matchAll(/`([a-z][\w-]*\.[\w.-]*?)\$\{/g)].map((match) => match[1] ?? '')
    const unused = keysOf(en).filter(
      (key) =>
        !code.includes(`'${key}'`) &&
        !code.includes(`text.${key.slice(key.lastIndexOf('.') + 1)}`) &&
        !prefixes.some((prefix) => key.startsWith(prefix)),
    )
    expect(unused).toEqual([])
  })
})
