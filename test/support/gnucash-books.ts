import Database from 'better-sqlite3-multiple-ciphers'

/** A small book as GnuCash would write it, in both of its formats. For tests. */
export interface BookSpec {
  readonly commodities?: readonly (readonly [space: string, id: string, name?: string, code?: string])[]
  readonly accounts: readonly AccountSpec[]
  readonly transactions: readonly TransactionSpec[]
  readonly prices?: readonly PriceSpec[]
}

export interface AccountSpec {
  readonly id: string
  readonly name?: string
  readonly type: string
  readonly parent?: string
  /** "CURRENCY EUR" where it is left out. */
  readonly commodity?: string
  readonly isHidden?: boolean
}

export interface TransactionSpec {
  readonly id: string
  readonly on: string
  readonly what?: string
  readonly currency?: string
  readonly number?: string
  readonly notes?: string
  /** "account value [quantity] [memo]", amounts as fractions. */
  readonly splits: readonly string[]
  /** By the index of the split. */
  readonly onlineIds?: readonly string[]
}

export interface PriceSpec {
  readonly commodity: string
  readonly currency: string
  readonly on: string
  readonly value: string
}

interface Split {
  readonly account: string
  readonly value: string
  readonly quantity: string
  readonly memo: string
}

function splitOf(text: string): Split {
  const [account = '', value = '', ...rest] = text.split(' ')
  const hasQuantity = rest[0]?.includes('/') === true
  const quantity = hasQuantity ? (rest[0] ?? value) : value
  return { account, value, quantity, memo: (hasQuantity ? rest.slice(1) : rest).join(' ') }
}

const ROOT_ID = 'root'
const EURO = 'CURRENCY EUR'

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

function commodityXml(tag: string, commodity: string): string {
  const [space = '', id = ''] = commodity.split(' ')
  return `<${tag}><cmdty:space>${space}</cmdty:space><cmdty:id>${id}</cmdty:id></${tag}>`
}

function transactionXml({ id, on, what, currency, number, notes, splits, onlineIds }: TransactionSpec): string {
  const slot = (key: string, value: string): string =>
    `<slot><slot:key>${key}</slot:key><slot:value type="string">${escaped(value)}</slot:value></slot>`
  const lines = splits.map(splitOf).map(({ account, value, quantity, memo }, index) => {
    const online = onlineIds?.[index]
    return `<trn:split><split:id type="guid">${id}-${index}</split:id>
      ${memo === '' ? '' : `<split:memo>${escaped(memo)}</split:memo>`}
      <split:reconciled-state>n</split:reconciled-state>
      <split:value>${value}</split:value><split:quantity>${quantity}</split:quantity>
      <split:account type="guid">${account}</split:account>
      ${online === undefined ? '' : `<split:slots>${slot('online_id', online)}</split:slots>`}</trn:split>`
  })
  return `<gnc:transaction version="2.0.0"><trn:id type="guid">${id}</trn:id>
    ${commodityXml('trn:currency', currency ?? EURO)}
    ${number === undefined ? '' : `<trn:num>${number}</trn:num>`}
    <trn:date-posted><ts:date>${on} 10:59:00 +0000</ts:date></trn:date-posted>
    <trn:date-entered><ts:date>2026-01-01 00:00:00 +0000</ts:date></trn:date-entered>
    <trn:description>${escaped(what ?? '')}</trn:description>
    ${notes === undefined ? '' : `<trn:slots>${slot('notes', notes)}</trn:slots>`}
    <trn:splits>${lines.join('\n')}</trn:splits></gnc:transaction>`
}

/** The book as XML; `extra` is put in before its transactions. */
export function bookXml({ commodities, accounts, transactions, prices }: BookSpec, extra = ''): string {
  const root = `<gnc:account version="2.0.0"><act:name>Root Account</act:name><act:id type="guid">${ROOT_ID}</act:id>
    <act:type>ROOT</act:type></gnc:account>`
  return `<?xml version="1.0" encoding="utf-8" ?>
<gnc-v2 xmlns:gnc="http://www.gnucash.org/XML/gnc" xmlns:act="http://www.gnucash.org/XML/act">
<gnc:count-data cd:type="book">1</gnc:count-data>
<gnc:book version="2.0.0"><book:id type="guid">b</book:id>
${(commodities ?? [])
  .map(
    ([space, id, name = '', code = '']) =>
      `<gnc:commodity version="2.0.0"><cmdty:space>${space}</cmdty:space><cmdty:id>${id}</cmdty:id>` +
      `<cmdty:name>${name}</cmdty:name><cmdty:xcode>${code}</cmdty:xcode></gnc:commodity>`,
  )
  .join('\n')}
<gnc:pricedb version="1">${(prices ?? [])
    .map(
      ({ commodity, currency, on, value }) =>
        `<price>${commodityXml('price:commodity', commodity)}${commodityXml('price:currency', currency)}` +
        `<price:time><ts:date>${on} 10:59:00 +0000</ts:date></price:time><price:value>${value}</price:value></price>`,
    )
    .join('\n')}</gnc:pricedb>
${root}
${accounts
  .map(
    ({ id, name, type, parent, commodity, isHidden }) =>
      `<gnc:account version="2.0.0"><act:name>${escaped(name ?? id)}</act:name><act:id type="guid">${id}</act:id>` +
      `<act:type>${type}</act:type>${commodityXml('act:commodity', commodity ?? EURO)}` +
      (isHidden === true
        ? '<act:slots><slot><slot:key>hidden</slot:key><slot:value type="string">true</slot:value></slot></act:slots>'
        : '') +
      `<act:parent type="guid">${parent ?? ROOT_ID}</act:parent></gnc:account>`,
  )
  .join('\n')}
${extra}
${transactions.map(transactionXml).join('\n')}
</gnc:book></gnc-v2>
`
}

