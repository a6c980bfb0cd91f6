import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

export interface HostArguments {
  /** Absolute; null: the default place. */
  readonly vault: string | null
  readonly demo: boolean
  /** The user's own browser instead of an app window. */
  readonly browser: boolean
  /** No window at all: print the address and serve. */
  readonly noWindow: boolean
  /** 0: any free one. */
  readonly port: number
  /** Why this host runs instead of Electron, for the one line that says so. */
  readonly because: string | null
  /** The development server's origin. */
  readonly devOrigin: string | null
}

/** A mistake on the command line, told in one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Reads the flags of `npm start`. Electron adds switches of its own, so unknown ones are refused only if `strict`. */
export function parseHostArguments(args: readonly string[], strict: boolean): HostArguments {
  let values: ReturnType<typeof parse>['values']
  try {
    values = parse(args, strict).values
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : 'unknown flag'}. See --help.`)
  }
  const text = (name: 'vault' | 'port' | 'because' | 'dev-origin'): string | null => {
    const value = values[name]
    return typeof value === 'string' && value !== '' ? value : null
  }
  const port = Number(text('port') ?? 0)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError('--port wants a number up to 65535.')
  const vault = text('vault')
  if (vault !== null && values.demo === true) throw new UsageError('--demo has a vault of its own: leave --vault out.')
  return {
    vault: vault === null ? null : resolve(vault),
    demo: values.demo === true,
    browser: values.browser === true,
    noWindow: values['no-window'] === true,
    port,
    because: text('because'),
    devOrigin: text('dev-origin'),
  }
}

function parse(args: readonly string[], strict: boolean) {
  return parseArgs({
    args: [...args],
    strict,
    allowPositionals: !strict,
    options: {
      vault: { type: 'string' },
      demo: { type: 'boolean' },
      browser: { type: 'boolean' },
      'no-window': { type: 'boolean' },
      port: { type: 'string' },
      because: { type: 'string' },
      'dev-origin': { type: 'string' },
    },
  })
}
