import { z } from 'zod'
import table from '../../resources/reminder-rules.json' with { type: 'json' }
import { reminderKinds } from './reminder.ts'

const ruleSchema = z.strictObject({
  key: z.string().regex(/^[a-z-]+$/),
  /** A kind of reminder, which gives the lead times that the user can change. */
  kind: z.enum(reminderKinds),
  /** What is due, said of an account: "Matures". */
  nameZh: z.string().min(1),
  nameEn: z.string().min(1),
  /** The field that holds the day; for `every-n-months` and `every-choice` then the one that holds how many months. */
  from: z.array(z.string()).min(1).max(2),
  recurrence: z.enum(['once', 'monthly', 'yearly', 'every-n-months', 'every-choice']),
  /** Told so many days before; 0: on the day. */
  leadDays: z.array(z.int().nonnegative()).min(1),
  /** Where a day that is no business day moves to. */
  roll: z.enum(['none', 'next', 'previous']),
})
/** When a fact of an account falls due. */
export type ReminderRule = z.output<typeof ruleSchema>

const rules: ReadonlyMap<string, ReminderRule> = new Map(
  z
    .array(ruleSchema)
    .parse(table.rules)
    .map((rule) => [rule.key, rule]),
)

export function allReminderRules(): readonly ReminderRule[] {
  return [...rules.values()]
}

/** The rule of this key; throws a RangeError for one that this version does not know. */
export function reminderRuleOf(key: string): ReminderRule {
  const rule = rules.get(key)
  if (rule === undefined) throw new RangeError(`there is no reminder rule "${key}"`)
  return rule
}
