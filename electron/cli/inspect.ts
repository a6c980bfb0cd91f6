import { createInterface } from 'node:readline'
import { createReadStream } from 'node:fs'
import { parseIsoDate, type IsoDate } from '../../shared/domain/iso-date.ts'
import { inspectSource, type Inspection } from '../core/importing/inspect.ts'
import { openLocalFile } from '../core/importing/local-file.ts'

export interface InspectStreams {
  readonly input: NodeJS.ReadableStream
  /** Takes one whole line; resolves when more may follow. */
  print(line: string): Promise<void>
  complain(line: string): void
}

interface InspectArguments {
  json: boolean
  filesFrom: string | null
  readonly files: string[]
}

const USAGE = 'usage: onebook inspect [--json] [--files-from FILE|-] FILES…'

function parseArguments(given: readonly string[]): InspectArguments | string {
  const parsed: InspectArguments = { json: false, filesFrom: null, files: [] }
  let onlyFiles = false
  for (let index = 0; index < given.length; index += 1) {
    const argument = given[index] ?? ''
    if (onlyFiles || !argument.startsWith('--')) parsed.files.push(argument)
    else if (argument === '--') onlyFiles = true
    else if (argument === '--json') parsed.json = true
    else if (argument.startsWith('--files-from=')) parsed.filesFrom = argument.slice('--files-from='.length)
    else if (argument === '--files-from') {
      index += 1
      parsed.filesFrom = given[index] ?? null
      if (parsed.filesFrom === null) return '--files-from needs a file, or - for standard input'
    } else return `unknown option ${argument}`
  }
  return parsed
}

/** The civil date of this computer. */
function localToday(): IsoDate {
  return parseIsoDate(new Intl.DateTimeFormat('en-CA', { dateStyle: 'short' }).format(new Date()))
}

async function inspectPath(path: string, today: IsoDate): Promise<Inspection> {
  try {
    const source = openLocalFile(path)
    try {
      return await inspectSource(path, source, today)
    } finally {
      source.close()
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const missing = code === 'ENOENT'
    const message = missing ? 'There is no such file.' : `The file cannot be read${code === '' ? '' : ` (${code})`}.`
    return {
      file: path,
      status: 'rejected',
      importer: null,
      reason: { code: missing ? 'file-missing' : 'damaged', message },
      statements: [],
      findings: [],
    }
  }
}

function* describe(inspection: Inspection): Generator<string, void, void> {
  const { file, status, importer, reason, statements, findings } = inspection
  if (status === 'rejected') {
    yield `${file}: refused: ${reason?.message ?? ''}`
    return
  }
  const extras = [
    inspection.rates === undefined ? '' : `, ${inspection.rates} exchange rates`,
    inspection.prices === undefined ? '' : `, ${inspection.prices} prices`,
  ]
  yield `${file}: ${importer ?? ''}, ${statements.length} statement(s)${extras.join('')}`
  for (const statement of statements) {
    const { account, currency, opening, closing, transactions } = statement
    const name = [account.institution, account.name, account.number].filter((part) => part !== undefined).join(' ')
    const dates = transactions.map((transaction) => transaction.date).toSorted()
    const balances = [opening === null ? '' : `opening ${opening}`, closing === null ? '' : `closing ${closing}`]
    const parts = [
      `${transactions.length} transactions`,
      dates.length === 0 ? '' : `${dates[0]} to ${dates.at(-1)}`,
      currency ?? 'currency unknown',
      ...balances,
    ]
    yield `  ${name === '' ? 'unnamed account' : name}: ${parts.filter((part) => part !== '').join(', ')}`
  }
  for (const { severity, message, record } of findings.filter((finding) => finding.severity !== 'info').slice(0, 20)) {
    yield `  ${severity}${record === undefined ? '' : ` at record ${record}`}: ${message}`
  }
}

/**
 * `onebook inspect`: says what files hold, without a vault. One answer for each path, in the order given; a file that
 * cannot be read never ends the run. Answers the exit status: 0, or 2 where the call itself is wrong.
 */
export async function runInspect(given: readonly string[], streams: InspectStreams): Promise<number> {
  const parsed = parseArguments(given)
  if (typeof parsed === 'string') {
    streams.complain(`onebook: ${parsed}\n${USAGE}`)
    return 2
  }
  if (parsed.files.length === 0 && parsed.filesFrom === null) {
    streams.complain(USAGE)
    return 2
  }
  const today = localToday()
  const tell = async (path: string): Promise<void> => {
    const inspection = await inspectPath(path, today)
    if (parsed.json) await streams.print(JSON.stringify(inspection))
    else for (const line of describe(inspection)) await streams.print(line)
  }
  for (const path of parsed.files) await tell(path)
  if (parsed.filesFrom !== null) {
    const input = parsed.filesFrom === '-' ? streams.input : createReadStream(parsed.filesFrom)
    for await (const line of createInterface({ input, crlfDelay: Infinity })) if (line.trim() !== '') await tell(line)
  }
  return 0
}

/** Standard input and output; waits where the reader is slower than the writer. */
export const standardStreams: InspectStreams = {
  input: process.stdin,
  print: (line) =>
    new Promise((resolve, reject) => {
      process.stdout.write(`${line}\n`, (error) => {
        if (error === null || error === undefined) resolve()
        else reject(error)
      })
    }),
  complain: (line) => {
    process.stderr.write(`${line}\n`)
  },
}
