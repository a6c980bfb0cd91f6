import { z } from 'zod'
import resource from '../../../../resources/statement-profiles/chinese.json' with { type: 'json' }

/** What a column of a Chinese statement means. `moment` is a date, a time of day or both: its cells say which. */
export const roles = [
  'booked',
  'date',
  'moment',
  'amount',
  'debit',
  'credit',
  'balance',
  'direction',
  'method',
  'status',
  'fund-status',
  'type',
  'category',
  'subcategory',
  'payee',
  'counterparty',
  'item',
  'note',
  'reference',
  'merchant-order',
  'currency',
  'original-amount',
  'original-currency',
  'account',
  'account-from',
  'account-to',
  'card',
  'fee',
  'refunded',
  'related',
  /** Members, projects and labels of a bookkeeping program. */
  'tag',
  'other',
] as const
export type Role = (typeof roles)[number]

const pattern = z.string().transform((source) => new RegExp(source, 'iu'))
const accountKind = z.enum([
  'checking',
  'savings',
  'credit-card',
  'loan',
  'line-of-credit',
  'money-market',
  'brokerage',
  'e-wallet',
])
const direction = z.enum(['in', 'out'])
const kind = z.enum(['transfer', 'refund', 'interest', 'fee', 'tax', 'cash-withdrawal', 'deposit', 'payment'])
const names = z.array(z.string())

const profile = z.strictObject({
  /** The importer's id. Several profiles may share one. */
  id: z.string(),
  institution: z.string().optional(),
  /** Whether a file of the institution, or an example of one, has been seen. */
  confirmed: z.boolean(),
  /** Where the layout is known from. */
  source: z.string().min(1),
  /** The platform's own account, meant where a row names no means of payment. */
  wallet: z.string().optional(),
  kind: accountKind.optional(),
  currency: z.string().length(3),
  /** Header cells that must all be there; with a signature only where preamble, sheet name or file name match it. */
  headers: z.array(
    z.strictObject({
      cells: names,
      signature: pattern.optional(),
      /** A credit card's bill: whether spending is positive is found from the rows. */
      card: z.boolean().optional(),
    }),
  ),
  /** Replaces the vocabulary's names for some roles. */
  columns: z.partialRecord(z.enum(roles), names).optional(),
  /**
   * `signed` (if absent): the sign in the file counts, reversed where the direction is "out". `magnitude`: it does not,
   * only the direction. `spending`: no direction, positive is spending.
   */
  amount: z.enum(['signed', 'magnitude', 'spending']).optional(),
  /**
   * Closed orders: `skip` for no money moved; `evidence` where the file tells by fund state, direction or refund rows.
   */
  closed: z.enum(['skip', 'evidence']).optional(),
  dateOrder: z.enum(['ymd', 'dmy']).optional(),
  /** The file of a bookkeeping program: it names the accounts in full and knows transfers between them. */
  program: z.boolean().optional(),
  /** Types that set a balance right, with the sign they have on the account. */
  adjustments: z.record(z.string(), direction).optional(),
})

const schema = z.strictObject({
  about: z.string(),
  columns: z.record(z.enum(roles), names).or(z.partialRecord(z.enum(roles), names)),
  directions: z.strictObject({ in: names, out: names, neutral: names, transfer: names }),
  statuses: z.strictObject({ closed: pattern, unsettled: pattern, refund: pattern, information: pattern }),
  fundStatuses: z.strictObject({ in: pattern, out: pattern, information: pattern }),
  othersMoney: pattern,
  totals: pattern,
  balanceRows: pattern,
  currencies: z.record(z.string(), z.string().length(3)),
  /** Characters of headings that are written otherwise in the other script. */
  scripts: z.strictObject({ simplified: z.string(), traditional: z.string() }),
  labels: z.strictObject({
    number: names,
    holder: names,
    alias: names,
    currency: names,
    type: names,
    from: names,
    to: names,
    period: names,
  }),
  institutions: z.array(z.strictObject({ name: z.string(), match: pattern })),
  methods: z.strictObject({
    promotion: pattern,
    via: pattern,
    accounts: z.array(
      z.strictObject({ match: pattern, name: z.string(), institution: z.string(), kind: accountKind.optional() }),
    ),
  }),
  cardWords: z.strictObject({ in: pattern, out: pattern }),
  kinds: z.array(z.strictObject({ match: pattern, sign: direction.optional(), kind })),
  movements: z.array(
    z.strictObject({
      platforms: names.optional(),
      match: pattern,
      whenMethod: pattern.optional(),
      direction: direction.optional(),
      kind: kind.optional(),
      /** Which account the row is about where the payment method does not say; `$1` is the pattern's first group. */
      account: z.string().optional(),
      /** The other account: a name, `$1`, `$method` (the payment method) or `$bank` (the method if it is a bank's). */
      to: z.string().optional(),
      skip: z.literal('information-only').optional(),
    }),
  ),
  profiles: z.array(profile),
})

export type Profile = z.infer<typeof profile>
export type Direction = z.infer<typeof direction>

/** The rules of `resources/statement-profiles/chinese.json`, checked once when the module loads. */
export const rules = schema.parse(resource)

/** The profile for tables that no other one knows. */
export const GENERIC_ID = 'csv:chinese'
