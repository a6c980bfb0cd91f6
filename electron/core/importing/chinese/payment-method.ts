import type { ParsedAccount } from '../importer.ts'
import { memoize } from './memoize.ts'
import { institutionIn } from './preamble.ts'
import { rules } from './profile.ts'

/** The means of payment a row names: the account whose money moved, and promotions that paid a part. */
export interface PaymentMethod {
  /** The money's own name, as in the file: "招商银行(1234)", "零钱". '' where the row names none. */
  readonly name: string
  /** Coupons and red packets that paid beside it. */
  readonly promotions: readonly string[]
}

/** Takes "余额宝&红包" apart: the first part that is money, and the promotions. */
export const parseMethod = memoize((text): PaymentMethod => {
  const parts = text
    .split(/[&＆]|(?<=[)）])\s*[,，、;；+]\s*/u)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const isPromotion = (part: string): boolean => rules.methods.promotion.test(part) && !/银行|零钱|余额/u.test(part)
  const money = parts.filter((part) => !isPromotion(part))
  const promotions = parts.filter(isPromotion)
  const [first = '', ...others] = money
  const name = rules.methods.via.exec(first)?.[1]?.trim() ?? first
  return { name, promotions: [...others, ...promotions] }
})

/** Whether the name is that of a bank's account or card. */
export function isBank(name: string): boolean {
  return /银行|信用社|农商|农信|(?:储蓄|借记|信用)卡|bank/iu.test(name)
}

const TAIL = /(?<!\s)\s*[(（]\s{0,9}(?:尾号)?\s{0,9}[*＊x]*(\d{3,6})\s*[)）]\s*$|(?<!\s)\s*尾号\s*(\d{4})/iu
const EMPTY_TAIL = /(?<!\s)\s*[(（]\s*[)）]\s*$/u

/** The wallet a bill is from, and whose it is. */
export interface Platform {
  readonly institution: string | undefined
  /** The platform's name for its customer, so that the wallets of two people stay two. */
  readonly owner: string | undefined
}

const withOwner = (name: string, owner: string | undefined): string =>
  owner === undefined ? name : `${name} (${owner})`

/**
 * The account behind a means of payment. The platform's own wallets are told apart by their owner; bank accounts and
 * cards by the digits they end in, so that the bank's own statements lead to the same account.
 */
export function accountOfMethod(name: string, platform: Platform): ParsedAccount {
  const wallet = rules.methods.accounts.find(({ match }) => match.test(name))
  if (wallet !== undefined) {
    const institution = wallet.institution === '$platform' ? platform.institution : wallet.institution
    const own = wallet.name === '$method' ? name : wallet.name
    return {
      name: withOwner(own, institution === platform.institution ? platform.owner : undefined),
      ...(institution === undefined ? {} : { institution }),
      ...(wallet.kind === undefined ? {} : { kind: wallet.kind }),
    }
  }
  const tail = TAIL.exec(name)
  const number = tail?.[1] ?? tail?.[2]
  const institution = institutionIn(name) ?? /^(\p{Script=Han}{2,8}银行)/u.exec(name)?.[1]
  const kind = /信用卡|贷记卡|credit/iu.test(name)
    ? 'credit-card'
    : /储蓄卡|借记卡|一卡通|debit/iu.test(name)
      ? 'checking'
      : undefined
  return {
    name: name.replace(TAIL, '').replace(EMPTY_TAIL, '') || name,
    ...(number === undefined ? {} : { number }),
    ...(institution === undefined ? {} : { institution }),
    ...(kind === undefined ? {} : { kind }),
  }
}

/** The account meant where a row names no means of payment: the wallet itself. */
export function walletOf(name: string, kind: ParsedAccount['kind'], platform: Platform): ParsedAccount {
  return {
    name: withOwner(name, platform.owner),
    ...(platform.institution === undefined ? {} : { institution: platform.institution }),
    ...(kind === undefined ? {} : { kind }),
  }
}
