import type { z } from 'zod'
import {
  type RuleAction,
  type RuleCondition,
  type RuleDraft,
  ruleDraftSchema,
  type RuleGroup,
  ruleTextFields,
  ruleTextOperators,
} from '../../../shared/model/rule.ts'

/** What a condition can be about, as the first choice of its row offers it. */
export const subjects = [
  'payee',
  'rawPayee',
  'memo',
  'notes',
  'reference',
  'counterparty',
  'institution',
  'sourceCategory',
  'merchantCategory',
  'importer',
  'account',
  'kind',
  'tag',
  'amount',
  'dayOfMonth',
  'weekday',
  'period',
] as const
export type Subject = (typeof subjects)[number]
export type TextField = (typeof ruleTextFields)[number]
const isTextField = (subject: Subject): subject is TextField => ruleTextFields.some((field) => field === subject)

/** How a text is compared, as its row offers it. */
export const textTests = [...ruleTextOperators, 'oneOf', 'empty'] as const
export type TextTest = (typeof textTests)[number]

/** A rule while it is written: texts may be empty, lists too, until it can be saved. */
export interface EditedRule {
  readonly name: string
  readonly enabled: boolean
  readonly match: 'all' | 'any'
  readonly parts: readonly (RuleCondition | RuleGroup)[]
  readonly actions: readonly RuleAction[]
}

type TextCondition = Extract<RuleCondition, { field: TextField }>
const isText = (condition: RuleCondition): condition is TextCondition =>
  condition.about === 'text' || condition.about === 'oneOf' || condition.about === 'empty'

export function subjectOf(condition: RuleCondition): Subject {
  return isText(condition) ? condition.field : condition.about
}

export function testOf(condition: TextCondition): TextTest {
  return condition.about === 'text' ? condition.operator : condition.about
}

/** The text condition of another test, what was typed kept. */
export function withTest(condition: TextCondition, test: TextTest): TextCondition {
  const { field, not } = condition
  const text =
    condition.about === 'text' ? condition.text : condition.about === 'oneOf' ? (condition.texts[0] ?? '') : ''
  if (test === 'empty') return { about: 'empty', field, not }
  if (test === 'oneOf') return { about: 'oneOf', field, texts: text === '' ? [] : [text], not }
  return { about: 'text', field, operator: test, text, not }
}

/** The condition about something else; texts keep their comparison. */
export function withSubject(condition: RuleCondition, subject: Subject): RuleCondition {
  if (isTextField(subject)) return isText(condition) ? { ...condition, field: subject } : newCondition(subject)
  switch (subject) {
    case 'account':
      return { about: 'account', accountIds: [], not: false }
    case 'kind':
      return { about: 'kind', kinds: ['payment'], not: false }
    case 'tag':
      return { about: 'tag', tagIds: [], not: false }
    case 'amount':
      return { about: 'amount', direction: 'any', from: null, to: null, currency: null, not: false }
    case 'dayOfMonth':
      return { about: 'dayOfMonth', from: 1, to: 31, not: false }
    case 'weekday':
      return { about: 'weekday', days: [6, 7], not: false }
    case 'period':
    default:
      return { about: 'period', from: null, to: null, not: false }
  }
}

export function newCondition(field: TextField = 'payee', text = ''): TextCondition {
  return { about: 'text', field, operator: 'contains', text, not: false }
}

export const emptyRule: EditedRule = {
  name: '',
  enabled: true,
  match: 'all',
  parts: [newCondition()],
  actions: [],
}

export function editedOf(rule: RuleDraft): EditedRule {
  const { name, enabled, conditions, actions } = rule
  return { name, enabled, match: conditions.match, parts: conditions.parts, actions }
}

/** The rule as it can be saved, or null while something is missing. */
export function draftOf({ name, enabled, match, parts, actions }: EditedRule): RuleDraft | null {
  const input = { name, enabled, conditions: { match, parts }, actions } as z.input<typeof ruleDraftSchema>
  const parsed = ruleDraftSchema.safeParse(input)
  return parsed.success ? parsed.data : null
}

/** A rule that files what this payee is paid. */
export function ruleForPayee(payee: string, categoryId: number | null): EditedRule {
  const parts = [{ about: 'text' as const, field: 'payee' as const, operator: 'is' as const, text: payee, not: false }]
  const actions = categoryId === null ? [] : [{ do: 'setCategory' as const, categoryId, override: false }]
  return { ...emptyRule, parts, actions }
}

/** A rule that gives this payee a name. */
export function ruleForName(payee: string, name: string): EditedRule {
  return { ...ruleForPayee(payee, null), actions: [{ do: 'setPayee', payee: name, override: false }] }
}
