import { hashRaw } from '@node-rs/argon2'
import { beforeAll, describe, expect, it } from 'vitest'
import { cheapArgon2 } from '../../../test/support/temporary-vault.ts'
import type { KeyStore } from '../ports.ts'
import {
  createKeys,
  defaultArgon2Parameters,
  forgetKeychain,
  newRecoveryKey,
  rewrapPassphrase,
  sealForKeychain,
  unsealFromKeychain,
  unwrapWithPassphrase,
  unwrapWithRecoveryKey,
  type VaultKeys,
} from './vault-keys.ts'

const passphrase = '一本账 correct horse'
let keys: VaultKeys
let dataKey: Buffer
let recoveryKey: string

beforeAll(async () => {
  ;({ keys, dataKey, recoveryKey } = await createKeys(passphrase, cheapArgon2))
})

const code = (expected: string): unknown => expect.objectContaining({ code: expected })

/** Stands for a keychain: turns every bit over. */
const keychain = (available = true): KeyStore => ({
  available,
  seal: (secret) => secret.map((byte) => byte ^ 255),
  unseal: (sealed) => sealed.map((byte) => byte ^ 255),
})

describe('vault keys', () => {
  it('derives by Argon2id version 1.3 (vector of the reference implementation: t=2, m=256, p=1)', async () => {
    const options = { memoryCost: 256, timeCost: 2, parallelism: 1, outputLen: 32, salt: Buffer.from('somesalt') }
    expect((await hashRaw('password', options)).toString('hex')).toBe(
      '9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe',
    )
  })

  it('costs at least 64 MiB for each guess', () => {
    expect(defaultArgon2Parameters.memoryKib).toBeGreaterThanOrEqual(65_536)
  })

  it('gives the data key for the passphrase and for the recovery key', async () => {
    expect(await unwrapWithPassphrase(keys, passphrase)).toEqual(dataKey)
    expect(await unwrapWithRecoveryKey(keys, recoveryKey)).toEqual(dataKey)
  })

  it('takes the same passphrase in other code points (NFKC), as another system types it', async () => {
    const created = await createKeys('caf\u00E9', cheapArgon2)
    expect(await unwrapWithPassphrase(created.keys, 'cafe\u0301')).toEqual(created.dataKey)
  })

  it.each(['', ' ', '一本账 correct hors', '一本账 correct horse '])('refuses %j', async (wrong) => {
    await expect(unwrapWithPassphrase(keys, wrong)).rejects.toThrow(code('wrong-passphrase'))
  })

  it('refuses to make keys for an empty passphrase', async () => {
    await expect(createKeys('', cheapArgon2)).rejects.toThrow(code('weak-passphrase'))
  })

  it('refuses the recovery key of another vault, and says when one is mistyped', async () => {
    const other = await createKeys(passphrase, cheapArgon2)
    await expect(unwrapWithRecoveryKey(keys, other.recoveryKey)).rejects.toThrow(code('wrong-passphrase'))
    await expect(unwrapWithRecoveryKey(keys, recoveryKey.slice(1))).rejects.toThrow(code('invalid-input'))
  })

  it('holds no key in plain, and no two vaults share anything random', async () => {
    const text = JSON.stringify(keys)
    expect(text).not.toContain(dataKey.toString('base64'))
    expect(text).not.toContain(dataKey.toString('hex'))
    expect(text).not.toContain(recoveryKey.slice(0, 9))
    const other = await createKeys(passphrase, cheapArgon2)
    expect(other.dataKey).not.toEqual(dataKey)
    expect(other.keys.passphrase.salt).not.toBe(keys.passphrase.salt)
  })

  it('keeps data key and recovery key when the passphrase changes; the old passphrase stops working', async () => {
    const changed = await rewrapPassphrase(keys, dataKey, 'another one', cheapArgon2)
    expect(await unwrapWithPassphrase(changed, 'another one')).toEqual(dataKey)
    expect(await unwrapWithRecoveryKey(changed, recoveryKey)).toEqual(dataKey)
    await expect(unwrapWithPassphrase(changed, passphrase)).rejects.toThrow(code('wrong-passphrase'))
  })

  it('lets a new recovery key replace the old one', async () => {
    const renewed = newRecoveryKey(keys, dataKey)
    expect(await unwrapWithRecoveryKey(renewed.keys, renewed.recoveryKey)).toEqual(dataKey)
    await expect(unwrapWithRecoveryKey(renewed.keys, recoveryKey)).rejects.toThrow(code('wrong-passphrase'))
    expect(await unwrapWithPassphrase(renewed.keys, passphrase)).toEqual(dataKey)
  })

  it('opens by the keychain once it was sealed there, and not after it was forgotten', () => {
    const sealed = sealForKeychain(keys, dataKey, keychain())
    expect(unsealFromKeychain(sealed, keychain())).toEqual(dataKey)
    expect(() => unsealFromKeychain(keys, keychain())).toThrow(code('keychain-unavailable'))
    expect(() => unsealFromKeychain(forgetKeychain(sealed), keychain())).toThrow(code('keychain-unavailable'))
  })

  it('refuses a keychain that offers no protection, fails, or gives another key', async () => {
    const sealed = sealForKeychain(keys, dataKey, keychain())
    expect(() => sealForKeychain(keys, dataKey, keychain(false))).toThrow(code('keychain-unavailable'))
    expect(() => unsealFromKeychain(sealed, keychain(false))).toThrow(code('keychain-unavailable'))
    const failing: KeyStore = {
      available: true,
      seal: () => Buffer.alloc(0),
      unseal: () => {
        throw new Error('no keychain daemon')
      },
    }
    expect(() => unsealFromKeychain(sealed, failing)).toThrow(code('keychain-unavailable'))
    const other: KeyStore = { ...keychain(), unseal: () => new Uint8Array(32) }
    expect(() => unsealFromKeychain(sealed, other)).toThrow(code('keychain-unavailable'))
  })

  it('does not take a wrapped key for another purpose or another vault', async () => {
    const swapped: VaultKeys = { ...keys, recovery: { ...keys.recovery, wrapped: keys.passphrase.wrapped } }
    await expect(unwrapWithRecoveryKey(swapped, recoveryKey)).rejects.toThrow(code('wrong-passphrase'))
    const moved: VaultKeys = { ...keys, vaultId: '00000000-0000-4000-8000-000000000000' }
    await expect(unwrapWithPassphrase(moved, passphrase)).rejects.toThrow(code('wrong-passphrase'))
  })
})
