/** One measured line of the table. */
export interface Measurement {
  readonly work: string
  readonly data: string
  readonly milliseconds: number
  /** What it is compared with, measured in the same run. */
  readonly floor?: { readonly what: string; readonly milliseconds: number }
  /** Whether it is within what was asked; absent for a line that is only told. */
  readonly limit?: { readonly text: string; readonly met: boolean }
}

/** A group of measurements; `quick` runs a tenth of the data. */
export interface Bench {
  readonly name: string
  run(quick: boolean): Promise<Measurement[]>
}

/** Milliseconds that the work takes: the best of several rounds, for other programs only ever add time. */
export async function bestOf(rounds: number, work: () => unknown): Promise<number> {
  let best = Infinity
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now()
    await work()
    best = Math.min(best, performance.now() - started)
  }
  return best
}

const milliseconds = (value: number): string => (value < 10 ? value.toFixed(2) : value.toFixed(0))

/** The measurements as one plain-text table. */
export function tableOf(measurements: readonly Measurement[]): string {
  const head = ['work', 'data', 'ms', 'beside', 'ms', 'ratio', 'asked', '']
  const lines = measurements.map(({ work, data, milliseconds: taken, floor, limit }) => [
    work,
    data,
    milliseconds(taken),
    floor?.what ?? '',
    floor === undefined ? '' : milliseconds(floor.milliseconds),
    floor === undefined ? '' : `${(taken / floor.milliseconds).toFixed(1)}×`,
    limit?.text ?? '',
    limit === undefined ? '' : limit.met ? 'met' : 'MISSED',
  ])
  const widths = head.map((title, column) =>
    Math.max(...[head, ...lines].map((line) => line[column]?.length ?? title.length)),
  )
  return [head, ...lines]
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
