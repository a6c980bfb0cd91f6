import { memoize } from './memoize.ts'
import { rules } from './profile.ts'

/** What a row's state means. */
export interface OrderStatus {
  readonly isClosed: boolean
  readonly isUnsettled: boolean
  /** The row is a refund itself; an order that was refunded later says so in other words. */
  readonly isRefund: boolean
  /** Nothing was paid: a deposit waived, money frozen. */
  readonly isInformation: boolean
}

/** Reads the words of a status column. */
export const statusOf = memoize((text): OrderStatus => ({
  isClosed: rules.statuses.closed.test(text),
  isUnsettled: rules.statuses.unsettled.test(text),
  isRefund: rules.statuses.refund.test(text),
  isInformation: rules.statuses.information.test(text),
}))

/** Reads the words of Alipay's 资金状态 column. */
export const fundsOf = memoize(
  (text): { readonly hasComeIn: boolean; readonly hasGoneOut: boolean; readonly isAside: boolean } => ({
    hasComeIn: rules.fundStatuses.in.test(text),
    hasGoneOut: rules.fundStatuses.out.test(text),
    isAside: rules.fundStatuses.information.test(text),
  }),
)
