import type { CallOf, ChannelName } from '../../shared/ipc/contract.ts'

/** What a screen asks of the core when it opens, on the household of `million.ts`. */
export interface View {
  readonly what: string
  readonly channel: ChannelName
  readonly input: unknown
  /** Milliseconds that it may take at 1,000,000 transactions. */
  readonly limit: number
}

function view<N extends ChannelName>(what: string, channel: N, input: CallOf<N>, limit: number): View {
  return { what, channel, input, limit }
}

/** A page adds what it asks for here. */
export const views: readonly View[] = [
  view('home: net worth over a year', 'overview.get', { range: '1y' }, 100),
  view('home: net worth of all years', 'overview.get', { range: 'all' }, 100),
  view('account panel: all accounts', 'account.list', {}, 50),
  view('one account: its history of all years', 'account.history', { id: 1, range: 'all' }, 50),
  view('one account: its newest lines', 'transaction.list', { filter: { accountIds: [1] } }, 50),
  view('all transactions: the newest', 'transaction.list', { filter: {} }, 50),
  view('one account against its statements', 'reconcile.account', { accountId: 1 }, 50),
  view('holdings and allocation', 'wealth.get', {}, 100),
  view('cards and loans', 'credit.get', {}, 100),
  view('home, car and papers', 'life.get', {}, 100),
  view('home of one person: their part over a year', 'overview.get', { range: '1y', person: 1 }, 100),
  view('account panel of one person', 'account.list', { person: 1 }, 50),
  view('holdings of one person', 'wealth.get', { person: 1 }, 100),
  view('transactions of one person: the newest', 'transaction.list', { filter: { person: 1 } }, 50),
]
