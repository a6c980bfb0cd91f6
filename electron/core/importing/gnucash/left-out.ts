import type { Reason } from '../importer.ts'

/** Records of a GnuCash book that are no transactions, by the name of their element or table, and what to say of them. */
const LEFT_OUT: ReadonlyMap<string, Reason> = new Map<string, Reason>([
  [
    'schedxaction',
    {
      code: 'unsupported-record',
      message: 'A scheduled transaction: set it up as a reminder. What it has booked so far is imported.',
    },
  ],
  ['budget', { code: 'information-only', message: 'A budget of the book: Onebook keeps its own.' }],
  ...['GncInvoice', 'GncEntry', 'GncOrder'].map((name): [string, Reason] => [
    name,
    { code: 'information-only', message: 'An invoice or order: what was posted of it is imported as a transaction.' },
  ]),
  ...['GncCustomer', 'GncVendor', 'GncEmployee', 'GncJob'].map((name): [string, Reason] => [
    name,
    { code: 'information-only', message: 'A customer, vendor, employee or job: business papers are not kept here.' },
  ]),
  ...['GncTaxTable', 'GncBillTerm'].map((name): [string, Reason] => [
    name,
    { code: 'information-only', message: 'A table of taxes or terms of invoices: business papers are not kept here.' },
  ]),
])

/** Why a record is left out; null for one that holds nothing of its own (counts, slots, accounts, templates). */
export function leftOut(name: string): Reason | null {
  return LEFT_OUT.get(name) ?? null
}
