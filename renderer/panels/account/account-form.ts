import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import type { Decimal } from '../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import { accountKindOf } from '../../../shared/model/account-kinds.ts'
import type { Account, AccountDraft, AccountPatch } from '../../../shared/model/account.ts'
import type { Owner } from '../../../shared/model/person.ts'
import type { CardTerms, RepaymentMethod, Terms } from '../../../shared/model/terms.ts'
import { detailsOf } from './account-details.ts'

/** What an account's form holds. `undefined` in an amount: what is typed is no amount. */
export interface AccountForm {
  readonly name: string
  readonly kind: string
  readonly institution: string
  readonly number: string
  readonly currency: CurrencyCode
  /** As shown: a debt is a positive magnitude here. */
  readonly opening: number | null | undefined
  readonly openingOn: IsoDate | null
  readonly notes: string
  /** Undefined: shares that do not add up. */
  readonly owners: readonly Owner[] | undefined
  readonly hidden: boolean
  readonly inNetWorth: boolean
  readonly closedOn: IsoDate | null
  readonly limit: number | null | undefined
  readonly statementDay: number | null
  readonly due: CardTerms['due']
  readonly principal: number | null | undefined
  readonly annualRate: Decimal | null | undefined
  readonly months: number | null
  readonly firstDueOn: IsoDate | null
  readonly method: RepaymentMethod
  /** The facts of kinds' own fields as typed, also of kinds chosen before; undefined: half typed. */
  readonly details: Readonly<Record<string, string | number | undefined>>
}

export function isDebt(kind: string): boolean {
  return accountKindOf(kind).side === 'liability'
}

export function hasCardTerms(kind: string): boolean {
  return accountKindOf(kind).class === 'credit-card'
}

export function hasLoanTerms(kind: string): boolean {
  const { class: accountClass, valuedBy } = accountKindOf(kind)
  return accountClass === 'loan' || (valuedBy === 'schedule' && accountClass !== 'credit-card')
}

export function emptyForm(currency: CurrencyCode): AccountForm {
  return {
    name: '',
    kind: 'checking',
    institution: '',
    number: '',
    currency,
    opening: null,
    openingOn: null,
    notes: '',
    owners: [],
    hidden: false,
    inNetWorth: true,
    closedOn: null,
    limit: null,
    statementDay: null,
    due: null,
    principal: null,
    annualRate: null,
    months: null,
    firstDueOn: null,
    method: 'annuity',
    details: {},
  }
}

export function formOf(account: Account): AccountForm {
  const { card, loan } = account.terms
  const sign = account.side === 'liability' ? -1 : 1
  return {
    name: account.name,
    kind: account.kind,
    institution: account.institution?.name ?? '',
    number: '',
    currency: account.currency,
    opening: account.openingMinor === 0 ? 0 : account.openingMinor * sign,
    openingOn: account.openingOn,
    notes: account.notes,
    owners: account.owners,
    hidden: account.hidden,
    inNetWorth: account.inNetWorth,
    closedOn: account.closedOn,
    limit: card?.limitMinor ?? null,
    statementDay: card?.statementDay ?? null,
    due: card?.due ?? null,
    principal: loan?.principalMinor ?? null,
    annualRate: loan?.annualRate ?? null,
    months: loan?.months ?? null,
    firstDueOn: loan?.firstDueOn ?? null,
    method: loan?.method ?? 'annuity',
    details: account.terms.details ?? {},
  }
}

/** What the form says of the account beside its balance; null while a loan's terms are incomplete or a fact is wrong. */
export function termsOf(form: AccountForm, kept: Terms = {}): Terms | null {
  const sections = sectionsOf(form, kept)
  const details = detailsOf(form.kind, form.details)
  if (sections === null || details === null) return null
  return details === undefined ? sections : { ...sections, details }
}

/** The terms section of the form's kind, beside what the account keeps in other sections; null where a loan's are incomplete. */
export function sectionsOf(form: AccountForm, given: Terms = {}): Terms | null {
  const { details: _, ...kept } = given
  if (hasCardTerms(form.kind)) {
    if (form.limit === undefined) return null
    const given = form.limit !== null || form.statementDay !== null || form.due !== null
    return given ? { card: { limitMinor: form.limit, statementDay: form.statementDay, due: form.due } } : {}
  }
  if (hasLoanTerms(form.kind)) {
    const { principal, annualRate, months, firstDueOn, method } = form
    if (principal === null) return {}
    if (principal === undefined || principal <= 0 || annualRate == null || months === null || firstDueOn === null) {
      return null
    }
    return { loan: { principalMinor: principal, annualRate, months, firstDueOn, method } }
  }
  return kept
}

function signedOpening(form: AccountForm): number | null {
  if (form.opening === undefined) return null
  const minor = form.opening ?? 0
  return minor === 0 ? 0 : isDebt(form.kind) ? -minor : minor
}

/** What creating needs, or null while the form is not complete. */
export function draftOf(form: AccountForm): AccountDraft | null {
  const terms = termsOf(form)
  const openingMinor = signedOpening(form)
  if (form.name.trim() === '' || terms === null || openingMinor === null || form.owners === undefined) return null
  return {
    name: form.name.trim(),
    kind: form.kind,
    institution: form.institution.trim() === '' ? null : form.institution.trim(),
    number: form.number.trim() === '' ? null : form.number.trim(),
    currency: form.currency,
    openingMinor,
    openingOn: form.openingOn,
    notes: form.notes,
    terms,
    ...(form.owners.length > 0 && { owners: [...form.owners] }),
  }
}

function sameOwners(left: readonly Owner[], right: readonly Owner[]): boolean {
  const share = (owners: readonly Owner[], id: number) => owners.find(({ personId }) => personId === id)?.share
  return left.length === right.length && left.every(({ personId }) => share(left, personId) === share(right, personId))
}

/** What changes, or null while the form is not complete. The number stays unless a new one is typed. */
export function patchOf(form: AccountForm, account: Account): AccountPatch | null {
  const terms = termsOf(form, account.terms)
  const openingMinor = signedOpening(form)
  if (form.name.trim() === '' || terms === null || openingMinor === null || form.owners === undefined) return null
  const before = formOf(account)
  const patch: AccountPatch = {}
  if (form.name.trim() !== account.name) patch.name = form.name.trim()
  if (form.kind !== account.kind) patch.kind = form.kind
  if (form.institution.trim() !== before.institution) {
    patch.institution = form.institution.trim() === '' ? null : form.institution.trim()
  }
  if (form.number.trim() !== '') patch.number = form.number.trim()
  if (form.currency !== account.currency) patch.currency = form.currency
  if (openingMinor !== account.openingMinor) patch.openingMinor = openingMinor
  if (form.openingOn !== account.openingOn) patch.openingOn = form.openingOn
  if (form.closedOn !== account.closedOn) patch.closedOn = form.closedOn
  if (form.hidden !== account.hidden) patch.hidden = form.hidden
  if (form.inNetWorth !== account.inNetWorth) patch.inNetWorth = form.inNetWorth
  if (form.notes !== account.notes) patch.notes = form.notes
  if (JSON.stringify(terms) !== JSON.stringify(account.terms)) patch.terms = terms
  if (!sameOwners(form.owners, account.owners)) patch.owners = [...form.owners]
  return patch
}

/** A form over an account that has changed meanwhile: fields that were left as they were follow, what was typed stays. */
export function followed(form: AccountForm, before: AccountForm, now: AccountForm): AccountForm {
  const was: Readonly<Record<string, unknown>> = { ...before }
  const typed = Object.entries(form).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(was[name]))
  return { ...now, ...Object.fromEntries(typed) }
}
