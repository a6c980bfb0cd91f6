import { decimalFromMinor } from '../../../shared/domain/money.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'
import type {
  FileChoice,
  FilePreview,
  ImportRun,
  PreviewRow,
  PreviewStatement,
} from '../../../shared/model/importing.ts'
import { importedTables } from '../changes/import-rows.ts'
import { beginChange, heldInAll, type Recorder, refuseUncountable } from '../changes/record.ts'
import type { HandlerContext } from '../handler.ts'
import type { ReadableVault, WritableVault } from '../storage/open-vault.ts'
import { toStorageError } from '../storage/storage-errors.ts'
import { AccountDirectory } from './committing/account-directory.ts'
import { maskedNumber } from './committing/account-number.ts'
import { CommitSink } from './committing/commit-sink.ts'
import { findRunOfBytes, loadImportRun, loadLayout } from './committing/import-runs.ts'
import { PreviewMatches } from '../matching/preview-matches.ts'
import { type OpenedFile, readableOf, sha256Of, withFiles } from './committing/opened-files.ts'
import { BatchMemory } from './committing/batch-memory.ts'
import { PreviewSink } from './committing/preview-sink.ts'
import type { FileLayout, FileResult, FileTask } from './committing/file-task.ts'
import { processFile } from './committing/process-file.ts'
import { noCounts, type StatementState } from './committing/statement-state.ts'
import { type ByteSource, type Importer, ImportRejection } from './importer.ts'
import { importers as allImporters } from './registry.ts'

/** Rows of a file that its preview shows. */
const FIRST_ROWS = 200

/** What new rows are compared with lies all over the vault: an import has a larger cache of pages than other changes. */
const CACHE_KIB = 98_304
/**
 * A file of a million rows and more passes through a smaller cache of pages: its rows lie in the order of their days, so
 * that a larger one would only fill up with what is through.
 */
const BIG_FILE = 64 * 1024 * 1024
const BIG_FILE_CACHE_KIB = 32_768

/** A layout found with at least this confidence is remembered without being asked for. */
const SURE_LAYOUT = 0.9

function taskFor(
  source: ByteSource,
  choice: FileChoice,
  vault: ReadableVault | WritableVault,
  directory: AccountDirectory,
  context: HandlerContext,
  step: string,
  importers: readonly Importer[],
): FileTask {
  return {
    source,
    choice,
    today: context.clock.today(),
    directory,
    job: context.job,
    step,
    importers,
    rememberedLayout: (fingerprint) => loadLayout(vault, fingerprint),
  }
}

function previewStatement(state: StatementState): PreviewStatement {
  const { account, currency, target, why } = state
  const decimal = (balance: StatementState['opening']): PreviewStatement['opening'] =>
    balance === null ? null : decimalFromMinor(balance.minor, currency)
  return {
    statement: state.number,
    found: {
      name: account.name ?? null,
      maskedNumber: maskedNumber(account.number),
      institution: account.institution ?? null,
      kind: account.kind ?? null,
    },
    currency: state.statedCurrency,
    from: state.from ?? state.firstBookedOn,
    to: state.to ?? state.lastBookedOn,
    opening: decimal(state.opening),
    closing: decimal(state.closing),
    transactions: state.transactions,
    positions: state.positions,
    counts: { ...state.counts },
    target:
      target === null
        ? { type: 'leave-out' }
        : target.id === null && target.draft !== null
          ? { type: 'new', draft: target.draft }
          : { type: 'existing', accountId: target.id ?? 0, why: why ?? 'remembered' },
  }
}

function previewLayout(layout: FileLayout | null): FilePreview['layout'] {
  if (layout === null) return null
  const { confidence, columns, sample, remembered } = layout
  return {
    layout: layout.layout,
    confidence,
    columns: [...columns],
    sample: sample.map((row) => row.slice()),
    remembered,
  }
}

const nothingFound = (token: string, name: string, bytes: number): FilePreview => ({
  file: token,
  name,
  bytes,
  status: 'refused',
  importer: null,
  reason: null,
  knownFrom: null,
  layout: null,
  statements: [],
  counts: noCounts(),
  rates: 0,
  prices: 0,
  creditReports: 0,
  matches: { merged: 0, linked: 0, toReview: 0, groups: [] },
  firstRows: [],
  findings: [],
})

function refusal(token: string, name: string, bytes: number, error: ImportRejection): FilePreview {
  const reason = { code: error.code, message: error.message, values: { ...error.values } }
  return { ...nothingFound(token, name, bytes), reason }
}

/**
 * Says what importing these files, in this order, would do; writes nothing. A file that cannot be imported answers
 * `refused` with its reason and does not stop the others. Throws CoreError('cancelled'), ('not-found') for a token.
 */
