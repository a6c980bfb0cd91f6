import { CoreError } from '../../../shared/ipc/errors.ts'
import type { accountChannels } from '../../../shared/ipc/channels/account-channels.ts'
import { isAccountKind } from '../../../shared/model/account-kinds.ts'
import { faultsOfDetails } from '../../../shared/model/account-details.ts'
import { type Terms, termsSchema } from '../../../shared/model/terms.ts'
import { allKnownInstitutions, knownInstitution } from '../analysis/account/known-institutions.ts'
import { createConverter } from '../analysis/wealth/fx-conversion.ts'
import { type Recorder, recordChange } from '../changes/record.ts'
import type { HandlersOf } from '../handler.ts'
import type { Vault } from '../storage/open-vault.ts'
import { loadAccounts } from '../storage/repositories/account-repository.ts'
import { loadOwnershipView } from '../storage/repositories/person-repository.ts'
import { sqlRows } from '../storage/repositories/query.ts'
import { loadRateSourceOn } from '../storage/repositories/rate-repository.ts'
import { amountsOf, loadHoldingsSeries } from '../storage/repositories/worth-repository.ts'
import { saveOwners } from './save-owners.ts'
import { loadChartDays } from './chart-days.ts'
import { requireSchedule } from './credit-handlers.ts'
import { presentAccount, presentAllAccounts, requireAccount } from './account-view.ts'

type AccountChannels = Pick<
  typeof accountChannels,
  | 'account.list'
  | 'account.get'
  | 'account.revealNumber'
  | 'account.history'
  | 'account.create'
  | 'account.update'
  | 'account.delete'
  | 'account.reorder'
  | 'institution.list'
  | 'institution.known'
>

/** The institution of this name, by any name it is known by; made where the vault has none yet. */
export function institutionId(vault: Vault, recorder: Recorder, name: string | null): number | null {
  if (name === null || name === '') return null
  const known = knownInstitution(name)
  const [found] = sqlRows<{ id: number }>(
    vault,
    'select id from institutions where key = ? or lower(name) = lower(?) order by key is null limit 1',
    known?.key ?? null,
    name,
  )
  if (found !== undefined) return found.id
  return recorder.insert('institutions', {
    key: known?.key ?? null,
    name,
    country: known?.country ?? null,
    kind: known?.kind ?? null,
  })
}

function requireKind(kind: string): string {
  if (!isAccountKind(kind)) throw new CoreError('invalid-input', `there is no kind of account called ${kind}`, { kind })
  return kind
}

/** Accounts new and moved go last. */
export function nextPosition(vault: Vault): number {
  const sql = 'select coalesce(max(position), 0) + 1 as position from accounts'
  return sqlRows<{ position: number }>(vault, sql)[0]?.position ?? 1
}

/** Throws CoreError('invalid-input') where a fact is not of the kind, or not as its field wants it; names the field. */
function requireDetails(kindKey: string, { details }: Terms): void {
  const [first] = details === undefined ? [] : faultsOfDetails(kindKey, details)
  if (first === undefined) return
  throw new CoreError('invalid-input', `the field "${first.field}" of this kind of account is wrong: ${first.fault}`, {
    field: first.field,
    fault: first.fault,
  })
}

const blankToNull = (text: string | null): string | null => (text === '' ? null : text)

