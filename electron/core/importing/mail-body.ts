import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import { type ByteSource, type Importer, ImportRejection } from './importer.ts'
import { openPdf } from './pdf/open-pdf.ts'
import { importers, readItems } from './registry.ts'

export interface MailBodyOptions {
  readonly today: IsoDate
  readonly password?: string | undefined
  readonly signal?: AbortSignal | undefined
  readonly among?: readonly Importer[]
}

/** Rows that a file of a mail tells, by day and amount; null where it cannot be read. */
async function rowsOf(file: ByteSource, options: MailBodyOptions): Promise<Map<string, number> | null> {
  const rows = new Map<string, number>()
  try {
    const source = (await openPdf(file, { password: options.password, signal: options.signal })) ?? file
    for (const item of readItems(source, { today: options.today }, options.among ?? importers)) {
      if (item.type !== 'transaction' || item.side === 'counterpart') continue
      const { date, amount } = item.transaction
      const key = `${date} ${amount.replace('-', '')}`
      rows.set(key, (rows.get(key) ?? 0) + 1)
    }
    return rows
  } catch (error) {
    if (error instanceof ImportRejection) return null
    throw error
  }
}

/**
 * The files of a mail without a body that says nothing of its own: one that is no statement, or whose rows all stand in
 * the attachments, too, under whatever name of the account. A body with other rows is read beside them, and what both
 * tell is found as between any two files. Where an attachment cannot be read the body stays.
 */
export async function withoutRepeatedBodies(
  members: readonly ByteSource[],
  options: MailBodyOptions,
): Promise<ReadonlySet<ByteSource>> {
  const bodies = members.filter(({ isMailBody }) => isMailBody === true)
  const left = new Set<ByteSource>()
  if (bodies.length === 0 || bodies.length === members.length) return left
  const attached = new Map<string, number>()
  for (const member of members) {
    if (member.isMailBody === true) continue
    for (const [key, count] of (await rowsOf(member, options)) ?? [])
      attached.set(key, (attached.get(key) ?? 0) + count)
  }
  for (const body of bodies) {
    const rows = await rowsOf(body, options)
    if (rows === null || [...rows].every(([key, count]) => (attached.get(key) ?? 0) >= count)) left.add(body)
  }
  return left
}
