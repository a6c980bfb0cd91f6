import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import { money, safeMinor } from '../../../shared/domain/money.ts'
import type { DepositInsurance } from '../../../shared/model/check.ts'
import { institutionKinds } from '../../../shared/model/institution.ts'
import { bankGroups, bankKeys } from '../analysis/account/checks/bank-groups.ts'
import { bankLicences, insurance, limitOn, type Scheme } from '../analysis/account/checks/check-tables.ts'
import { computeDepositCover, type InsuredDeposit } from '../analysis/account/checks/deposit-insurance.ts'
import {
  holdsSecurities,
  type InstitutionFacts,
  insuringScheme,
  isDeposit,
  looksInsured,
  whyNoScheme,
} from '../analysis/account/checks/insuring-scheme.ts'
import { allKnownInstitutions, institutionOfCode, knownInstitution } from '../analysis/account/known-institutions.ts'
import type { Vault } from '../storage/open-vault.ts'
import type { StoredAccount } from '../storage/repositories/account-repository.ts'
import {
  loadCheckSettings,
  loadInstitutions,
  type StoredInstitution,
} from '../storage/repositories/check-repository.ts'
import { loadOwnershipView } from '../storage/repositories/person-repository.ts'
import { type Held, loadHeld, shownHeld } from './held-accounts.ts'

interface Bank extends InstitutionFacts {
  readonly id: number
  readonly name: string
  readonly key: string | null
}

/** What our tables know of an institution, by its key or its name; else what the vault kept of it. */
function bankOf({ id, name, key, country, kind }: StoredInstitution): Bank {
  // statements often name the bank by its code alone
  const known =
    allKnownInstitutions().find((one) => one.key === key) ?? knownInstitution(name) ?? institutionOfCode(name)
  if (known !== null) return { id, name, key: known.key, country: known.country, kind: known.kind }
  return { id, name, key: null, country, kind: institutionKinds.find((one) => one === kind) ?? null }
}

const unknownBank: InstitutionFacts = { country: null, kind: null }

/**
 * What deposit insurers cover, see `check.depositInsurance`. A limit is for each depositor at each bank, so that a person
 * sees the same limits as in the household's view, and of joint deposits their part.
 */
export function loadDepositInsurance(vault: Vault, today: IsoDate, person: number | null = null): DepositInsurance {
  const view = loadOwnershipView(vault, person)
  const { base, converter, tally, held } = loadHeld(vault, today, view, ({ kind }) => {
    // of what holds securities as well only the cash is a deposit
    if (isDeposit(kind)) return kind.valuedBy === 'holdings' ? 'cash' : 'all'
    return holdsSecurities(kind) || looksInsured(kind) ? 'all' : null
  })
  const banks = new Map(loadInstitutions(vault).map((row) => [row.id, bankOf(row)]))
  const groups = bankGroups([...banks.values()], loadCheckSettings(vault).sameBank, bankLicences)
  const keyOf = bankKeys(groups)
  // the country whose money the household counts in
  const home = insurance.schemes.find(({ type, currency }) => type === 'deposits' && currency === base)?.countries[0]
  const bankAt = ({ institution }: StoredAccount): InstitutionFacts =>
    (institution === null ? undefined : banks.get(institution.id)) ?? unknownBank
  const positive = held.filter(({ amount }) => amount.minor > 0)
  const insured: InsuredDeposit[] = []
  const unknown: { entry: Held; why: DepositInsurance['unknown'][number]['why'] }[] = []
  let depositsMinor = 0
  for (const entry of positive.filter(({ account }) => isDeposit(account.kind))) {
    const { account, amount, baseMinor } = entry
    const { institution } = account
    const bank = bankAt(account)
    const scheme = institution === null ? null : insuringScheme(account.kind, bank, home ?? null, 'deposits')
    const minor = scheme === null ? null : converter.convert(amount, scheme.currency, today)
    if (institution === null || scheme === null || minor === null || baseMinor === null) {
      const why = institution === null ? 'no-bank' : scheme === null ? whyNoScheme(bank) : 'no-rate'
      unknown.push({ entry, why })
      continue
    }
    depositsMinor = safeMinor(depositsMinor + view.partOf(account.id, baseMinor))
    insured.push({
      accountId: account.id,
      name: account.name,
      amount,
      minor: minor.value.minor,
      scheme,
      assumed: bank.country === null || bank.kind === null,
      bank: { key: keyOf(institution.id), name: institution.name, institutionId: institution.id },
      owners: view.ownership.weightsOf(account.id),
    })
  }
  const covers = computeDepositCover(insured, today).filter(({ personId }) => person === null || personId === person)
  const uncoveredMinor = Math.min(
    depositsMinor,
    covers.reduce(
      (sum, cover) => safeMinor(sum + (tally.convert(money(cover.uncoveredMinor, cover.currency))?.value.minor ?? 0)),
      0,
    ),
  )
  const brokers = positive.filter(({ account }) => holdsSecurities(account.kind))
  const brokerScheme = (account: StoredAccount): Scheme | null =>
    account.institution === null ? null : insuringScheme(account.kind, bankAt(account), home ?? null, 'securities')
  const used = new Set([
    ...covers.map(({ scheme }) => scheme),
    ...brokers.map(({ account }) => brokerScheme(account)?.key),
  ])
  const inUse = new Set(
    positive.filter(({ account }) => isDeposit(account.kind)).map(({ account }) => account.institution?.id ?? null),
  )
  return {
    asOf: insurance.asOf,
    covers,
    currency: base,
    depositsMinor,
    coveredMinor: safeMinor(depositsMinor - uncoveredMinor),
    uncoveredMinor,
    unknown: unknown.map(({ entry, why }) => shownHeld(entry, view, { why })),
    notInsured: positive
      .filter(({ account }) => looksInsured(account.kind))
      .map((entry) => shownHeld(entry, view, { kind: entry.account.kind.key })),
    securities: brokers.map((entry) => shownHeld(entry, view, { scheme: brokerScheme(entry.account)?.key ?? null })),
    schemes: insurance.schemes
      .filter(({ key }) => used.has(key))
      .map((scheme) => {
        const { key, type, nameZh, nameEn, currency, source, confirmed } = scheme
        const { limitMinor, validFrom } = limitOn(scheme, today)
        return { key, type, nameZh, nameEn, currency, limitMinor, validFrom, source, confirmed }
      }),
    institutions: [...banks.values()].filter(({ id }) => inUse.has(id)).map(({ id, name }) => ({ id, name })),
    licences: groups.map(({ ids, licence }) => ({
      institutionIds: [...ids],
      known: licence === null ? null : { holder: licence.holder, source: licence.source, confirmed: licence.confirmed },
    })),
    notes: tally.notes(),
  }
}
