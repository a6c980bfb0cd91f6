export interface Licence {
  readonly name: string
  /** SPDX identifier, as its package states it. */
  readonly licence: string
}

/** What is inside the app and is by others. */
export const licences: readonly Licence[] = [
  { name: 'SQLite', licence: 'Public domain' },
  { name: 'SQLite3 Multiple Ciphers, better-sqlite3', licence: 'MIT' },
  { name: 'node-rs/argon2', licence: 'MIT' },
  { name: 'Electron', licence: 'MIT' },
  { name: 'Kysely', licence: 'MIT' },
  { name: 'Zod', licence: 'MIT' },
  { name: 'fflate', licence: 'MIT' },
  { name: 'electron-store, conf', licence: 'MIT' },
  { name: 'React', licence: 'MIT' },
  { name: 'Mantine', licence: 'MIT' },
  { name: 'TanStack Query', licence: 'MIT' },
  { name: 'Chart.js', licence: 'MIT' },
  { name: 'i18next, react-i18next', licence: 'MIT' },
  { name: 'wouter', licence: 'Unlicense' },
  { name: 'zxcvbn-ts', licence: 'MIT' },
  { name: 'Tabler Icons', licence: 'MIT' },
  { name: 'Inter', licence: 'OFL-1.1' },
  { name: 'Noto Sans SC', licence: 'OFL-1.1' },
]
