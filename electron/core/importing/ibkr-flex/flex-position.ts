import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import {
  absoluteDecimal,
  addDecimal,
  type Decimal,
  multiplyDecimal,
  negateDecimal,
  ONE,
  parseDecimal,
  ZERO,
} from '../../../../shared/domain/decimal.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { ParsedPosition } from '../importer.ts'
import { inMajorUnits } from '../text/quoted-currency.ts'
import type { FlexContext } from './flex-context.ts'
import { momentOf, parseFlexMoment } from './flex-date.ts'
import { type FlexElement, FlexFault } from './flex-element.ts'

const HUNDREDTH = parseDecimal('0.01')

interface Held {
  readonly currency: CurrencyCode
  readonly position: ParsedPosition
}

function sum(left: Decimal | undefined, right: Decimal | undefined): Decimal | undefined {
  return left === undefined || right === undefined ? undefined : addDecimal(left, right)
}

/** The positions of one statement; lots of one holding are added up where the query lists only lots. */
export class FlexPositions {
  readonly #held = new Map<string, Held>()

  /** Takes one open position or lot. Throws `FlexFault` where it cannot be read. */
  add(element: FlexElement, context: FlexContext, statementDay: IsoDate | null): void {
    const held = readPosition(element, context, statementDay)
    const { currency, position } = held
    const { security, on } = position
    const key = JSON.stringify([currency, on, security.otherId?.value ?? security.isin ?? security.symbol ?? ''])
    const known = this.#held.get(key)?.position
    if (known === undefined) {
      this.#held.set(key, held)
      return
    }
    const value = sum(known.value, position.value)
    const cost = sum(known.cost, position.cost)
    const merged: ParsedPosition = {
      security,
      on,
      quantity: addDecimal(known.quantity, position.quantity),
      ...(position.price === undefined ? {} : { price: position.price }),
      ...(value === undefined ? {} : { value }),
      ...(cost === undefined ? {} : { cost }),
    }
    this.#held.set(key, { currency, position: merged })
  }

  *[Symbol.iterator](): Generator<Held, void, void> {
    yield* this.#held.values()
  }
}

function readPosition(element: FlexElement, context: FlexContext, statementDay: IsoDate | null): Held {
  const currency = element.currency('currency')
  const security = context.securities.of(element)
  const size = element.number('position')
  if (security === null || size === undefined) {
    throw new FlexFault('bad-record', `A position (${element.label()}) names no security or no quantity.`)
  }
  const dated = parseFlexMoment(element.text('reportDate') ?? '', context.dates)?.date ?? statementDay
  const on = dated ?? momentOf(element, context.dates, ['reportDate']).date
  const isShort = element.text('side')?.toLowerCase() === 'short'
  const quantity = isShort ? negateDecimal(absoluteDecimal(size)) : size
  const perUnit = security.class === 'bond' ? HUNDREDTH : (element.number('multiplier') ?? ONE)
  const worth = (price: Decimal | undefined): Decimal | undefined =>
    price === undefined ? undefined : multiplyDecimal(multiplyDecimal(quantity, price), perUnit)
  const price = element.number('markPrice')
  const value = element.number('positionValue') ?? worth(price)
  const cost = element.number('costBasisMoney') ?? worth(element.number('costBasisPrice'))
  const money = (amount: Decimal): Decimal => inMajorUnits(amount, currency)
  return {
    currency: currency.currency,
    position: {
      security,
      quantity,
      on,
      ...(price === undefined ? {} : { price: money(price) }),
      ...(value === undefined ? {} : { value: money(value) }),
      ...(cost === undefined || cost === ZERO ? {} : { cost: absoluteDecimal(money(cost)) }),
    },
  }
}
