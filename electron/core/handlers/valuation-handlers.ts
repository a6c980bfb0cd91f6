import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'
import type { accountChannels } from '../../../shared/ipc/channels/account-channels.ts'
import { type Recorder, recordChange } from '../changes/record.ts'
import type { HandlersOf } from '../handler.ts'
import type { Vault } from '../storage/open-vault.ts'
import { loadValuations } from '../storage/repositories/account-repository.ts'
import { sqlRows } from '../storage/repositories/query.ts'
import { requireAccount } from './account-view.ts'

type ValuationChannels = Pick<typeof accountChannels, 'valuation.list' | 'valuation.set' | 'valuation.delete'>

/** Sets the value of a day, of which there is one at most. */
export function setValuation(
  vault: Vault,
  recorder: Recorder,
  accountId: number,
  value: { on: IsoDate; minor: number; note?: string },
): void {
  const known = loadValuations(vault, accountId).find(({ on }) => on === value.on)
  const note = value.note === undefined ? {} : { note: value.note }
  if (known !== undefined) recorder.update('valuations', [known.id], { value_minor: value.minor, ...note })
  else recorder.insert('valuations', { account_id: accountId, as_of: value.on, value_minor: value.minor, ...note })
}

export const valuationHandlers: HandlersOf<ValuationChannels> = {
  'valuation.list': ({ accountId }, context) => {
    const vault = context.readable()
    requireAccount(vault, accountId)
    return loadValuations(vault, accountId).map(({ id, on, valueMinor, note }) => ({ id, on, valueMinor, note }))
  },

  'valuation.set': ({ accountId, on, valueMinor, note }, context) => {
    const vault = context.writable()
    const { name, kind } = requireAccount(vault, accountId)
    if (kind.valuedBy !== 'valuation') {
      // it would be kept and count for nothing
      throw new CoreError('invalid-input', 'what this account holds is counted from its transactions', { accountId })
    }
    recordChange(vault, context.clock, { label: 'valuation.set', facts: { name, on } }, (recorder) =>
      setValuation(vault, recorder, accountId, { on, minor: valueMinor, note }),
    )
    const set = loadValuations(vault, accountId).find((valuation) => valuation.on === on)
    if (set === undefined) throw new CoreError('not-found', 'the value is not there')
    return { id: set.id, on: set.on, valueMinor: set.valueMinor, note: set.note }
  },

  'valuation.delete': ({ id }, context) => {
    const vault = context.writable()
    const sql = 'select name from valuations join accounts on accounts.id = account_id where valuations.id = ?'
    const [found] = sqlRows<{ name: string }>(vault, sql, id)
    if (found === undefined) throw new CoreError('not-found', 'there is no such value', { id })
    recordChange(vault, context.clock, { label: 'valuation.delete', facts: { name: found.name } }, (recorder) => {
      recorder.delete('valuations', [id])
    })
    return {}
  },
}
