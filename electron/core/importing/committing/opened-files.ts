import { createHash } from 'node:crypto'
import { CoreError } from '../../../../shared/ipc/errors.ts'
import type { FileChoice } from '../../../../shared/model/importing.ts'
import type { HandlerContext } from '../../handler.ts'
import { openContainer } from '../archive/open-container.ts'
import { type ByteSource, ImportRejection } from '../importer.ts'
import { withoutRepeatedBodies } from '../mail-body.ts'
import { openPdf } from '../pdf/open-pdf.ts'
import { windowOf } from '../read-window.ts'

const HASH_CHUNK = 1 << 20
const BREATHE_EVERY = 16

/** One file to import: a picked one, or one inside a picked archive. */
export interface OpenedFile {
  /** The token of the picked file; `token#3` for the third one inside an archive. */
  readonly token: string
  readonly source: ByteSource
}

const MEMBER = /^(.+)#(\d{1,6})$/

/**
 * Opens what a choice names and hands it on, closing it afterwards: the file, or each file of an archive, or the one
 * file inside it that the token names. Throws `ImportRejection` where an archive cannot be opened.
 */
export async function withFiles<T>(
  choice: FileChoice,
  context: HandlerContext,
  work: (files: readonly OpenedFile[]) => Promise<T>,
): Promise<T> {
  const match = MEMBER.exec(choice.file)
  const token = match?.[1] ?? choice.file
  const opened = context.files.open(token)
  try {
    const members = openContainer(opened, { password: choice.password })
    if (members === null) return await work([{ token, source: opened }])
    const files = members.map((source, index) => ({ token: `${token}#${index + 1}`, source }))
    if (match === null) {
      const today = context.clock.today()
      const { signal } = context.job
      const left = await withoutRepeatedBodies(members, { today, password: choice.password, signal })
      return await work(files.filter(({ source }) => !left.has(source)))
    }
    const wanted = files.find((file) => file.token === choice.file)
    if (wanted === undefined) throw new CoreError('not-found', 'The archive does not hold this file any more.')
    return await work([wanted])
  } finally {
    opened.close()
  }
}

/**
 * What importers read of a file: a PDF's text, any other file as it is. Throws `ImportRejection` where a PDF cannot be
 * opened, CoreError('cancelled').
 */
export async function readableOf(
  file: OpenedFile,
  choice: Pick<FileChoice, 'password'>,
  context: HandlerContext,
): Promise<ByteSource> {
  try {
    return (await openPdf(file.source, { password: choice.password, signal: context.job.signal })) ?? file.source
  } catch (error) {
    await context.job.breathe()
    throw error
  }
}

/** SHA-256 of a file in hexadecimal, read through a window. Throws CoreError('cancelled'), or what reading throws. */
export async function sha256Of(source: ByteSource, context: HandlerContext): Promise<string> {
  const digest = createHash('sha256')
  const read = windowOf(source, HASH_CHUNK)
  let chunks = 0
  for (let offset = 0; offset < source.size;) {
    const bytes = read(offset)
    if (bytes.length === 0) throw new ImportRejection('truncated', 'The file became shorter while it was read.')
    digest.update(bytes)
    offset += bytes.length
    chunks += 1
    if (chunks % BREATHE_EVERY === 0) await context.job.breathe()
  }
  return digest.digest('hex')
}
