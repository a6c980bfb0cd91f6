import { reminderKindNames } from '../../shared/model/reminder-words.ts'
import accountEn from './en/account.json' with { type: 'json' }
import budgetEn from './en/budget.json' with { type: 'json' }
import checkEn from './en/check.json' with { type: 'json' }
import commonEn from './en/common.json' with { type: 'json' }
import creditEn from './en/credit.json' with { type: 'json' }
import definitionEn from './en/definition.json' with { type: 'json' }
import errorEn from './en/error.json' with { type: 'json' }
import flowEn from './en/flow.json' with { type: 'json' }
import homeEn from './en/home.json' with { type: 'json' }
import importEn from './en/import.json' with { type: 'json' }
import kindEn from './en/kind.json' with { type: 'json' }
import lifeEn from './en/life.json' with { type: 'json' }
import personEn from './en/person.json' with { type: 'json' }
import recurringEn from './en/recurring.json' with { type: 'json' }
import reconcileEn from './en/reconcile.json' with { type: 'json' }
import matchEn from './en/match.json' with { type: 'json' }
import reminderEn from './en/reminder.json' with { type: 'json' }
import ruleEn from './en/rule.json' with { type: 'json' }
import reportEn from './en/report.json' with { type: 'json' }
import remindersEn from './en/reminders.json' with { type: 'json' }
import searchEn from './en/search.json' with { type: 'json' }
import settingsEn from './en/settings.json' with { type: 'json' }
import vaultEn from './en/vault.json' with { type: 'json' }
import wealthEn from './en/wealth.json' with { type: 'json' }
import accountZh from './zh-CN/account.json' with { type: 'json' }
import budgetZh from './zh-CN/budget.json' with { type: 'json' }
import checkZh from './zh-CN/check.json' with { type: 'json' }
import commonZh from './zh-CN/common.json' with { type: 'json' }
import creditZh from './zh-CN/credit.json' with { type: 'json' }
import definitionZh from './zh-CN/definition.json' with { type: 'json' }
import errorZh from './zh-CN/error.json' with { type: 'json' }
import flowZh from './zh-CN/flow.json' with { type: 'json' }
import homeZh from './zh-CN/home.json' with { type: 'json' }
import importZh from './zh-CN/import.json' with { type: 'json' }
import kindZh from './zh-CN/kind.json' with { type: 'json' }
import lifeZh from './zh-CN/life.json' with { type: 'json' }
import personZh from './zh-CN/person.json' with { type: 'json' }
import recurringZh from './zh-CN/recurring.json' with { type: 'json' }
import reconcileZh from './zh-CN/reconcile.json' with { type: 'json' }
import matchZh from './zh-CN/match.json' with { type: 'json' }
import reminderZh from './zh-CN/reminder.json' with { type: 'json' }
import ruleZh from './zh-CN/rule.json' with { type: 'json' }
import reportZh from './zh-CN/report.json' with { type: 'json' }
import remindersZh from './zh-CN/reminders.json' with { type: 'json' }
import searchZh from './zh-CN/search.json' with { type: 'json' }
import settingsZh from './zh-CN/settings.json' with { type: 'json' }
import vaultZh from './zh-CN/vault.json' with { type: 'json' }
import wealthZh from './zh-CN/wealth.json' with { type: 'json' }

/** Every text of the window by `file.key`. English has `_one` and `_other`, Chinese only `_other`. */
export const english = {
  account: accountEn,
  budget: budgetEn,
  check: checkEn,
  common: commonEn,
  credit: creditEn,
  definition: definitionEn,
  error: errorEn,
  flow: flowEn,
  home: homeEn,
  import: importEn,
  kind: kindEn,
  life: lifeEn,
  person: personEn,
  reconcile: reconcileEn,
  recurring: recurringEn,
  match: matchEn,
  // one table of names for the window and what is outside it
  reminder: { ...reminderEn, kind: reminderKindNames('en') },
  rule: ruleEn,
  report: reportEn,
  reminders: remindersEn,
  search: searchEn,
  settings: settingsEn,
  vault: vaultEn,
  wealth: wealthEn,
}

export const chinese = {
  account: accountZh,
  budget: budgetZh,
  check: checkZh,
  common: commonZh,
  credit: creditZh,
  definition: definitionZh,
  error: errorZh,
  flow: flowZh,
  home: homeZh,
  import: importZh,
  kind: kindZh,
  life: lifeZh,
  person: personZh,
  reconcile: reconcileZh,
  recurring: recurringZh,
  match: matchZh,
  reminder: { ...reminderZh, kind: reminderKindNames('zh-CN') },
  rule: ruleZh,
  report: reportZh,
  reminders: remindersZh,
  search: searchZh,
  settings: settingsZh,
  vault: vaultZh,
  wealth: wealthZh,
}
