import { CoreError } from '../../../shared/ipc/errors.ts'
import type { importChannels } from '../../../shared/ipc/channels/import-channels.ts'
import { recordChange } from '../changes/record.ts'
import { undoImport } from '../changes/undo-import.ts'
import type { HandlersOf } from '../handler.ts'
import { loadImportRun, loadImportRuns } from '../importing/committing/import-runs.ts'
import { sqlRows } from '../storage/repositories/query.ts'
import { firstOf } from '../importing/committing/first-of.ts'

interface RecordRow {
  record: number
  outcome: string
  reason: string
  message: string
  transactionId: number | null
}

/** Loaded when it is first needed: it is half of the core's code, and a thread that only reads never asks for it. */
const pipeline = (): Promise<typeof import('../importing/pipeline.ts')> => import('../importing/pipeline.ts')

export const importHandlers: HandlersOf<typeof importChannels> = {
  'import.preview': async ({ files }, context) => ({
    files: await (await pipeline()).previewImport(files, context),
  }),
  'import.rows': async ({ file, offset, limit }, context) =>
    (await pipeline()).previewRows(file, { offset, limit }, context),
  'import.commit': async ({ files }, context) => ({
    runs: await (await pipeline()).commitImport(files, context),
  }),
  'import.history': (_input, context) => loadImportRuns(context.readable()),
  'import.records': ({ runId }, context) =>
    sqlRows<RecordRow>(
      context.readable(),
      `select record, outcome, reason, message, transaction_id as transactionId from import_records
       where import_run_id = ? order by record`,
      runId,
    ),
  'import.undo': ({ runId }, context) => {
    const vault = context.writable()
    const run = loadImportRun(vault, runId)
    if (run === undefined) throw new CoreError('not-found', 'There is no such import.', { runId })
    const recorded = firstOf(sqlRows(vault, 'select id from changes where import_run_id = ?', runId)) !== undefined
    if (recorded) undoImport(vault, context.clock, runId)
    else {
      // it brought nothing: there is nothing to take back but the run itself
      recordChange(vault, context.clock, { label: 'import.undo', facts: { file: run.fileName, runId } }, (recorder) => {
        recorder.update('import_runs', [runId], { undone_at: context.clock.now() })
      })
    }
    const undone = loadImportRun(vault, runId)
    if (undone === undefined) throw new CoreError('internal', 'The import was undone, but cannot be shown.')
    return undone
  },
  'import.formats': async () => {
    const { importers } = await import('../importing/registry.ts')
    return importers.map(({ id, title }) => ({ id, title: title ?? null }))
  },
}
