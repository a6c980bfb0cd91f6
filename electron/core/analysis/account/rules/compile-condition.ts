import { exponentOf, type CurrencyCode } from '../../../../../shared/domain/currency.ts'
import { type Decimal, unitsAtScale } from '../../../../../shared/domain/decimal.ts'
import { daysInMonth, partsOfDate, weekdayOf } from '../../../../../shared/domain/iso-date.ts'
import type { RuleCondition, RuleConditions, ruleTextFields } from '../../../../../shared/model/rule.ts'
import { foldText } from './fold-text.ts'
import type { RuleFacts } from './rule-facts.ts'
import { meetsWildcard, parseWildcard } from './wildcard.ts'

export type RuleTextField = (typeof ruleTextFields)[number]
export type Test = (facts: RuleFacts) => boolean

type Of<About extends RuleCondition['about']> = Extract<RuleCondition, { about: About }>

function textTest({ field, operator, text }: Of<'text'>): Test {
  const wanted = foldText(text)
  switch (operator) {
    case 'is':
      return (facts) => foldText(facts[field]) === wanted
    case 'contains':
      return (facts) => foldText(facts[field]).includes(wanted)
    case 'starts':
      return (facts) => foldText(facts[field]).startsWith(wanted)
    case 'ends':
      return (facts) => foldText(facts[field]).endsWith(wanted)
    case 'matches':
    default: {
      const wildcard = parseWildcard(text)
      return (facts) => meetsWildcard(foldText(facts[field]), wildcard)
    }
  }
}

/** A bound in the minor units of a currency: digits that it does not have are rounded into the range. */
function boundIn(bound: Decimal | null, currency: CurrencyCode, open: number, isLower: boolean): number {
  if (bound === null) return open
  const { units, exact } = unitsAtScale(bound, exponentOf(currency), 'down')
  const minor = Number(units)
  return isLower && !exact ? minor + 1 : minor
}

function amountTest({ direction, from, to, currency }: Of<'amount'>): Test {
  const bounds = new Map<CurrencyCode, { readonly lowest: number; readonly highest: number }>()
  return ({ amountMinor, currency: own }) => {
    if (currency !== null && own !== currency) return false
    if (direction === 'in' && amountMinor <= 0) return false
    if (direction === 'out' && amountMinor >= 0) return false
    let range = bounds.get(own)
    if (range === undefined) {
      range = { lowest: boundIn(from, own, 0, true), highest: boundIn(to, own, Infinity, false) }
      bounds.set(own, range)
    }
    const magnitude = Math.abs(amountMinor)
    return magnitude >= range.lowest && magnitude <= range.highest
  }
}

function dayOfMonthTest({ from, to }: Of<'dayOfMonth'>): Test {
  return ({ bookedOn }) => {
    const { year, month, day } = partsOfDate(bookedOn)
    const last = daysInMonth(year, month)
    // "the 31st" is the last day of a shorter month
    const first = Math.min(from, last)
    const end = Math.min(to, last)
    return from <= to ? day >= first && day <= end : day >= first || day <= end
  }
}

function bareTest(condition: RuleCondition): Test {
  switch (condition.about) {
    case 'text':
      return textTest(condition)
    case 'oneOf': {
      const { field } = condition
      const wanted = new Set(condition.texts.map(foldText))
      return (facts) => wanted.has(foldText(facts[field]))
    }
    case 'empty': {
      const { field } = condition
      return (facts) => facts[field].trim() === ''
    }
    case 'account': {
      const wanted = new Set(condition.accountIds)
      return ({ accountId }) => wanted.has(accountId)
    }
    case 'kind': {
      const wanted = new Set(condition.kinds)
      return ({ kind }) => wanted.has(kind)
    }
    case 'tag': {
      const wanted = new Set(condition.tagIds)
      return ({ tagIds }) => tagIds.some((id) => wanted.has(id))
    }
    case 'amount':
      return amountTest(condition)
    case 'dayOfMonth':
      return dayOfMonthTest(condition)
    case 'weekday': {
      const wanted = new Set(condition.days)
      return ({ bookedOn }) => wanted.has(weekdayOf(bookedOn))
    }
    case 'period':
    default: {
      const { from, to } = condition
      return ({ bookedOn }) => (from === null || bookedOn >= from) && (to === null || bookedOn <= to)
    }
  }
}

function conditionTest(condition: RuleCondition): Test {
  const test = bareTest(condition)
  return condition.not ? (facts) => !test(facts) : test
}

function joined(match: 'all' | 'any', tests: readonly Test[]): Test {
  return match === 'all' ? (facts) => tests.every((test) => test(facts)) : (facts) => tests.some((test) => test(facts))
}

/** Whether a transaction meets the conditions, as a function that is made once. */
export function compileConditions({ match, parts }: RuleConditions): Test {
  const tests = parts.map((part) =>
    part.about === 'group' ? joined(part.match, part.conditions.map(conditionTest)) : conditionTest(part),
  )
  return joined(match, tests)
}

/** A folded text that must occur in a field, so that a rule need only be looked at where it does. */
export interface Literal {
  readonly field: RuleTextField
  readonly text: string
}

/**
 * One of these texts occurs in every transaction that the conditions meet; null where nothing of the kind can be said
 * (a rule on amounts alone, a condition turned round).
 */
export function literalsOf(conditions: RuleConditions): readonly Literal[] | null {
  const { match, parts } = conditions
  const each = parts.map((part) =>
    part.about === 'group' ? combined(part.match, part.conditions.map(literalsOfCondition)) : literalsOfCondition(part),
  )
  return combined(match, each)
}

function combined(match: 'all' | 'any', each: readonly (readonly Literal[] | null)[]): readonly Literal[] | null {
  if (match === 'any') return each.some((literals) => literals === null) ? null : each.flatMap((one) => one ?? [])
  // all must hold: the one that says most is enough
  let best: readonly Literal[] | null = null
  for (const literals of each) {
    if (literals !== null && (best === null || strength(literals) > strength(best))) best = literals
  }
  return best
}

/** The shortest of alternatives decides how often they occur. */
function strength(literals: readonly Literal[]): number {
  return Math.min(...literals.map(({ text }) => text.length)) - literals.length / 1000
}

function literalsOfCondition(condition: RuleCondition): readonly Literal[] | null {
  if (condition.not) return null
  const found =
    condition.about === 'text'
      ? [
          {
            field: condition.field,
            text: condition.operator === 'matches' ? parseWildcard(condition.text).literal : foldText(condition.text),
          },
        ]
      : condition.about === 'oneOf'
        ? condition.texts.map((text) => ({ field: condition.field, text: foldText(text) }))
        : null
  // a pattern of stars alone needs nothing
  return found === null || found.some(({ text }) => text === '') ? null : found
}
