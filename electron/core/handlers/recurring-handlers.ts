import type { recurringChannels } from '../../../shared/ipc/channels/recurring-channels.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'
import { recordChange, type Recorder } from '../changes/record.ts'
import type { HandlersOf } from '../handler.ts'
import { hasSeries, listRecurring, loadDecision, loadRecurringRows, ownKey } from '../recurring/list-items.ts'
import { lookThrough } from '../recurring/look-through.ts'
import type { Vault, WritableVault } from '../storage/open-vault.ts'
import { sqlRows } from '../storage/repositories/query.ts'
import { requireAccount } from './account-view.ts'

/** Throws CoreError('not-found') where the key names neither a series nor one made by hand. */
function requireItem(vault: Vault, key: string): { name: string } {
  const decision = loadDecision(vault, key)
  if (decision === undefined && !hasSeries(vault, key))
    throw new CoreError('not-found', 'there is no such series', { key })
  const payee = sqlRows<{ payee: string }>(vault, 'select payee from recurring_series where key = ?', key)[0]?.payee
  return { name: decision?.name ?? payee ?? '' }
}

function requireCategory(vault: Vault, id: number | null | undefined): void {
  if (id === null || id === undefined) return
  if (sqlRows(vault, 'select 1 from categories where id = ?', id).length === 0) {
    throw new CoreError('not-found', 'there is no such category', { id })
  }
}

type DecisionPatch = Parameters<typeof Recorder.prototype.update<'recurring_decisions'>>[2]

/** Writes what the user says of a series over what was said before. */
function decide(recorder: Recorder, vault: WritableVault, key: string, patch: DecisionPatch, now: number): void {
  const known = loadDecision(vault, key)
  if (known !== undefined) recorder.update('recurring_decisions', [known.id], patch)
  else
    recorder.insert('recurring_decisions', { status: 'detected', ...patch, series_key: key, created_at: now } as never)
}

export const recurringHandlers: HandlersOf<typeof recurringChannels> = {
  'recurring.list': ({ person }, context) => listRecurring(context.readable(), context.clock.today(), person),

  'recurring.rows': ({ key }, context) => loadRecurringRows(context.readable(), key),

  'recurring.decide': ({ key, status }, context) => {
    const vault = context.writable()
    const { name } = requireItem(vault, key)
    const label = { detected: 'recurring.reset', confirmed: 'recurring.confirm', dismissed: 'recurring.dismiss' }[
      status
    ]
    recordChange(vault, context.clock, { label, facts: { name } }, (recorder) =>
      decide(recorder, vault, key, { status }, context.clock.now()),
    )
    return {}
  },

  'recurring.edit': ({ key, patch }, context) => {
    const vault = context.writable()
    const { name } = requireItem(vault, key)
    requireCategory(vault, patch.categoryId)
    recordChange(vault, context.clock, { label: 'recurring.edit', facts: { name } }, (recorder) =>
      decide(
        recorder,
        vault,
        key,
        {
          status: 'confirmed',
          ...(patch.name === undefined ? {} : { name: patch.name }),
          ...(patch.categoryId === undefined ? {} : { category_id: patch.categoryId, category_set: 1 as const }),
          ...(patch.type === undefined ? {} : { type: patch.type }),
          ...(patch.amountMinor === undefined ? {} : { amount_minor: patch.amountMinor }),
          ...(patch.period === undefined ? {} : { period: patch.period }),
          ...(patch.nextOn === undefined ? {} : { next_on: patch.nextOn }),
          ...(patch.endedOn === undefined ? {} : { ended_on: patch.endedOn }),
        },
        context.clock.now(),
      ),
    )
    return {}
  },

  'recurring.add': (draft, context) => {
    const vault = context.writable()
    requireAccount(vault, draft.accountId)
    requireCategory(vault, draft.categoryId)
    const id = recordChange(vault, context.clock, { label: 'recurring.add', facts: { name: draft.name } }, (recorder) =>
      recorder.insert('recurring_decisions', {
        series_key: null,
        status: 'confirmed',
        name: draft.name,
        account_id: draft.accountId,
        category_id: draft.categoryId,
        category_set: 1,
        type: draft.type,
        amount_minor: draft.amountMinor,
        period: draft.period,
        next_on: draft.nextOn,
        ended_on: null,
        created_at: context.clock.now(),
      }),
    )
    return { key: ownKey(id) }
  },

  'recurring.remove': ({ key }, context) => {
    const vault = context.writable()
    const { name } = requireItem(vault, key)
    const known = loadDecision(vault, key)
    if (known === undefined) return {}
    recordChange(vault, context.clock, { label: 'recurring.remove', facts: { name } }, (recorder) => {
      recorder.delete('recurring_decisions', [known.id])
    })
    return {}
  },

  'recurring.refresh': async ({ whole }, context) => {
    const vault = context.writable()
    const work = lookThrough(vault, { today: context.clock.today(), whole })
    let looked = 0
    for (;;) {
      const step = work.next()
      if (step.done === true) {
        looked = step.value
        break
      }
      context.job.progress('detect', 0, null)
      await context.job.breathe()
    }
    const [count] = sqlRows<{ series: number }>(vault, 'select count(*) as series from recurring_series')
    return { series: count?.series ?? 0, looked }
  },
}
