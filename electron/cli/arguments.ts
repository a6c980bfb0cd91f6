import { parseArgs } from 'node:util'
import { UsageError } from '../core/hosting/host-arguments.ts'

export interface CommandLine {
  readonly command: string
  readonly operands: readonly string[]
  readonly vault: string | null
  readonly passphraseFile: string | null
  readonly json: boolean
  readonly currency: string
  readonly recoveryKeyFile: string | null
  /** Of `export`. */
  readonly format: string | null
  readonly from: string | null
  readonly to: string | null
  readonly accounts: string | null
  readonly language: string | null
}

/** Reads the command line of everything but `inspect` and `serve`, which have their own. Throws UsageError. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        vault: { type: 'string' },
        'passphrase-file': { type: 'string' },
        'recovery-key-file': { type: 'string' },
        currency: { type: 'string' },
        format: { type: 'string' },
        from: { type: 'string' },
        to: { type: 'string' },
        accounts: { type: 'string' },
        language: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    const [command = 'help', ...operands] = positionals
    return {
      command: values.help === true ? 'help' : command,
      operands,
      vault: values.vault ?? null,
      passphraseFile: values['passphrase-file'] ?? null,
      recoveryKeyFile: values['recovery-key-file'] ?? null,
      currency: values.currency ?? 'CNY',
      format: values.format ?? null,
      from: values.from ?? null,
      to: values.to ?? null,
      accounts: values.accounts ?? null,
      language: values.language ?? null,
      json: values.json === true,
    }
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'wrong arguments')
  }
}

export const usage = `onebook: a household's accounts in one encrypted vault

  onebook inspect [--json] [--files-from FILE|-] FILES…   what statement files hold; needs no vault
  onebook create [--currency CNY] [--recovery-key-file FILE]
                                           make a vault; prints its recovery key once
  onebook status                           the vault's state; needs no passphrase
  onebook import FILES…                    import statement files
  onebook verify                           check pages, references and every kept figure
  onebook backup FILE                      write a verified encrypted backup
  onebook restore FILE                     put a backup in the vault's place; the old one is kept beside
  onebook export --format FORMAT [--accounts ID,ID] [--from DATE] [--to DATE] [--language en|zh-CN] FILE
                                           write json, csv, ofx, qif, beancount, hledger or ledger; not encrypted
  onebook import-json FILE [--recovery-key-file FILE]
                                           make a vault of what a JSON export holds
  onebook call CHANNEL ['JSON'|-]          call any channel; - reads the input from standard input
  onebook channels                         every channel with its JSON schemas
  onebook serve [--port N] [--browser]     the window, in a browser

  --vault PATH             the vault; else the usual place
  --passphrase-file FILE   its first line is the passphrase; else ONEBOOK_PASSPHRASE
  --json                   answers and errors as JSON

Exit status: 0 done, 1 refused or failed, 2 wrong usage, 3 checks failed, 130 stopped.`
