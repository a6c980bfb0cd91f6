import { addDays, type IsoDate } from '../../../shared/domain/iso-date.ts'
import { money } from '../../../shared/domain/money.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'
import type { serviceChannels } from '../../../shared/ipc/channels/service-channels.ts'
import type { Account } from '../../../shared/model/account.ts'
import type { Life, LifeDocument } from '../../../shared/model/life.ts'
import { isDocumentOf } from '../analysis/life/document-holder.ts'
import type { Terms } from '../../../shared/model/terms.ts'
import { type Recorder, recordChange } from '../changes/record.ts'
import type { HandlerContext, HandlersOf, InputOf } from '../handler.ts'
import type { Vault, WritableVault } from '../storage/open-vault.ts'
import { loadAccounts } from '../storage/repositories/account-repository.ts'
import { loadDocument, loadDocuments } from '../storage/repositories/document-repository.ts'
import { loadOwnershipView, loadPersons } from '../storage/repositories/person-repository.ts'
import { loadVaultSettings } from '../storage/repositories/settings-repository.ts'
import { loadValueTimelines } from '../storage/repositories/worth-repository.ts'
import { nextPosition } from './account-handlers.ts'
import { presentAccount, presentAllAccounts, requireAccount } from './account-view.ts'
import { setValuation } from './valuation-handlers.ts'

type LifeChannels = Pick<
  typeof serviceChannels,
  'life.get' | 'home.save' | 'vehicle.save' | 'document.create' | 'document.update' | 'document.delete'
>

/** How long after its day a date is still listed. */
const JUST_PASSED_DAYS = 60

function requireDocument(vault: Vault, id: number): LifeDocument {
  const document = loadDocument(vault, id)
  if (document === null) throw new CoreError('not-found', 'there is no such document', { id })
  return document
}

type ThingInput = Omit<InputOf<'home.save'>, 'facts'>

/** A home or vehicle is an account whose terms hold its facts; saving it with a value is one change. */
function saveThing(
  vault: WritableVault,
  context: HandlerContext,
  kind: 'home' | 'vehicle',
  input: ThingInput,
  terms: Terms,
  loanAccountId: number | null,
): Account {
  if (loanAccountId !== null && requireAccount(vault, loanAccountId).kind.side !== 'liability') {
    throw new CoreError('invalid-input', 'the linked account is no loan')
  }
  const save = (recorder: Recorder): number => {
    const row = { name: input.name, currency: input.currency, notes: input.notes, terms: JSON.stringify(terms) }
    if (input.accountId === undefined) {
      return recorder.insert('accounts', {
        ...row,
        kind,
        institution_id: null,
        number: null,
        opening_on: null,
        position: nextPosition(vault),
        closed_on: null,
        created_at: context.clock.now(),
      })
    }
    const account = requireAccount(vault, input.accountId)
    if (account.kindKey !== kind) throw new CoreError('invalid-input', `this account is no ${kind}`)
    const valued = (loadValueTimelines(vault, [account]).get(account.id) ?? []).length > 0
    if (account.currency !== input.currency && valued) {
      throw new CoreError('conflict', 'the currency of something with values cannot change')
    }
    recorder.update('accounts', [account.id], row)
    return account.id
  }
  const id = recordChange(vault, context.clock, { label: `${kind}.save`, facts: { name: input.name } }, (recorder) => {
    const accountId = save(recorder)
    if (input.value !== null) setValuation(vault, recorder, accountId, input.value)
    return accountId
  })
  return presentAccount(vault, id, context.clock.today())
}

function documentRow(document: InputOf<'document.create'>) {
  return {
    kind: document.kind,
    name: document.name,
    holder: document.holder,
    number: document.number === '' ? null : document.number,
    issued_on: document.issuedOn,
    expires_on: document.expiresOn,
    account_id: document.accountId,
    notes: document.notes,
  }
}

function requireSoundDocument(vault: Vault, document: InputOf<'document.create'>): void {
  if (document.accountId !== null) requireAccount(vault, document.accountId)
  if (document.issuedOn !== null && document.expiresOn !== null && document.expiresOn < document.issuedOn) {
    throw new CoreError('invalid-input', 'a document cannot expire before it is issued')
  }
}

type LifeDate = Life['dates'][number]