/** The bytes of the book as a SQLite file; `more` are further statements. */
export function bookSqlite(
  { commodities, accounts, transactions, prices }: BookSpec,
  more: readonly string[] = [],
): Buffer {
  const base = new Database(':memory:')
  try {
    base.exec(`
      create table gnclock (hostname text(255), pid int);
      create table books (guid text(32) PRIMARY KEY NOT NULL, root_account_guid text(32) NOT NULL, root_template_guid text(32) NOT NULL);
      create table commodities (guid text(32) PRIMARY KEY NOT NULL, namespace text(2048) NOT NULL, mnemonic text(2048) NOT NULL, fullname text(2048), cusip text(2048), fraction integer NOT NULL, quote_flag integer NOT NULL);
      create table accounts (guid text(32) PRIMARY KEY NOT NULL, name text(2048) NOT NULL, account_type text(2048) NOT NULL, commodity_guid text(32), parent_guid text(32), code text(2048), hidden integer, placeholder integer);
      create table transactions (guid text(32) PRIMARY KEY NOT NULL, currency_guid text(32) NOT NULL, num text(2048) NOT NULL, post_date text(19), enter_date text(19), description text(2048));
      create table splits (guid text(32) PRIMARY KEY NOT NULL, tx_guid text(32) NOT NULL, account_guid text(32) NOT NULL, memo text(2048) NOT NULL, value_num bigint NOT NULL, value_denom bigint NOT NULL, quantity_num bigint NOT NULL, quantity_denom bigint NOT NULL);
      create table prices (guid text(32) PRIMARY KEY NOT NULL, commodity_guid text(32) NOT NULL, currency_guid text(32) NOT NULL, date text(19) NOT NULL, value_num bigint NOT NULL, value_denom bigint NOT NULL);
      create table slots (id integer PRIMARY KEY AUTOINCREMENT NOT NULL, obj_guid text(32) NOT NULL, name text(4096) NOT NULL, slot_type integer NOT NULL, string_val text(4096), guid_val text(32), gdate_val text(8));
      create table schedxactions (guid text(32) PRIMARY KEY NOT NULL, name text(2048));
      insert into books values ('book', '${ROOT_ID}', 'templates');
      insert into accounts values ('${ROOT_ID}', 'Root Account', 'ROOT', null, null, '', 0, 0);
      insert into accounts values ('templates', 'Template Root', 'ROOT', null, null, '', 0, 0);
    `)
    const known = new Map<string, [string, string, string, string]>()
    const used = [
      ...accounts.map(({ commodity }) => commodity ?? EURO),
      ...transactions.map(({ currency }) => currency ?? EURO),
      ...(prices ?? []).flatMap(({ commodity, currency }) => [commodity, currency]),
    ]
    for (const commodity of used) {
      const [space = '', id = ''] = commodity.split(' ')
      known.set(commodity, [space, id, '', ''])
    }
    for (const [space, id, name = '', code = ''] of commodities ?? [])
      known.set(`${space} ${id}`, [space, id, name, code])
    for (const [guid, [space, id, name, code]] of known) {
      base.prepare('insert into commodities values (?, ?, ?, ?, ?, 100, 0)').run(guid, space, id, name, code)
    }
    for (const { id, name, type, parent, commodity, isHidden } of accounts) {
      base
        .prepare('insert into accounts values (?, ?, ?, ?, ?, ?, ?, 0)')
        .run(id, name ?? id, type, commodity ?? EURO, parent ?? ROOT_ID, '', isHidden === true ? 1 : 0)
    }
    const parts = (fraction: string): bigint[] => fraction.split('/').map(BigInt)
    for (const { commodity, currency, on, value } of prices ?? []) {
      base
        .prepare('insert into prices values (?, ?, ?, ?, ?, ?)')
        .run(`${commodity} ${on}`, commodity, currency, `${on} 10:59:00`, ...parts(value))
    }
    for (const { id, on, what, currency, number, notes, splits, onlineIds } of transactions) {
      base
        .prepare('insert into transactions values (?, ?, ?, ?, ?, ?)')
        .run(id, currency ?? EURO, number ?? '', `${on} 10:59:00`, '2026-01-01 00:00:00', what ?? '')
      const slot = base.prepare('insert into slots (obj_guid, name, slot_type, string_val) values (?, ?, 4, ?)')
      if (notes !== undefined) slot.run(id, 'notes', notes)
      for (const [index, split] of splits.map(splitOf).entries()) {
        base
          .prepare('insert into splits values (?, ?, ?, ?, ?, ?, ?, ?)')
          .run(`${id}-${index}`, id, split.account, split.memo, ...parts(split.value), ...parts(split.quantity))
        const online = onlineIds?.[index]
        if (online !== undefined) slot.run(`${id}-${index}`, 'online_id', online)
      }
    }
    for (const statement of more) base.exec(statement)
    return base.serialize()
  } finally {
    base.close()
  }
}

