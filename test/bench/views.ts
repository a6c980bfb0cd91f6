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

const year = { from: '2025-01-01', to: '2025-12-31' } as const

/** A page adds what it asks for here. */
export const views: readonly View[] = [
  view('home: net worth over a year', 'overview.get', { range: '1y' }, 100),
  view('home: net worth of all years', 'overview.get', { range: 'all' }, 100),
  view('home: what is next', 'reminder.next', {}, 50),
  view('account panel: all accounts', 'account.list', {}, 50),
  view('one account: its history of all years', 'account.history', { id: 1, range: 'all' }, 50),
  view('one account: its newest lines', 'transaction.list', { filter: { accountIds: [1] } }, 50),
  view('all transactions: the newest', 'transaction.list', { filter: {} }, 50),
  view('one account against its statements', 'reconcile.account', { accountId: 1 }, 50),
  view('holdings and allocation', 'wealth.get', {}, 100),
  view('cards and loans', 'credit.get', {}, 100),
  view('home, car and papers', 'life.get', {}, 100),
  view('cash flow: a year by months', 'flow.report', { ...year, group: 'month' }, 100),
  view('monthly report', 'report.month', { month: '2025-11' }, 100),
  view('bills and subscriptions', 'recurring.list', {}, 50),
  view('forecast: a year ahead', 'forecast.get', {}, 200),
  view('reminders: the year ahead', 'reminder.list', {}, 50),
  view('budgets: a month, begun 3 years ago', 'budget.get', {}, 100),
  view('checks: emergency fund', 'check.emergencyFund', {}, 100),
  view('checks: unusual spending', 'check.anomalies', {}, 100),
  view('checks: deposit insurance', 'check.depositInsurance', {}, 100),
  view('checks: idle cash', 'check.idleCash', {}, 100),
  view('search: a word', 'search.query', { text: 'market' }, 30),
  view('home of one person: their part over a year', 'overview.get', { range: '1y', person: 1 }, 100),
  view('account panel of one person', 'account.list', { person: 1 }, 50),
  view('holdings of one person', 'wealth.get', { person: 1 }, 100),
  view('transactions of one person: the newest', 'transaction.list', { filter: { person: 1 } }, 50),
]
