import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import {
  absoluteDecimal,
  addDecimal,
  type Decimal,
  negateDecimal,
  signOfDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { ParsedSplit, ParsedTransaction } from '../importer.ts'
import { parseNumberText } from '../text/number-text.ts'
import { accountOfMethod, type Platform } from './payment-method.ts'
import { currencyOf } from './preamble.ts'
import { directionOf, parseAmountCell, type RowMoments, type RowView } from './row-view.ts'
import type { Settlement } from './settle-row.ts'

export type Moved = Extract<Settlement, { type: 'moved' }>

const SERVICE_FEE = /服务费\s*[¥￥]?\s*([\d.,]+)/u

function originalOf(row: RowView, amount: Decimal, currency: CurrencyCode): ParsedTransaction['original'] {
  const other = currencyOf(row.get('original-currency'))
  const size = parseAmountCell(row.get('original-amount'))?.value
  if (other === null || other === currency || size === undefined) return undefined
  const magnitude = absoluteDecimal(size)
  return { amount: signOfDecimal(amount) < 0 ? negateDecimal(magnitude) : magnitude, currency: other }
}

/** Bills without categories whose types ("微信红包", "信用卡还款") say what the money was for. */
const TYPES_ARE_CATEGORIES: ReadonlySet<string> = new Set(['csv:wechat'])

/** What bookkeeping programs write where a row has no member or project. */
const NO_TAG = /^(?:无成员|无项目|无标签|本人|自己)$/u

function tagsOf(row: RowView): readonly string[] {
  if (row.layout.profile.program !== true) return []
  const tags = row.all('tag').flatMap((text) => text.split(/[,，;；、|]/u).map((tag) => tag.trim()))
  return [...new Set(tags)].filter((tag) => tag !== '' && !NO_TAG.test(tag))
}

/** The transaction of a row whose money is settled. */
export function transactionOf(
  row: RowView,
  settlement: Moved,
  moments: RowMoments,
  currency: CurrencyCode,
  platform: Platform,
): ParsedTransaction {
  const { booked, trade } = moments
  const isWallet = row.layout.profile.amount === 'magnitude'
  const notes = row.all('note')
  const items = row.all('item')
  const type = row.get('type')
  const lines = [...items, ...notes, settlement.remark, ...settlement.promotions]
  // A wallet's type ("扫二维码付款") says little beside the goods; a bank's ("网上快捷支付") is what the line is about.
  if (type !== '' && (!isWallet || items.length === 0) && directionOf(type) === null) lines.unshift(type)
  const charge = isWallet ? parseNumberText(row.get('fee'), '.') : null
  if (charge !== null && charge !== ZERO) lines.push(`服务费 ${charge}`)
  const memo = [...new Set(lines.filter((line) => line !== ''))].join(' · ')
  const filed = [row.get('category'), row.get('subcategory')].filter((part) => part !== '').join(':')
  const category = filed === '' && TYPES_ARE_CATEGORIES.has(row.layout.profile.id) ? type : filed
  const reference = row.get('reference')
  const payee = row.get('payee')
  const counterparty = row.get('counterparty')
  const balance = row.has('balance') ? parseNumberText(row.get('balance'), '.') : null
  const fee = isWallet ? parseNumberText(SERVICE_FEE.exec(notes.join(' '))?.[1] ?? '', '.') : null
  const original = originalOf(row, settlement.amount, currency)
  const other = settlement.transferAccount
  const lost = fee === null || settlement.kind !== 'transfer' ? null : partsWithFee(settlement.amount, fee)
  const tags = tagsOf(row)
  const transferAccount = other === undefined || !isWallet ? other : accountOfMethod(other, platform).name
  return {
    date: booked.date,
    ...(booked.time === undefined ? {} : { time: booked.time }),
    ...(trade === null ? {} : { valueDate: trade.date }),
    amount: settlement.amount,
    kind: settlement.kind,
    ...(settlement.isPending ? { status: 'pending' as const } : {}),
    ...(payee === '' ? {} : { payee }),
    ...(memo === '' ? {} : { memo }),
    ...(reference === '' || /^0+$/.test(reference) ? {} : { reference }),
    ...(counterparty === '' ? {} : { counterparty }),
    ...(category === '' ? {} : { category }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(transferAccount === undefined ? {} : { transferAccount }),
    ...(balance === null ? {} : { balance }),
    ...(fee === null || fee === ZERO ? {} : { fee: absoluteDecimal(fee) }),
    ...(original === undefined ? {} : { original }),
    ...(lost === null ? {} : { splits: lost }),
  }
}

/** Money taken out of a wallet: what arrives, and the fee within, which is spent; null where the two do not fit. */
function partsWithFee(amount: Decimal, fee: Decimal): readonly ParsedSplit[] | null {
  const cost = absoluteDecimal(fee)
  const arrives = addDecimal(amount, cost)
  if (signOfDecimal(cost) === 0 || signOfDecimal(arrives) >= 0) return null
  return [
    { amount: arrives, category: '自己账户间' },
    { amount: negateDecimal(cost), category: '手续费', memo: '服务费' },
  ]
}
