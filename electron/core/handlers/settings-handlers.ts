import { compareDecimal, parseDecimal, signOfDecimal } from '../../../shared/domain/decimal.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'
import type { accountChannels } from '../../../shared/ipc/channels/account-channels.ts'
import { MANUAL_SOURCE } from '../analysis/wealth/fx-conversion.ts'
import { recordChange } from '../changes/record.ts'
import type { HandlersOf } from '../handler.ts'
import { loadNewestRates } from '../storage/repositories/rate-repository.ts'
import { loadVaultSettings } from '../storage/repositories/settings-repository.ts'

type SettingsChannels = Pick<typeof accountChannels, 'vaultSettings.get' | 'vaultSettings.set' | 'fx.list' | 'fx.set'>

// hyperinflation has come near; a slip of the finger goes beyond
const LARGEST_RATE = parseDecimal('1e15')
const SMALLEST_RATE = parseDecimal('1e-15')

export const settingsHandlers: HandlersOf<SettingsChannels> = {
  'vaultSettings.get': (_, context) => loadVaultSettings(context.readable()),

  'vaultSettings.set': (patch, context) => {
    const vault = context.writable()
    recordChange(vault, context.clock, { label: 'vaultSettings.set' }, (recorder) => {
      for (const key of ['baseCurrency', 'ownerName'] as const) {
        const value = patch[key]
        if (value !== undefined) recorder.put('settings', [key], { key, value: JSON.stringify(value) })
      }
    })
    return loadVaultSettings(vault)
  },

  'fx.list': (_, context) => loadNewestRates(context.readable()),

  'fx.set': ({ base, quote, on, rate }, context) => {
    const vault = context.writable()
    if (base === quote) throw new CoreError('invalid-input', 'a rate is between two currencies')
    if (signOfDecimal(rate) <= 0) throw new CoreError('invalid-input', 'a rate is greater than zero')
    if (compareDecimal(rate, LARGEST_RATE) > 0 || compareDecimal(rate, SMALLEST_RATE) < 0) {
      throw new CoreError('invalid-input', 'no currency has such a rate')
    }
    recordChange(vault, context.clock, { label: 'fx.set', facts: { base, quote, on } }, (recorder) => {
      const row = { base, quote, as_of: on, rate, source: MANUAL_SOURCE, import_run_id: null }
      recorder.put('fx_rates', [base, quote, on], row)
    })
    return {}
  },
}