function datesOf(accounts: readonly Account[], documents: readonly LifeDocument[], today: IsoDate): LifeDate[] {
  const dates: LifeDate[] = []
  for (const { id, name, terms, closedOn } of accounts) {
    const { inspectionDueOn = null, insuranceDueOn = null } = closedOn === null ? (terms.vehicle ?? {}) : {}
    const entry = { name, accountId: id, documentId: null }
    if (inspectionDueOn !== null) dates.push({ on: inspectionDueOn, kind: 'vehicle-inspection', ...entry })
    if (insuranceDueOn !== null) dates.push({ on: insuranceDueOn, kind: 'vehicle-insurance', ...entry })
  }
  for (const { id, name, accountId, expiresOn } of documents) {
    if (expiresOn !== null) dates.push({ on: expiresOn, kind: 'document-expiry', name, accountId, documentId: id })
  }
  const since = addDays(today, -JUST_PASSED_DAYS)
  return dates
    .filter(({ on }) => on >= since)
    .sort((left, right) => (left.on < right.on ? -1 : left.on > right.on ? 1 : 0))
}

export const lifeHandlers: HandlersOf<LifeChannels> = {
  'life.get': ({ person }, context) => {
    const vault = context.readable()
    const today = context.clock.today()
    const timelines = loadValueTimelines(vault, loadAccounts(vault))
    const view = loadOwnershipView(vault, person)
    const accounts = presentAllAccounts(vault, today, view)
    const byId = new Map(accounts.map((account) => [account.id, account]))
    const persons = loadPersons(vault)
    const documents = loadDocuments(vault).filter((document) => isDocumentOf(document, view, persons))
    const thing = (account: Account, loanId: number | null) => {
      const value = timelines.get(account.id)?.findLast(({ on }) => on <= today)
      const loan = loanId === null ? undefined : byId.get(loanId)
      // without a dated value its balance is all that is known; nothing there means no value, not zero
      const known = value !== undefined || account.balance.minor !== 0
      return {
        accountId: account.id,
        name: account.name,
        part: view.fractionOf(account.id),
        value: known ? (account.part ?? account).balance : null,
        valuedOn: value?.on ?? null,
        baseValue: known ? (account.part ?? account).baseBalance : null,
        owed: loan === undefined ? null : money(Math.max(0, -(loan.part ?? loan).balance.minor), loan.currency),
        notes: account.notes,
      }
    }
    const homes = accounts.flatMap((account) => {
      const facts = account.terms.home
      return facts === undefined ? [] : [Object.assign(thing(account, facts.mortgageAccountId), { facts })]
    })
    const vehicles = accounts.flatMap((account) => {
      const facts = account.terms.vehicle
      return facts === undefined ? [] : [Object.assign(thing(account, facts.loanAccountId), { facts })]
    })
    return {
      currency: loadVaultSettings(vault).baseCurrency,
      totalMinor: [...homes, ...vehicles].reduce((sum, { baseValue }) => sum + (baseValue?.minor ?? 0), 0),
      homes,
      vehicles,
      documents,
      dates: datesOf(accounts, documents, today),
    }
  },

  'home.save': ({ facts, ...input }, context) =>
    saveThing(context.writable(), context, 'home', input, { home: facts }, facts.mortgageAccountId),

  'vehicle.save': ({ facts, ...input }, context) =>
    saveThing(context.writable(), context, 'vehicle', input, { vehicle: facts }, facts.loanAccountId),

  'document.create': (document, context) => {
    const vault = context.writable()
    requireSoundDocument(vault, document)
    const facts = { name: document.name }
    const id = recordChange(vault, context.clock, { label: 'document.create', facts }, (recorder) =>
      recorder.insert('documents', documentRow(document)),
    )
    return requireDocument(vault, id)
  },

  'document.update': ({ id, document }, context) => {
    const vault = context.writable()
    requireDocument(vault, id)
    requireSoundDocument(vault, document)
    const facts = { name: document.name }
    recordChange(vault, context.clock, { label: 'document.update', facts }, (recorder) =>
      recorder.update('documents', [id], documentRow(document)),
    )
    return requireDocument(vault, id)
  },

  'document.delete': ({ id }, context) => {
    const vault = context.writable()
    const { name } = requireDocument(vault, id)
    recordChange(vault, context.clock, { label: 'document.delete', facts: { name } }, (recorder) =>
      recorder.delete('documents', [id]),
    )
    return {}
  },
}
