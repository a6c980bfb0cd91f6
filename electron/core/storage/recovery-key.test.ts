import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatRecoveryKey, parseRecoveryKey } from './recovery-key.ts'

const secrets = fc.uint8Array({ minLength: 16, maxLength: 16 })
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

describe('recovery key', () => {
  it('is eight groups of four of Crockford’s letters and digits', () => {
    expect(formatRecoveryKey(Buffer.alloc(16))).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/)
    // 16 zero bytes are 128 zero bits: 25 whole zero digits before the checksum begins
    expect(formatRecoveryKey(Buffer.alloc(16)).replaceAll('-', '').startsWith('0'.repeat(25))).toBe(true)
  })

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(secrets, (secret) => {
        expect([...parseRecoveryKey(formatRecoveryKey(secret))]).toEqual([...secret])
      }),
    )
  })

  it('is read as people type it: lower case, spaces or long dashes, O for 0, I and L for 1', () => {
    fc.assert(
      fc.property(secrets, fc.constantFrom(' ', '', '–', '\n'), (secret, separator) => {
        const text = formatRecoveryKey(secret)
        const typed = text.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l').replaceAll('-', separator)
        expect([...parseRecoveryKey(typed)]).toEqual([...secret])
      }),
    )
  })

  it('shows a single wrong character by its checksum', () => {
    const text = formatRecoveryKey(Buffer.from('00112233445566778899aabbccddeeff', 'hex'))
    for (let index = 0; index < text.length; index += 1) {
      const character = text[index] ?? ''
      if (character === '-') continue
      for (const other of ALPHABET) {
        if (other === character) continue
        const wrong = text.slice(0, index) + other + text.slice(index + 1)
        expect(() => parseRecoveryKey(wrong)).toThrow(expect.objectContaining({ code: 'invalid-input' }))
      }
    }
  })

  it.each(['', 'AAAA', 'U'.repeat(32), '0'.repeat(33), '密码'.repeat(16)])('refuses %j', (text) => {
    expect(() => parseRecoveryKey(text)).toThrow(expect.objectContaining({ code: 'invalid-input' }))
  })
})