export const accountHandlers: HandlersOf<AccountChannels> = {
  'account.list': ({ person }, context) => {
    const vault = context.readable()
    return presentAllAccounts(vault, context.clock.today(), loadOwnershipView(vault, person))
  },

  'account.get': ({ id, person }, context) => {
    const vault = context.readable()
    return presentAccount(vault, id, context.clock.today(), loadOwnershipView(vault, person))
  },

  'account.revealNumber': ({ id }, context) => ({ number: requireAccount(context.readable(), id).number }),

  'account.history': ({ id, range }, context) => {
    const vault = context.readable()
    const account = requireAccount(vault, id)
    const today = context.clock.today()
    const { dates, since } = loadChartDays(vault, { accounts: [account], accountId: id, range, today })
    const converter = createConverter(loadRateSourceOn(vault, dates))
    const series = loadHoldingsSeries(vault, [account], dates).get(id) ?? []
    return {
      currency: account.currency,
      since,
      points: dates.map((on, index) => {
        const holdings = series[index]
        const amounts = holdings === undefined ? [] : amountsOf(holdings)
        const minor = amounts.reduce(
          (sum, amount) => sum + (converter.convert(amount, account.currency, on)?.value.minor ?? 0),
          0,
        )
        return { on, minor }
      }),
    }
  },

  'account.create': (draft, context) => {
    const vault = context.writable()
    if (draft.terms.loan !== undefined) requireSchedule(draft.terms.loan, draft.currency)
    requireDetails(draft.kind, draft.terms)
    const id = recordChange(
      vault,
      context.clock,
      { label: 'account.create', facts: { name: draft.name } },
      (recorder) => {
        const made = recorder.insert('accounts', {
          name: draft.name,
          kind: requireKind(draft.kind),
          institution_id: institutionId(vault, recorder, draft.institution),
          number: draft.number === null ? null : blankToNull(draft.number),
          currency: draft.currency,
          opening_minor: draft.openingMinor,
          opening_on: draft.openingOn,
          position: nextPosition(vault),
          closed_on: null,
          notes: draft.notes,
          terms: JSON.stringify(termsSchema.parse(draft.terms)),
          created_at: context.clock.now(),
        })
        saveOwners(vault, recorder, made, draft.owners ?? [])
        return made
      },
    )
    return presentAccount(vault, id, context.clock.today())
  },

  'account.update': ({ id, patch }, context) => {
    const vault = context.writable()
    const account = requireAccount(vault, id)
    const facts = { name: patch.name ?? account.name }
    if (patch.terms?.loan !== undefined) requireSchedule(patch.terms.loan, patch.currency ?? account.currency)
    if (patch.terms !== undefined) requireDetails(patch.kind ?? account.kindKey, patch.terms)
    recordChange(vault, context.clock, { label: 'account.update', facts }, (recorder) => {
      if (patch.currency !== undefined && patch.currency !== account.currency && hasAmounts(vault, id)) {
        throw new CoreError('conflict', 'the currency of an account with transactions or values cannot change', { id })
      }
      recorder.update('accounts', [id], {
        ...(patch.name !== undefined && { name: patch.name }),
        ...(patch.kind !== undefined && { kind: requireKind(patch.kind) }),
        ...(patch.institution !== undefined && { institution_id: institutionId(vault, recorder, patch.institution) }),
        ...(patch.number !== undefined && { number: patch.number === null ? null : blankToNull(patch.number) }),
        ...(patch.currency !== undefined && { currency: patch.currency }),
        ...(patch.openingMinor !== undefined && { opening_minor: patch.openingMinor }),
        ...(patch.openingOn !== undefined && { opening_on: patch.openingOn }),
        ...(patch.closedOn !== undefined && { closed_on: patch.closedOn }),
        ...(patch.hidden !== undefined && { hidden: patch.hidden ? 1 : 0 }),
        ...(patch.inNetWorth !== undefined && { in_net_worth: patch.inNetWorth ? 1 : 0 }),
        ...(patch.notes !== undefined && { notes: patch.notes }),
        ...(patch.terms !== undefined && { terms: JSON.stringify(patch.terms) }),
      })
      if (patch.owners !== undefined) saveOwners(vault, recorder, id, patch.owners)
    })
    return presentAccount(vault, id, context.clock.today())
  },

  'account.delete': ({ id }, context) => {
    const vault = context.writable()
    const { name, transactionCount } = requireAccount(vault, id)
    const facts = { name, transactions: transactionCount }
    recordChange(vault, context.clock, { label: 'account.delete', facts }, (recorder) => {
      recorder.deleteWhere('transactions', { sql: 'account_id = ?', parameters: [id] })
      unlinkLoan(vault, recorder, id)
      recorder.delete('accounts', [id])
    })
    return {}
  },

  'account.reorder': ({ ids }, context) => {
    const vault = context.writable()
    for (const id of ids) requireAccount(vault, id)
    recordChange(vault, context.clock, { label: 'account.reorder' }, (recorder) => {
      for (const [index, id] of [...new Set(ids)].entries()) recorder.update('accounts', [id], { position: index + 1 })
    })
    return {}
  },

  'institution.list': (_, context) =>
    sqlRows<{ id: number; name: string; accountCount: number }>(
      context.readable(),
      `select institutions.id, institutions.name, count(accounts.id) as accountCount from institutions
       left join accounts on accounts.institution_id = institutions.id group by institutions.id order by institutions.name`,
    ),

  'institution.known': () =>
    allKnownInstitutions().map(({ nameZh, nameEn, aliases, pinyin, country, kind }) => ({
      nameZh,
      nameEn,
      aliases,
      initials: pinyin,
      country,
      kind,
    })),
}

/** A home or vehicle that names the loan as its own no longer does. */
function unlinkLoan(vault: Vault, recorder: Recorder, loanId: number): void {
  for (const { id, terms } of loadAccounts(vault)) {
    const { home, vehicle } = terms
    if (home?.mortgageAccountId === loanId) {
      recorder.update('accounts', [id], {
        terms: JSON.stringify({ ...terms, home: { ...home, mortgageAccountId: null } }),
      })
    }
    if (vehicle?.loanAccountId === loanId) {
      recorder.update('accounts', [id], {
        terms: JSON.stringify({ ...terms, vehicle: { ...vehicle, loanAccountId: null } }),
      })
    }
  }
}

function hasAmounts(vault: Vault, id: number): boolean {
  const [row] = sqlRows<{ found: number }>(
    vault,
    `select exists (select 1 from transactions where account_id = ?1)
       or exists (select 1 from positions where account_id = ?1)
       or exists (select 1 from valuations where account_id = ?1) as found`,
    id,
  )
  return row?.found === 1
}