/** A household's book: a bank, a card, a depot in two currencies, wages, a mortgage, prices. */
export const household: BookSpec = {
  commodities: [
    ['CURRENCY', 'EUR', 'Euro'],
    ['CURRENCY', 'USD', 'US Dollar'],
    ['XETRA', 'WLD', 'World fund', 'IE00B4L5Y983'],
  ],
  accounts: [
    { id: 'assets', name: 'Assets', type: 'ASSET' },
    { id: 'bank', name: 'Giro', type: 'BANK', parent: 'assets' },
    { id: 'usd', name: 'Dollars', type: 'BANK', parent: 'assets', commodity: 'CURRENCY USD' },
    { id: 'old', name: 'Old savings', type: 'BANK', parent: 'assets', isHidden: true },
    { id: 'depot', name: 'Depot', type: 'ASSET', parent: 'assets' },
    { id: 'wld', name: 'WLD', type: 'MUTUAL', parent: 'depot', commodity: 'XETRA WLD' },
    { id: 'card', name: 'Visa', type: 'CREDIT' },
    { id: 'mortgage', name: 'Mortgage', type: 'LIABILITY' },
    { id: 'expenses', name: 'Expenses', type: 'EXPENSE' },
    { id: 'food', name: 'Groceries', type: 'EXPENSE', parent: 'expenses' },
    { id: 'boat', name: 'Boat', type: 'EXPENSE', parent: 'expenses' },
    { id: 'berth', name: 'Berth', type: 'EXPENSE', parent: 'boat' },
    { id: 'interest', name: 'Mortgage Interest', type: 'EXPENSE', parent: 'expenses' },
    { id: 'income', name: 'Income', type: 'INCOME' },
    { id: 'wages', name: 'Wages', type: 'INCOME', parent: 'income' },
    { id: 'equity', name: 'Equity', type: 'EQUITY' },
    { id: 'opening', name: 'Opening Balances', type: 'EQUITY', parent: 'equity' },
    { id: 'imbalance', name: 'Imbalance-EUR', type: 'BANK' },
  ],
  prices: [
    { commodity: 'XETRA WLD', currency: 'CURRENCY EUR', on: '2026-02-27', value: '11250/100' },
    { commodity: 'CURRENCY USD', currency: 'CURRENCY EUR', on: '2026-02-27', value: '9/10' },
  ],
  transactions: [
    { id: 't1', on: '2026-01-01', what: 'Opening Balance', splits: ['bank 100000/100', 'opening -100000/100'] },
    { id: 't2', on: '2026-01-01', what: 'Opening Balance', splits: ['old 5000/100', 'opening -5000/100'] },
    { id: 't3', on: '2026-01-02', what: 'Market', splits: ['food 4250/100', 'card -4250/100'] },
    {
      id: 't4',
      on: '2026-01-31',
      what: 'Employer',
      number: '7',
      notes: 'January',
      splits: ['bank 250000/100', 'wages -250000/100'],
    },
    {
      id: 't5',
      on: '2026-02-01',
      what: 'Card paid',
      splits: ['card 4250/100', 'bank -4250/100 by standing order'],
      onlineIds: ['', 'BANKREF-000123'],
    },
    {
      id: 't6',
      on: '2026-02-02',
      what: 'Rate',
      splits: ['bank -80000/100', 'mortgage 60000/100', 'interest 20000/100'],
    },
    { id: 't7', on: '2026-02-03', what: 'Dollars', splits: ['bank -9000/100', 'usd 9000/100 10000/100'] },
    { id: 't8', on: '2026-02-04', what: 'Buy', splits: ['wld 110000/100 100000/10000', 'bank -110000/100'] },
    { id: 't9', on: '2026-02-05', what: 'Harbour', splits: ['berth 3000/100', 'bank -3000/100'] },
    { id: 't10', on: '2026-02-06', what: 'Closing', splits: ['old -5000/100', 'bank 5000/100'] },
    { id: 't11', on: '2026-02-07', what: 'Something', splits: ['bank -1000/100', 'imbalance 1000/100'] },
  ],
}
