/** What a household can take its records out as. */
export const exportFormats = ['json', 'csv', 'ofx', 'qif', 'beancount', 'hledger', 'ledger'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** Things worth saying about an export; each has a text under `settings.exportNote.*`. */
export const exportNotes = [
  /** The format has no place for some accounts: homes, vehicles and the like. */
  'accounts-left-out',
  /** The format does not say currencies. */
  'no-currency',
  /** The format has no place for holdings that trades do not explain. */
  'holdings-left-out',
] as const
export type ExportNote = (typeof exportNotes)[number]
