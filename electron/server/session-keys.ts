import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** The secrets of one run of the loopback host. */
export interface SessionKeys {
  /** A new one-time code; the one before is void. */
  issueCode(): string
  /** The run's token for the current code, which is then spent; null for any other. */
  exchange(code: string): string | null
  accepts(token: string): boolean
}

/** Compares in constant time, and keeps only digests of what it compares with. */
export function createSessionKeys(): SessionKeys {
  const token = randomBytes(32).toString('base64url')
  const tokenDigest = digest(token)
  let codeDigest: Uint8Array | null = null
  return {
    issueCode(): string {
      const code = randomBytes(24).toString('base64url')
      codeDigest = digest(code)
      return code
    },
    exchange(code): string | null {
      if (codeDigest === null || !timingSafeEqual(digest(code), codeDigest)) return null
      codeDigest = null
      return token
    },
    accepts: (candidate) => timingSafeEqual(digest(candidate), tokenDigest),
  }
}
