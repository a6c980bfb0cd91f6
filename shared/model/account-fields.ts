import { z } from 'zod'
import table from '../../resources/account-fields.json' with { type: 'json' }

/** How a fact of an account is written and checked. */
export const fieldTypes = [
  'date',
  'day-of-month',
  'month-day',
  'rate',
  'money',
  'decimal',
  'integer',
  'choice',
  'text',
] as const
export type FieldType = (typeof fieldTypes)[number]

const choiceSchema = z.strictObject({ key: z.string().min(1), nameZh: z.string().min(1), nameEn: z.string().min(1) })

const fieldSchema = z
  .strictObject({
    key: z.string().regex(/^[a-zA-Z0-9]+$/),
    type: z.enum(fieldTypes),
    nameZh: z.string().min(1),
    nameEn: z.string().min(1),
    choices: z.array(choiceSchema).min(2).optional(),
    /** Least and greatest value of a number, as decimals. */
    min: z.string().optional(),
    max: z.string().optional(),
  })
  .refine(({ type, choices }) => (type === 'choice') === (choices !== undefined), 'choices belong to a choice')
export type AccountField = z.output<typeof fieldSchema>

const fields: ReadonlyMap<string, AccountField> = new Map(
  z
    .array(fieldSchema)
    .parse(table.fields)
    .map((field) => [field.key, field]),
)

/** The facts that accounts can have, in the order of the table. */
export function allAccountFields(): readonly AccountField[] {
  return [...fields.values()]
}

/** The field of this key; throws a RangeError for one that this version does not know. */
export function accountFieldOf(key: string): AccountField {
  const field = fields.get(key)
  if (field === undefined) throw new RangeError(`no account has a field "${key}"`)
  return field
}
