import { type FlexDates, FlexDateOrder } from './flex-date.ts'
import { FlexElement } from './flex-element.ts'
import { FlexSecurities } from './flex-security.ts'
import { attributesOf, type XmlFile } from '../text/xml-file.ts'

/** Elements that tell the same trades, each at its level of detail, finest first; a closed lot is no trade of its own. */
const TRADE_LEVELS: readonly string[] = ['EXECUTION', 'ORDER', 'SYMBOL_SUMMARY', 'ASSET_SUMMARY']
const OTHER_LEVELS: readonly string[] = ['DETAIL', 'TRANSFER', 'SUMMARY', 'LOT']
/** A holding is told once, by its sum. */
const POSITION_LEVELS: readonly string[] = ['SUMMARY', 'LOT']

const LEVEL_OF_NAME: ReadonlyMap<string, string> = new Map([
  ['Trade', 'EXECUTION'],
  ['TradeConfirm', 'EXECUTION'],
  ['Order', 'ORDER'],
  ['SymbolSummary', 'SYMBOL_SUMMARY'],
  ['AssetSummary', 'ASSET_SUMMARY'],
  ['Lot', 'CLOSED_LOT'],
  ['WashSale', 'WASH_SALE'],
  ['CashTransaction', 'DETAIL'],
  ['CorporateAction', 'DETAIL'],
  ['Transfer', 'TRANSFER'],
  ['TransferLot', 'TRANSFER_LOT'],
  ['OpenPosition', 'SUMMARY'],
])

export type FlexSection = 'trades' | 'cash' | 'corporate-actions' | 'transfers' | 'positions'

const SECTION_OF_NAME: ReadonlyMap<string, FlexSection> = new Map<string, FlexSection>([
  ['Trade', 'trades'],
  ['TradeConfirm', 'trades'],
  ['Order', 'trades'],
  ['SymbolSummary', 'trades'],
  ['AssetSummary', 'trades'],
  ['Lot', 'trades'],
  ['WashSale', 'trades'],
  ['CashTransaction', 'cash'],
  ['CorporateAction', 'corporate-actions'],
  ['Transfer', 'transfers'],
  ['TransferLot', 'transfers'],
  ['OpenPosition', 'positions'],
])

/** What kind of record an element is; undefined for everything that only informs. */
export const sectionOf = (name: string): FlexSection | undefined => SECTION_OF_NAME.get(name)

/** The level of detail of a record: what it says, else what its name means. */
export function levelOf(element: FlexElement): string {
  const named = LEVEL_OF_NAME.get(element.name) ?? 'DETAIL'
  const stated = element.text('levelOfDetail')?.toUpperCase()
  if (stated === undefined) return named
  // an execution's confirmation and a summary over accounts are worded in several ways
  const known = [...TRADE_LEVELS, ...OTHER_LEVELS, 'CLOSED_LOT', 'WASH_SALE', 'TRANSFER_LOT']
  return known.find((level) => level === stated) ?? known.find((level) => stated.includes(level)) ?? named
}

/** Rows that a consolidated report adds up over accounts have "-" for the account. */
export const isOverAccounts = (attributes: ReadonlyMap<string, string>): boolean => attributes.get('accountId') === '-'

/** The finest level of each section of one `FlexStatement`: each movement is taken from there, once. */
export class FlexLevels {
  readonly #found = new Map<FlexSection, Set<string>>()
  readonly #single = new Set<FlexSection>()

  add(section: FlexSection, level: string, overAccounts: boolean): void {
    if (!overAccounts) this.#single.add(section)
    const levels = this.#found.get(section) ?? new Set()
    levels.add(level)
    this.#found.set(section, levels)
  }

  /** Whether a record tells what no finer record of its section tells. */
  isFinest(section: FlexSection, level: string, overAccounts: boolean): boolean {
    if (overAccounts && this.#single.has(section)) return false
    const order = section === 'trades' ? TRADE_LEVELS : section === 'positions' ? POSITION_LEVELS : OTHER_LEVELS
    const found = this.#found.get(section)
    return level === order.find((each) => found?.has(each) === true)
  }
}

export interface FlexSurvey {
  readonly dates: FlexDates
  readonly isDateOrderDoubtful: boolean
  readonly securities: FlexSecurities
  /** In the order of the file's `FlexStatement`s. */
  readonly levels: readonly FlexLevels[]
  readonly isWhole: boolean
  /** Conversions of currency that the file itself takes back: neither they nor what takes them back need be booked. */
  readonly undone: ReadonlySet<string>
}

const DATE_ATTRIBUTES = ['reportDate', 'tradeDate', 'dateTime', 'date', 'settleDate', 'fromDate', 'toDate']

/** Whether a trade takes back the one that it names. */
export const isCancellation = (element: FlexElement): boolean =>
  element.text('transactionType') === 'TradeCancel' || (element.text('buySell') ?? '').includes('(Ca.)')

/** Walks the whole file once for what single records cannot say: levels of detail, securities, the order of dates. */
export function surveyFlex(file: XmlFile, thisYear: number): FlexSurvey {
  const order = new FlexDateOrder(thisYear)
  const securities = new FlexSecurities()
  const levels: FlexLevels[] = []
  const conversions = new Set<string>()
  const cancelled = new Set<string>()
  let isWhole = false
  for (const { kind, name, attributes: written } of file.events()) {
    if (kind === 'close' && name === 'FlexQueryResponse') isWhole = true
    if (kind !== 'open') continue
    if (name === 'FlexStatement') levels.push(new FlexLevels())
    if (written === '' || name === 'ConversionRate') continue
    const attributes = attributesOf(written)
    for (const attribute of DATE_ATTRIBUTES) order.add(attributes.get(attribute))
    const section = sectionOf(name)
    if (section === undefined && name !== 'SecurityInfo') continue
    const element = new FlexElement(name, attributes)
    securities.learn(element)
    if (section === 'trades' && element.text('assetCategory') === 'CASH') {
      const original = element.text('origTransactionID')
      const own = element.text('transactionID')
      if (isCancellation(element)) cancelled.add(original ?? '')
      else if (own !== undefined) conversions.add(own)
    }
    if (section !== undefined) levels.at(-1)?.add(section, levelOf(element), isOverAccounts(attributes))
  }
  const undone = new Set([...cancelled].filter((id) => conversions.has(id)))
  return { dates: order.dates, isDateOrderDoubtful: order.isDoubtful, securities, levels, isWhole, undone }
}
