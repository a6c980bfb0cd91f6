import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

export interface Child {
  readonly pid: number
  /** Everything it has said so far. */
  readonly lines: readonly string[]
  /** Waits for the next line that begins so. Fails if the process ends before. */
  line(prefix: string): Promise<string>
  /** Ends it as the system would in a power failure of its own: no handler runs. Waits until it is gone. */
  kill(): Promise<void>
  /** Closes its standard input and waits until it has ended by itself. */
  end(): Promise<void>
}

/** Starts a TypeScript file as another process on the same Node. */
export function startChild(file: URL, ...rest: readonly string[]): Child {
  const child: ChildProcess = spawn(process.execPath, [file.pathname, ...rest], { stdio: ['pipe', 'pipe', 'pipe'] })
  const lines: string[] = []
  const errors: string[] = []
  const waiting = new Set<() => void>()
  const wake = (): void => {
    for (const check of waiting) check()
  }
  let ended = false
  const exit = once(child, 'close').then(() => {
    ended = true
    wake()
    return undefined
  })
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line)
      wake()
    })
  }
  child.stderr?.on('data', (text: Buffer) => errors.push(text.toString('utf8')))
  return {
    pid: child.pid ?? 0,
    lines,
    line: (prefix) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          const found = lines.find((line) => line.startsWith(prefix))
          if (found === undefined && !ended) return
          waiting.delete(check)
          if (found === undefined) reject(new Error(`the process ended without "${prefix}": ${errors.join('')}`))
          else resolve(found)
        }
        waiting.add(check)
        check()
      }),
    async kill() {
      child.kill('SIGKILL')
      await exit
    },
    async end() {
      child.stdin?.end()
      await exit
    },
  }
}