export async function previewImport(
  choices: readonly FileChoice[],
  context: HandlerContext,
  importers: readonly Importer[] = allImporters,
): Promise<FilePreview[]> {
  const vault = context.readable()
  const directory = new AccountDirectory(vault)
  const batch = new BatchMemory()
  const matches = new PreviewMatches(vault)
  const previews: FilePreview[] = []
  const previewOne = async (file: OpenedFile, choice: FileChoice, more: boolean): Promise<FilePreview> => {
    const { name, size } = file.source
    try {
      const sha256 = await sha256Of(file.source, context)
      const fresh = matches.gather()
      const sink = new PreviewSink(vault, batch, fresh, { offset: 0, limit: FIRST_ROWS }, more)
      const source = await readableOf(file, choice, context)
      const task = taskFor(source, choice, vault, directory, context, 'reading', importers)
      const result = await processFile(task, sink)
      batch.add(result, sink.brought)
      const { claimed, repeated } = sink
      const found = await matches.look({ result, fresh, claimed, repeated }, context.job)
      sink.merge(found.merged, result)
      const knownFrom = findRunOfBytes(vault, sha256)
      return {
        ...nothingFound(file.token, name, size),
        sha256,
        status: knownFrom === null ? 'ready' : 'known',
        importer: result.importer,
        knownFrom,
        layout: previewLayout(result.layout),
        statements: result.statements.map(previewStatement),
        counts: { ...result.counts },
        rates: result.rates,
        prices: result.prices,
        creditReports: result.creditReports,
        matches: found.matches,
        firstRows: sink.rows,
        findings: result.findings.all(),
      }
    } catch (error) {
      if (error instanceof ImportRejection) return refusal(file.token, name, size, error)
      throw error
    }
  }
  for (const [index, choice] of choices.entries()) {
    try {
      await withFiles(choice, context, async (files) => {
        for (const file of files) {
          const more = index < choices.length - 1 || file !== files.at(-1)
          previews.push(await previewOne(file, choice, more))
        }
      })
    } catch (error) {
      if (!(error instanceof ImportRejection)) throw error
      const { name, size } = nameOf(choice, context)
      previews.push(refusal(choice.file, name, size, error))
    }
  }
  return previews
}

function nameOf(choice: FileChoice, context: HandlerContext): { name: string; size: number } {
  const source = context.files.open(choice.file.replace(/#\d+$/, ''))
  try {
    return { name: source.name, size: source.size }
  } finally {
    source.close()
  }
}

/** A window of one file's rows with what a commit would do with each. Throws CoreError('import-refused'). */
export async function previewRows(
  choice: FileChoice,
  window: { offset: number; limit: number },
  context: HandlerContext,
  importers: readonly Importer[] = allImporters,
): Promise<{ total: number; rows: PreviewRow[] }> {
  const vault = context.readable()
  return refusing('', async () =>
    withFiles(choice, context, async ([file]) => {
      if (file === undefined) throw new CoreError('not-found', 'There is no such file.')
      const matches = new PreviewMatches(vault)
      const fresh = matches.gather()
      const sink = new PreviewSink(vault, new BatchMemory(), fresh, window, false)
      const directory = new AccountDirectory(vault)
      const source = await readableOf(file, choice, context)
      const result = await processFile(taskFor(source, choice, vault, directory, context, 'reading', importers), sink)
      const { claimed, repeated } = sink
      const { merged } = await matches.look({ result, fresh, claimed, repeated }, context.job)
      sink.merge(merged, result)
      return { total: sink.total, rows: sink.rows }
    }),
  )
}

/** A refusal as what the caller of a commit is told. */
async function refusing<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ImportRejection)) throw error
    const code = error.code === 'password-protected' ? 'password-needed' : 'import-refused'
    const values = { ...error.values, file: name, reason: error.code }
    throw new CoreError(code, name === '' ? error.message : `${name}: ${error.message}`, values)
  }
}

/**
 * Imports files in one transaction: all of them or, whatever happens (a refusal, a cancellation, a full disk, a killed
 * process), none. Each file becomes an import run that can be undone. While it runs, nothing else may write through
 * this connection: the writer takes one call at a time.
 * Throws CoreError: 'import-refused' (a file that cannot be read, or is not the one that was previewed),
 * 'password-needed', 'cancelled', 'not-found', 'conflict', 'disk-full'.
 */
