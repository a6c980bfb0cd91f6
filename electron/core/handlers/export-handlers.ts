import type { exportChannels } from '../../../shared/ipc/channels/export-channels.ts'
import { createExportSpool } from '../exporting/export-spool.ts'
import type { ToldNote } from '../exporting/export-reports.ts'
import { prepareExport } from '../exporting/export-writers.ts'
import { findExport, keepExport, releaseExport } from '../exporting/finished-exports.ts'
import type { HandlersOf } from '../handler.ts'
import { openSnapshot } from '../storage/snapshot.ts'

const READ_BYTES = 1_048_576
/** Others get a turn after so many pieces. */
const PIECES_A_TURN = 2_000

export const exportHandlers: HandlersOf<typeof exportChannels> = {
  'export.run': async ({ format, ...choice }, context) => {
    const { job } = context
    const vault = context.readable()
    const snapshot = openSnapshot(vault)
    const writer = createExportSpool()
    try {
      const today = context.clock.today()
      const prepared = prepareExport(snapshot, format, choice, today)
      const notes: ToldNote[] = []
      const total = Math.max(1, prepared.total)
      let done = 0
      let pieces = 0
      const told = (): void => {
        done += 1
      }
      for (const piece of prepared.pieces({ told, note: (note) => notes.push(note) })) {
        writer.write(piece)
        pieces += 1
        if (pieces % PIECES_A_TURN !== 0) continue
        job.progress('exporting', Math.min(99, Math.floor((done / total) * 100)), 100)
        await job.breathe()
      }
      const spool = writer.finish()
      job.progress('exporting', 100, 100)
      return {
        export: keepExport(vault, spool),
        name: `onebook-${today}.${prepared.extension}`,
        mediaType: prepared.mediaType,
        bytes: spool.size,
        notes: notes.map(({ code, values }) => ({ code, values: { ...values } })),
      }
    } catch (error) {
      writer.close()
      throw error
    } finally {
      await snapshot.close()
    }
  },
  'export.read': ({ export: token, offset }, context) => {
    const spool = findExport(context.readable(), token)
    const bytes = spool.read(offset, READ_BYTES)
    const next = offset + bytes.length
    return { base64: Buffer.from(bytes).toString('base64'), next: next < spool.size ? next : null }
  },
  'export.release': ({ export: token }, context) => {
    releaseExport(context.readable(), token)
    return {}
  },
}
