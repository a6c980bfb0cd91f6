import type { Generated } from 'kysely'
import type { BudgetPeriod, Rollover } from '../../../shared/model/budget.ts'
import type { Flow } from '../../../shared/model/flow.ts'
import type { PersonRole } from '../../../shared/model/person.ts'

/** The vault's tables as of the newest migration. What the columns mean stands in the migrations. */
export interface Schema {
  vault_meta: { key: string; value: string }
  settings: { key: string; value: string }
  institutions: { id: Generated<number>; key: string | null; name: string; country: string | null; kind: string | null }
  accounts: AccountTable
  account_identities: { identity: string; account_id: number }
  categories: {
    id: Generated<number>
    key: string | null
    parent_id: number | null
    kind: 'income' | 'expense' | 'transfer'
    name_zh: string
    name_en: string
    icon: string | null
    position: Generated<number>
    archived: Generated<0 | 1>
  }
  tags: { id: Generated<number>; name: string }
  rules: {
    id: Generated<number>
    position: number
    name: Generated<string>
    enabled: Generated<0 | 1>
    conditions: string
    actions: string
    created_at: number
  }
  budget_lines: { category_id: number; period: BudgetPeriod; rollover: Rollover; created_at: number }
  budget_amounts: { category_id: number; month: string; amount_minor: number }
  check_dismissals: { finding: string; dismissed_at: number }
  rule_uses: { rule_id: number; met: Generated<number> }
  securities: {
    id: Generated<number>
    isin: string | null
    symbol: string | null
    name: string
    other_scheme: string | null
    other_value: string | null
    class: string
    currency: string | null
  }
  import_runs: {
    id: Generated<number>
    started_at: number
    file_name: string
    file_sha256: string
    file_bytes: number
    importer: string
    imported: number
    duplicates: number
    skipped: number
    failed: number
    replaced: number
    rates: Generated<number>
    prices: Generated<number>
    findings: Generated<string>
    undone_at: number | null
  }
  import_run_accounts: {
    import_run_id: number
    account_id: number
    imported: number
    first_on: Generated<string | null>
    last_on: Generated<string | null>
  }
  import_records: {
    import_run_id: number
    record: number
    outcome: 'duplicate' | 'skipped' | 'failed' | 'left-out'
    reason: string
    message: string
    transaction_id: number | null
  }
  import_layouts: { fingerprint: string; layout: string }
  transactions: TransactionTable
  splits: {
    id: Generated<number>
    transaction_id: number
    position: number
    amount_minor: number
    category_id: number | null
    memo: Generated<string>
    source_category: Generated<string | null>
    counterpart_id: Generated<number | null>
  }
  transaction_tags: { transaction_id: number; tag_id: number }
  transfers: { id: Generated<number>; from_transaction_id: number; to_transaction_id: number }
  matches: {
    id: Generated<number>
    kind: 'duplicate' | 'transfer' | 'funding' | 'refund'
    status: 'proposed' | 'confirmed' | 'rejected'
    first_transaction_id: number
    second_transaction_id: number | null
    score: number
    certain: Generated<0 | 1>
    evidence: Generated<string>
    import_run_id: number | null
  }
  match_rejections: { id: Generated<number>; pair: string; kind: string; rejected_at: number }
  transaction_aliases: {
    id: Generated<number>
    transaction_id: number
    account_id: number
    fingerprint: Uint8Array | null
    ordinal: Generated<number>
    merged: string | null
    import_run_id: number | null
  }
  trades: {
    transaction_id: number
    account_id: number
    security_id: number
    booked_on: string
    quantity: string
    price: string | null
    fee_minor: Generated<number>
    tax_minor: Generated<number>
  }
  positions: {
    id: Generated<number>
    account_id: number
    security_id: number
    as_of: string
    quantity: string
    price: string | null
    value_minor: number | null
    cost_minor: number | null
    import_run_id: number | null
  }
  credit_reports: {
    id: Generated<number>
    subject: string
    number: string
    reported_on: string | null
    import_run_id: number | null
  }
  credit_enquiries: {
    report_id: number
    position: number
    enquired_on: string
    institution: string
    reason: string
    is_own: 0 | 1
  }
  credit_overdues: {
    report_id: number
    position: number
    lender: string
    product: string
    opened_on: string | null
    months: number | null
    months_over_90: number | null
    overdue_minor: number | null
  }
  credit_public_records: { report_id: number; position: number; kind: string; body: string }
  prices: { security_id: number; as_of: string; price: string; currency: string; import_run_id: number | null }
  fx_rates: {
    base: string
    quote: string
    as_of: string
    rate: string
    source: string
    import_run_id: number | null
  }
  balance_assertions: {
    id: Generated<number>
    account_id: number
    as_of: string
    kind: 'opening' | 'closing' | 'available' | 'limit' | 'day'
    balance_minor: number
    accepted_minor: Generated<number | null>
    import_run_id: number | null
  }
  valuations: { id: Generated<number>; account_id: number; as_of: string; value_minor: number; note: Generated<string> }
  documents: {
    id: Generated<number>
    kind: string
    name: string
    holder: Generated<string>
    number: string | null
    issued_on: string | null
    expires_on: string | null
    account_id: number | null
    notes: Generated<string>
  }
  attachments: {
    id: Generated<number>
    account_id: number | null
    transaction_id: number | null
    document_id: number | null
    name: string
    media_type: string
    bytes: Uint8Array
    added_at: number
  }
  changes: {
    id: Generated<number>
    made_at: number
    label: string
    facts: Generated<string>
    import_run_id: number | null
    undone: Generated<0 | 1>
  }
  change_rows: {
    change_id: number
    sequence: number
    table_name: string
    row_key: string
    before: string | null
    after: string | null
  }
  account_balances: { account_id: number; change_minor: number; transaction_count: number }
  learner_state: { id: number; version: number }
  learner_counts: {
    payee: string
    direction: number
    account_id: number
    band: number
    merchant_category: string
    category_id: number
    count: number
  }
  account_months: {
    account_id: number
    month: string
    inflow_minor: number
    outflow_minor: number
    transaction_count: number
  }
  flow_lines: FlowLineTable
  /** The definition behind `flow_lines`: a view. */
  flow_facts: FlowLineTable
  flow_months: {
    month: string
    flow: Flow
    category_id: number
    account_id: number
    inflow_minor: number
    outflow_minor: number
    line_count: number
  }
  persons: {
    id: Generated<number>
    name: string
    short_name: Generated<string>
    colour: string
    role: PersonRole
    born_on: string | null
    position: number
    archived: Generated<0 | 1>
    created_at: number
  }
  account_owners: { account_id: number; person_id: number; share: number }
  search_state: { id: number; format: string; indexed_to: number; version: number }
  search_blocks: { block: number; version: number; first_day: number; last_day: number; content: Uint8Array }
  search_pending: { transaction_id: number }
  recurring_series: {
    id: Generated<number>
    key: string
    payee_key: string
    payee: string
    account_id: number
    category_id: number | null
    type: string
    period: string
    anchor: string
    amount_minor: number
    lowest_minor: number
    highest_minor: number
    fixed: 0 | 1
    original_minor: number | null
    original_currency: string | null
    first_on: string
    last_on: string
    occurrences: number
    missed: number
    confidence: number
    prices: string
    evidence: string
  }
  recurring_rows: { transaction_id: number; series_id: number }
  recurring_decisions: {
    id: Generated<number>
    series_key: string | null
    status: 'detected' | 'confirmed' | 'dismissed'
    name: string | null
    account_id: number | null
    category_id: number | null
    category_set: Generated<0 | 1>
    type: string | null
    amount_minor: number | null
    period: string | null
    next_on: string | null
    ended_on: string | null
    created_at: number
  }
  account_floors: { account_id: number; floor_minor: number }
  account_outlook: {
    account_id: number
    computed_on: string
    floor_minor: number
    below_on: string | null
    lowest_minor: number
    lowest_on: string
  }
  recurring_state: { id: number; seen_id: number; version: number }
  recurring_dirty: { text: string }
  own_reminders: {
    id: Generated<number>
    title: string
    notes: Generated<string>
    first_on: string
    recurrence: string | null
    amount_minor: number | null
    currency: string | null
    account_id: number | null
    lead_days: string | null
    roll: Generated<'none' | 'next' | 'previous'>
    calendar: string | null
    tell_at: number | null
    repeat_days: number | null
    created_at: number
  }
  reminder_states: {
    key: string
    due_on: string
    status: 'open' | 'done' | 'dismissed'
    done_on: string | null
    snoozed_until: string | null
  }
  reminder_tellings: { key: string; lead_days: number; due_on: string; told_at: string }
}