export async function commitImport(
  choices: readonly FileChoice[],
  context: HandlerContext,
  importers: readonly Importer[] = allImporters,
): Promise<ImportRun[]> {
  const vault = context.writable()
  const { driver } = vault
  if (driver.inTransaction) throw new CoreError('conflict', 'Another change is being made; try again in a moment.')
  const runIds: number[] = []
  const cacheSize = Number(driver.pragma('cache_size', { simple: true }))
  try {
    driver.pragma(`cache_size = -${CACHE_KIB}`)
    driver.exec('begin immediate')
    const heldBefore = heldInAll(vault)
    const directory = new AccountDirectory(vault)
    for (const choice of choices) {
      await refusing('', async () =>
        withFiles(choice, context, async (files) => {
          for (const file of files) {
            runIds.push(
              await refusing(file.source.name, async () =>
                commitFile(file, choice, vault, directory, context, importers),
              ),
            )
          }
        }),
      )
    }
    await context.job.breathe()
    // figures that no screen could show any more: better none of it
    refuseUncountable(vault, heldBefore)
    driver.exec('commit')
  } catch (error) {
    if (driver.inTransaction) driver.exec('rollback')
    throw toStorageError(error)
  } finally {
    driver.pragma(`cache_size = ${cacheSize}`)
    driver.pragma('shrink_memory')
  }
  return runIds.flatMap((id) => loadImportRun(vault, id) ?? [])
}

async function commitFile(
  file: OpenedFile,
  choice: FileChoice,
  vault: WritableVault,
  directory: AccountDirectory,
  context: HandlerContext,
  importers: readonly Importer[],
): Promise<number> {
  const { name, size } = file.source
  if (size > BIG_FILE) vault.driver.pragma(`cache_size = -${BIG_FILE_CACHE_KIB}`)
  const sha256 = await sha256Of(file.source, context)
  if (choice.sha256 !== undefined && choice.sha256 !== sha256) throw changedFile(name)
  const source = await readableOf(file, choice, context)
  const inserted = vault.driver
    .prepare(
      `insert into import_runs (started_at, file_name, file_sha256, file_bytes, importer, imported, duplicates, skipped, failed, replaced)
       values (?, ?, ?, ?, '', 0, 0, 0, 0, 0)`,
    )
    .run(context.clock.now(), name, sha256, size)
  const runId = Number(inserted.lastInsertRowid)
  const recorder = beginChange(vault, context.clock, {
    label: 'import.commit',
    facts: { file: name, runId },
    importRunId: runId,
  })
  const sink = new CommitSink(vault, context.clock, recorder, runId)
  const result = await processFile(taskFor(source, choice, vault, directory, context, 'importing', importers), sink)
  await sink.finish(result, context.job)
  rememberLayout(vault, recorder, choice, result)
  // what was read must be what was hashed: the file may have been written to meanwhile
  if ((await sha256Of(file.source, context)) !== sha256) throw changedFile(name)
  if (broughtNothing(vault, runId)) {
    vault.driver.prepare('delete from changes where import_run_id = ?').run(runId)
  }
  const { counts } = result
  vault.driver
    .prepare(
      `update import_runs set importer = ?, imported = ?, duplicates = ?, skipped = ?, failed = ?, replaced = ?,
         rates = ?, prices = ?, findings = ?
       where id = ?`,
    )
    .run(
      result.importer,
      counts.new,
      counts.duplicate,
      counts.skipped,
      counts.failed,
      counts.replaced,
      sink.rates,
      sink.prices,
      JSON.stringify(result.findings.all()),
      runId,
    )
  return runId
}

/** Whether a run left no trace but itself: then there is nothing that undoing could take back. */
function broughtNothing(vault: WritableVault, runId: number): boolean {
  const sources = [
    'select 1 from change_rows r join changes c on c.id = r.change_id where c.import_run_id = ?',
    ...importedTables
      .filter((table) => table !== 'import_run_accounts')
      .map((table) => `select 1 from ${table} where import_run_id = ?`),
  ]
  return sources.every((sql) => vault.driver.prepare(`${sql} limit 1`).get(runId) === undefined)
}

function changedFile(name: string): CoreError {
  return new CoreError('import-refused', `${name} has changed since it was looked at. Look at it again.`, {
    file: name,
    reason: 'changed',
  })
}

/** Keeps how a delimited file was read: what the user said always, what was found where it is sure and nothing is kept. */
function rememberLayout(vault: WritableVault, recorder: Recorder, choice: FileChoice, result: FileResult): void {
  const { layout, findings } = result
  const chosen = choice.layout
  if (layout === null && chosen === undefined) return
  const used = chosen ?? layout?.layout
  if (used === undefined) return
  const doubtful = ['ambiguous-date-order', 'ambiguous-decimal-mark', 'ambiguous-sign'].some((code) =>
    findings.has(code),
  )
  const sure = layout !== null && layout.confidence >= SURE_LAYOUT && !doubtful
  const known = loadLayout(vault, used.fingerprint)
  if (chosen === undefined && (!sure || known !== null)) return
  if (known !== null && JSON.stringify(known) === JSON.stringify(used)) return
  const values = { fingerprint: used.fingerprint, layout: JSON.stringify(used) }
  recorder.put('import_layouts', [used.fingerprint], values)
}
