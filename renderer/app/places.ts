/**
 * Where in the window one can go without naming a thing. The rail, the row of account pages and the settings show these
 * lists, and the search finds them all. `reading`: the syllables of the Chinese name, for what is typed by them or by
 * their first letters.
 */

export const railPlaces = [
  { key: 'home', to: '/', service: undefined, reading: 'shou ye' },
  { key: 'account', to: '/account', service: 'account', reading: 'zhang hu' },
  { key: 'wealth', to: '/wealth', service: 'wealth', reading: 'cai fu' },
  { key: 'credit', to: '/credit', service: 'credit', reading: 'xin yong' },
  { key: 'life', to: '/life', service: 'life', reading: 'sheng huo' },
  { key: 'reminders', to: '/reminders', service: undefined, reading: 'ti xing' },
  { key: 'import', to: '/import', service: undefined, reading: 'dao ru' },
  { key: 'search', to: '/search', service: undefined, reading: 'sou suo' },
  { key: 'settings', to: '/settings', service: undefined, reading: 'she zhi' },
] as const

/** The pages of the account service, in the order of their row. A page stands here once it works. */
export const accountPages = [
  { key: 'accounts', to: '/account', reading: 'zhang hu' },
  { key: 'transactions', to: '/account/all', reading: 'jiao yi' },
  { key: 'flow', to: '/account/flow', reading: 'shou zhi' },
  { key: 'bills', to: '/account/bills', reading: 'zhang dan' },
  { key: 'forecast', to: '/account/forecast', reading: 'yu ce' },
  { key: 'budgets', to: '/account/budgets', reading: 'yu suan' },
  { key: 'checks', to: '/account/checks', reading: 'ti jian' },
  { key: 'report', to: '/account/report', reading: 'yue bao' },
] as const

/** The parts of the settings in their order; a key is also the last part of its address. */
export const settingsPages = [
  { key: 'general', reading: 'tong yong' },
  { key: 'people', reading: 'jia ting cheng yuan' },
  { key: 'privacy', reading: 'yin si yu suo ding' },
  { key: 'backups', reading: 'bei fen' },
  { key: 'export', reading: 'dao chu' },
  { key: 'check', reading: 'jian cha zhang ben' },
  { key: 'categories', reading: 'fen lei' },
  { key: 'rules', reading: 'gui ze' },
  { key: 'tags', reading: 'biao qian' },
  { key: 'reminders', reading: 'ti xing' },
  { key: 'rates', reading: 'hui lv' },
  { key: 'about', reading: 'guan yu' },
] as const

/** Pages that another page leads to, and one that is called otherwise where it stands alone. */
const otherPages = [
  { to: '/account/all', text: 'account.all', within: 'common.account', reading: 'quan bu jiao yi' },
  { to: '/reminders/calendar', text: 'reminders.calendar', within: 'common.reminders', reading: 'yue li' },
  { to: '/import/review', text: 'match.title', within: 'common.import', reading: 'dai he dui de guan lian' },
] as const

/** A place in words: its name and, for a page within another, that one's. */
export const allPlaces = [
  ...railPlaces.map(({ key, to, reading }) => ({ to, text: `common.${key}`, within: null, reading }) as const),
  ...accountPages
    .filter(({ key }) => key !== 'accounts' && key !== 'transactions')
    .map(({ key, to, reading }) => ({ to, text: `account.tabs.${key}`, within: 'common.account', reading }) as const),
  ...otherPages,
  ...settingsPages.map(
    ({ key, reading }) =>
      ({ to: `/settings/${key}`, text: `settings.section.${key}`, within: 'common.settings', reading }) as const,
  ),
] as const
