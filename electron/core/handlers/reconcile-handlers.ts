import { addMonths, type IsoDate } from '../../../shared/domain/iso-date.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'
import type { reconcileChannels } from '../../../shared/ipc/channels/reconcile-channels.ts'
import type { BalanceBreak, Checkpoint, Reconciliation } from '../../../shared/model/reconciliation.ts'
import { computeReconciliation, type ReconciledBalances } from '../analysis/account/reconciliation.ts'
import { madeTransaction } from '../changes/made-transaction.ts'
import { type Recorder, recordChange } from '../changes/record.ts'
import type { HandlersOf } from '../handler.ts'
import type { Vault } from '../storage/open-vault.ts'
import { sqlRows } from '../storage/repositories/query.ts'
import {
  loadStatedBalances,
  loadStatedSpan,
  loadUnreconciled,
} from '../storage/repositories/reconciliation-repository.ts'
import { requireAccount } from './account-view.ts'

/** How far back an account is looked at unless more is asked for. */
const MONTHS = 24

function windowOf(vault: Vault, accountId: number, asked?: IsoDate): { from: IsoDate; earlier: boolean } {
  const span = loadStatedSpan(vault, accountId)
  if (span === null) return { from: asked ?? ('1970-01-01' as IsoDate), earlier: false }
  const from = asked ?? addMonths(span.last, -MONTHS)
  return { from, earlier: span.first < from }
}

/** Statements' own balances, what the user typed, and of running balances those on either side of a break. */
function toShow({ checkpoints, breaks }: ReconciledBalances): Checkpoint[] {
  const broken = new Set(breaks.map(({ checkpointId }) => checkpointId))
  return checkpoints
    .filter(({ id, kind, run }, index) => {
      const next = checkpoints[index + 1]
      return kind !== 'day' || run === null || broken.has(id) || (next !== undefined && broken.has(next.id))
    })
    .toReversed()
}

function reconcile(vault: Vault, accountId: number, asked?: IsoDate): Reconciliation {
  const { currency } = requireAccount(vault, accountId)
  const { from, earlier } = windowOf(vault, accountId, asked)
  const balances = computeReconciliation(loadStatedBalances(vault, accountId, from), earlier)
  return {
    accountId,
    currency,
    from,
    earlier,
    checkpoints: toShow(balances),
    breaks: [...balances.breaks],
    compared: balances.checkpoints.length,
    agreesUntil: balances.agreesUntil,
  }
}

interface StoredCheckpoint {
  readonly account_id: number
  readonly as_of: IsoDate
  readonly import_run_id: number | null
}

function requireCheckpoint(vault: Vault, id: number): StoredCheckpoint {
  const sql = 'select account_id, as_of, import_run_id from balance_assertions where id = ?'
  const [found] = sqlRows<StoredCheckpoint>(vault, sql, id)
  if (found === undefined) throw new CoreError('not-found', 'there is no such balance', { id })
  return found
}

/** The account's balances as far back as this checkpoint needs to be seen. */
function around(vault: Vault, { account_id, as_of }: StoredCheckpoint): ReconciledBalances {
  const { from } = windowOf(vault, account_id)
  const reach = as_of < from ? addMonths(as_of, -MONTHS) : from
  return computeReconciliation(loadStatedBalances(vault, account_id, reach), windowOf(vault, account_id, reach).earlier)
}

function adjust(vault: Vault, recorder: Recorder, accountId: number, found: BalanceBreak, payee: string): void {
  if (found.cause === 'opening') {
    const sql = 'select opening_minor from accounts where id = ?'
    const opening = sqlRows<{ opening_minor: number }>(vault, sql, accountId)[0]?.opening_minor ?? 0
    recorder.update('accounts', [accountId], { opening_minor: opening + found.missingMinor })
    return
  }
  const { on, missingMinor } = found
  const made = { accountId, bookedOn: on, amountMinor: missingMinor, kind: 'other', payee }
  recorder.insert('transactions', madeTransaction(made))
}

export const reconcileHandlers: HandlersOf<typeof reconcileChannels> = {
  'reconcile.account': ({ accountId, from }, context) => reconcile(context.readable(), accountId, from),

  'reconcile.list': (_, context) => loadUnreconciled(context.readable()),

  'reconcile.state': ({ accountId, on, minor }, context) => {
    const vault = context.writable()
    const { name } = requireAccount(vault, accountId)
    recordChange(vault, context.clock, { label: 'reconcile.state', facts: { name, on } }, (recorder) => {
      recorder.deleteWhere('balance_assertions', {
        sql: `account_id = ? and as_of = ? and kind = 'closing' and import_run_id is null`,
        parameters: [accountId, on],
      })
      recorder.insert('balance_assertions', {
        account_id: accountId,
        as_of: on,
        kind: 'closing',
        balance_minor: minor,
        import_run_id: null,
      })
    })
    return reconcile(vault, accountId)
  },

  'reconcile.forget': ({ checkpointId }, context) => {
    const vault = context.writable()
    const found = requireCheckpoint(vault, checkpointId)
    if (found.import_run_id !== null) {
      throw new CoreError('invalid-input', 'this balance came with an import and goes when that is undone')
    }
    const { name } = requireAccount(vault, found.account_id)
    recordChange(vault, context.clock, { label: 'reconcile.forget', facts: { name } }, (recorder) => {
      recorder.delete('balance_assertions', [checkpointId])
    })
    return reconcile(vault, found.account_id)
  },

  'reconcile.adjust': ({ checkpointId, payee }, context) => {
    const vault = context.writable()
    const stored = requireCheckpoint(vault, checkpointId)
    const found = around(vault, stored).breaks.find((one) => one.checkpointId === checkpointId)
    if (found === undefined) throw new CoreError('conflict', 'there is nothing to adjust here any more')
    const { name } = requireAccount(vault, stored.account_id)
    recordChange(vault, context.clock, { label: 'reconcile.adjust', facts: { name } }, (recorder) =>
      adjust(vault, recorder, stored.account_id, found, payee),
    )
    return reconcile(vault, stored.account_id)
  },

  'reconcile.accept': ({ checkpointId, accepted }, context) => {
    const vault = context.writable()
    const stored = requireCheckpoint(vault, checkpointId)
    const { name } = requireAccount(vault, stored.account_id)
    const here = around(vault, stored).checkpoints.find(({ id }) => id === checkpointId)
    recordChange(vault, context.clock, { label: 'reconcile.accept', facts: { name } }, (recorder) => {
      const difference = accepted ? (here?.differenceMinor ?? null) : null
      recorder.update('balance_assertions', [checkpointId], { accepted_minor: difference })
    })
    return reconcile(vault, stored.account_id)
  },
}
