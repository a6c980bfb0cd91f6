import { describe, expect, it } from 'vitest'
import { bytesSource } from './decode.ts'
import { attributesOf, XmlFile } from './xml-file.ts'

describe('attributes of a tag', () => {
  it.each<[string, Record<string, string>]>([
    [' a="1" b=\'2\'', { a: '1', b: '2' }],
    ['a = "1"\n\tns:b="x &amp; y"', { a: '1', b: 'x & y' }],
    [' empty="" blank="  " a="1"', { a: '1' }],
    [' text="b=\'9\' c=8" c="3"', { text: "b='9' c=8", c: '3' }],
    [' a="1" a="2"', { a: '1' }],
    [' a="1" torn="x', { a: '1' }],
    [' a=1 b="2" c', { b: '2' }],
    [' __proto__="1"', JSON.parse('{"__proto__": "1"}') as Record<string, string>],
    ['', {}],
  ])('%j', (tag, expected) => {
    const found = attributesOf(tag)
    expect([...found]).toEqual(Object.entries(expected))
  })
})

it('a file says its encoding, and is walked again from the start', () => {
  const text = '<?xml version="1.0" encoding="ISO-8859-1"?><a n="\u00e9"><b/></a>'
  const file = new XmlFile(
    bytesSource(
      'x',
      Uint8Array.from(text, (character) => character.charCodeAt(0)),
    ),
  )
  const walk = (): string[] => [...file.events()].map(({ kind, name }) => `${kind} ${name}`)
  expect(walk()).toEqual(['open a', 'open b', 'close a'])
  expect(walk()).toEqual(['open a', 'open b', 'close a'])
  expect([...file.events()][0]?.attributes).toBe(' n="\u00e9"')
})
