import type { OptionsType } from '@zxcvbn-ts/core'

export type Strength = 0 | 1 | 2 | 3 | 4

/** The least strength that a new passphrase needs. */
export const leastStrength: Strength = 2

let estimator: Promise<(passphrase: string) => Strength> | null = null

async function load(): Promise<(passphrase: string) => Strength> {
  const [{ ZxcvbnFactory }, common] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  const options: OptionsType = { dictionary: common.dictionary, graphs: common.adjacencyGraphs }
  const factory = new ZxcvbnFactory(options)
  // Beyond a hundred characters nothing changes but the time it takes.
  return (passphrase) => factory.check(passphrase.slice(0, 100)).score
}

/** How hard a passphrase is to guess, 0–4 (zxcvbn). The dictionaries are loaded at first use. */
export async function strengthOf(passphrase: string): Promise<Strength> {
  estimator ??= load()
  const estimate = await estimator
  return estimate(passphrase)
}