interface FlowLineTable {
  account_id: number
  booked_on: string
  transaction_id: number
  part: number
  category_id: number
  flow: Flow
  amount_minor: number
}

interface AccountTable {
  id: Generated<number>
  name: string
  kind: string
  institution_id: number | null
  number: string | null
  currency: string
  opening_minor: Generated<number>
  opening_on: string | null
  position: Generated<number>
  closed_on: string | null
  hidden: Generated<0 | 1>
  in_net_worth: Generated<0 | 1>
  notes: Generated<string>
  /** JSON: the terms of a card or loan, the facts of a home or vehicle; see `shared/model/terms.ts`. */
  terms: Generated<string>
  created_at: number
}

interface TransactionTable {
  id: Generated<number>
  account_id: number
  booked_on: string
  value_on: string | null
  booked_time: string | null
  amount_minor: number
  kind: string
  status: Generated<'booked' | 'pending'>
  payee: Generated<string>
  raw_payee: Generated<string>
  memo: Generated<string>
  reference: string | null
  check_number: string | null
  counterparty: string | null
  category_id: number | null
  source_category: string | null
  merchant_category: string | null
  original_minor: number | null
  original_currency: string | null
  original_rate: string | null
  notes: Generated<string>
  split_count: Generated<number>
  import_run_id: number | null
  source_record: number | null
  fingerprint: Uint8Array | null
  ordinal: Generated<number>
  /** No longer read: see `transaction_aliases`. */
  settled_fingerprint: Generated<Uint8Array | null>
  settled_ordinal: Generated<number | null>
  category_source: Generated<'user' | 'rule' | 'file' | 'learned' | 'merchant-code' | null>
  category_rule_id: Generated<number | null>
  payee_source: Generated<'user' | 'rule' | null>
}
