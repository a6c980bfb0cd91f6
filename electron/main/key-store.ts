import { safeStorage } from 'electron'
import type { KeyStore } from '../core/ports.ts'

/** The keychain of the operating system. Linux without a keyring falls back to a fixed password: that is refused. */
export function createElectronKeyStore(platform: NodeJS.Platform = process.platform): KeyStore {
  const available = (): boolean => {
    if (!safeStorage.isEncryptionAvailable()) return false
    if (platform !== 'linux') return true
    const backend = safeStorage.getSelectedStorageBackend()
    return backend !== 'basic_text' && backend !== 'unknown'
  }
  const require = (): void => {
    if (!available()) throw new Error('no safe keychain')
  }
  return {
    get available() {
      return available()
    },
    seal(secret) {
      require()
      return safeStorage.encryptString(Buffer.from(secret).toString('base64'))
    },
    unseal(sealed) {
      require()
      return Buffer.from(safeStorage.decryptString(Buffer.from(sealed)), 'base64')
    },
  }
}
