import type { ParsedSecurity } from '../importer.ts'
import { isIsin } from '../ofx/ofx-securities.ts'
import type { FlexElement } from './flex-element.ts'

const MOST = 200_000

/** The broker's asset categories, https://www.ibkrguides.com/reportingreference/reportguide/tradesfq.htm. */
const CLASSES: ReadonlyMap<string, NonNullable<ParsedSecurity['class']>> = new Map<
  string,
  NonNullable<ParsedSecurity['class']>
>([
  ['STK', 'equity'],
  ['FUND', 'fund'],
  ['BOND', 'bond'],
  ['BILL', 'bond'],
  ['OPT', 'option'],
  ['FOP', 'option'],
  ['FSFOP', 'option'],
  ['WAR', 'option'],
  ['CRYPTO', 'crypto'],
  ['CMDTY', 'metal'],
])

/** Where `description` is the security's name; elsewhere it tells what happened. */
const NAMING: ReadonlySet<string> = new Set([
  'Trade',
  'TradeConfirm',
  'Order',
  'SymbolSummary',
  'OpenPosition',
  'SecurityInfo',
])

function classOf(element: FlexElement): ParsedSecurity['class'] {
  const category = element.text('assetCategory') ?? ''
  if (category === 'STK' && element.text('subCategory')?.toUpperCase() === 'ETF') return 'etf'
  return CLASSES.get(category) ?? (category === '' ? undefined : 'other')
}

function describe(element: FlexElement): ParsedSecurity | null {
  const conid = element.text('conid')
  const symbol = element.text('symbol')
  const code = element.text('isin', 'securityID')?.toUpperCase()
  const isin = code !== undefined && isIsin(code) ? code : undefined
  const name = NAMING.has(element.name) ? element.text('description') : undefined
  const cusip = element.text('cusip')
  if (conid === undefined && symbol === undefined && isin === undefined && name === undefined) return null
  const kind = classOf(element)
  const otherId =
    conid !== undefined && conid !== '0'
      ? { scheme: 'IBKR', value: conid }
      : cusip === undefined
        ? undefined
        : { scheme: 'CUSIP', value: cusip }
  return {
    ...(isin === undefined ? {} : { isin }),
    ...(symbol === undefined ? {} : { symbol }),
    ...(name === undefined ? {} : { name }),
    ...(otherId === undefined ? {} : { otherId }),
    ...(kind === undefined ? {} : { class: kind }),
  }
}

/**
 * What a file says of its securities, by the broker's contract number: a dividend often has the number alone, and only
 * a trade or a position says the ISIN, the symbol and the name.
 */
export class FlexSecurities {
  readonly #byContract = new Map<string, ParsedSecurity>()

  /** Takes what an element says, for those that say less. */
  learn(element: FlexElement): void {
    const conid = element.text('conid')
    if (conid === undefined || element.text('assetCategory') === 'CASH') return
    const told = describe(element)
    if (told === null) return
    const known = this.#byContract.get(conid)
    if (known === undefined && this.#byContract.size >= MOST) return
    // an option's name and symbol never become those of what it is written on: each contract has its own number
    this.#byContract.set(conid, { ...told, ...known })
  }

  /** The security that an element is about; null where it names none. */
  of(element: FlexElement): ParsedSecurity | null {
    const told = describe(element)
    const conid = element.text('conid')
    const known = conid === undefined ? undefined : this.#byContract.get(conid)
    return told === null ? (known ?? null) : { ...known, ...told }
  }
}
