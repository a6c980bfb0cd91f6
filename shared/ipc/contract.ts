import type { z } from 'zod'
import { accountChannels } from './channels/account-channels.ts'
import { budgetChannels } from './channels/budget-channels.ts'
import { checkChannels } from './channels/check-channels.ts'
import { calendarChannels } from './channels/calendar-channels.ts'
import { exportChannels } from './channels/export-channels.ts'
import { flowChannels } from './channels/flow-channels.ts'
import { hostChannels } from './channels/host-channels.ts'
import { importChannels } from './channels/import-channels.ts'
import { matchChannels } from './channels/match-channels.ts'
import { personChannels } from './channels/person-channels.ts'
import { reconcileChannels } from './channels/reconcile-channels.ts'
import { forecastChannels } from './channels/forecast-channels.ts'
import { recurringChannels } from './channels/recurring-channels.ts'
import { reportChannels } from './channels/report-channels.ts'
import { reminderChannels } from './channels/reminder-channels.ts'
import { ruleChannels } from './channels/rule-channels.ts'
import { searchChannels } from './channels/search-channels.ts'
import { serviceChannels } from './channels/service-channels.ts'
import { transactionChannels } from './channels/transaction-channels.ts'
import { vaultChannels } from './channels/vault-channels.ts'
import type { CallError } from './errors.ts'

/** The only door between a window, a script or a test and the core. */
export const contract = {
  ...hostChannels,
  ...calendarChannels,
  ...vaultChannels,
  ...accountChannels,
  ...budgetChannels,
  ...checkChannels,
  ...transactionChannels,
  ...importChannels,
  ...exportChannels,
  ...reminderChannels,
  ...matchChannels,
  ...reconcileChannels,
  ...serviceChannels,
  ...ruleChannels,
  ...personChannels,
  ...flowChannels,
  ...searchChannels,
  ...forecastChannels,
  ...recurringChannels,
  ...reportChannels,
} as const

export type Contract = typeof contract
export type ChannelName = keyof Contract
/** What a caller may send: defaults may be left out. */
export type CallOf<N extends ChannelName> = z.input<Contract[N]['input']>
/** What a handler gets: parsed, defaults filled in. */
export type InputOf<N extends ChannelName> = z.output<Contract[N]['input']>
export type OutputOf<N extends ChannelName> = z.output<Contract[N]['output']>

export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: CallError }

/** Whether the text names a channel; safe against names of `Object.prototype`. */
export function isChannelName(name: string): name is ChannelName {
  return Object.hasOwn(contract, name)
}
