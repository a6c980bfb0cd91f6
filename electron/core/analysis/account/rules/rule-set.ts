import type { Rule, RuleAction } from '../../../../../shared/model/rule.ts'
import { compileConditions, literalsOf, type Test } from './compile-condition.ts'
import { LiteralIndex } from './literal-index.ts'
import type { ByRule, RuleFacts, RuleOutcome } from './rule-facts.ts'

/** What there is to act on: an action that names something else is left out. */
export interface RuleTargets {
  readonly categoryIds: ReadonlySet<number>
  readonly tagIds: ReadonlySet<number>
  /** Where a transfer between own accounts is filed; null where the user has deleted that category. */
  readonly ownTransferId: number | null
}

interface CompiledRule {
  readonly id: number
  readonly meets: Test
  readonly actions: readonly RuleAction[]
}

function isPossible(action: RuleAction, { categoryIds, tagIds }: RuleTargets): boolean {
  if (action.do === 'setCategory') return categoryIds.has(action.categoryId)
  if (action.do === 'addTag' || action.do === 'removeTag') return tagIds.has(action.tagId)
  return true
}

class Draft {
  readonly met: number[] = []
  categoryId: ByRule<number> | null = null
  payee: ByRule<string> | null = null
  notes: ByRule<string> | null = null
  kind: RuleOutcome['kind'] = null
  transfer: RuleOutcome['transfer'] = null
  readonly addTags = new Map<number, number>()
  readonly removeTags = new Map<number, number>()

  outcome(): RuleOutcome {
    const list = (tags: ReadonlyMap<number, number>) => [...tags].map(([value, ruleId]) => ({ value, ruleId }))
    const { met, categoryId, payee, notes, kind, transfer } = this
    return {
      met,
      categoryId,
      payee,
      notes,
      kind,
      transfer,
      addTags: list(this.addTags),
      removeTags: list(this.removeTags),
    }
  }
}

/**
 * The user's rules, made ready once for many transactions. What a rule sees and which of several decides stands with
 * the schema (`shared/model/rule.ts`). Where there are many, a rule is looked at only where a text that it needs occurs.
 */
export class RuleSet {
  readonly #rules: readonly CompiledRule[]
  readonly #index = new LiteralIndex()
  /** Rules that need no text: looked at every time. */
  readonly #always: readonly number[]
  readonly #ownTransferId: number | null
  /** Whether any rule looks at or changes tags: they need not be read else. */
  readonly usesTags: boolean

  /** Rules that are off are left out. */
  constructor(
    rules: readonly Pick<Rule, 'id' | 'position' | 'enabled' | 'conditions' | 'actions'>[],
    targets: RuleTargets,
  ) {
    const always: number[] = []
    this.#rules = rules
      .filter(({ enabled }) => enabled)
      .toSorted((left, right) => left.position - right.position || left.id - right.id)
      .map(({ id, conditions, actions }, place) => {
        const literals = literalsOf(conditions)
        if (literals === null) always.push(place)
        else this.#index.add(literals, place)
        return {
          id,
          meets: compileConditions(conditions),
          actions: actions.filter((action) => isPossible(action, targets)),
        }
      })
    this.#always = always
    this.#ownTransferId = targets.ownTransferId
    this.usesTags = rules.some(({ conditions, actions }) => usesTags(conditions, actions))
  }

  get isEmpty(): boolean {
    return this.#rules.length === 0
  }

  /** What the rules make of a transaction, or null where none meets it. */
  evaluate(given: RuleFacts): RuleOutcome | null {
    if (this.#rules.length === 0) return null
    const waiting = this.#index.find(given)
    for (const place of this.#always) waiting.add(place)
    if (waiting.size === 0) return null
    const draft = new Draft()
    let facts = given
    let places = [...waiting].toSorted((left, right) => left - right)
    for (let next = 0; next < places.length; next += 1) {
      const place = places[next] ?? 0
      const rule = this.#rules[place]
      if (rule === undefined || !rule.meets(facts)) continue
      draft.met.push(rule.id)
      const changed = act(rule, facts, draft, this.#ownTransferId)
      if (changed === 'stop') break
      if (changed.payee !== facts.payee) {
        // rules behind this one that wait for the new name
        const more = this.#index.findIn('payee', changed.payee).filter((one) => one > place && !waiting.has(one))
        for (const one of more) waiting.add(one)
        if (more.length > 0) {
          places = [
            ...places.slice(0, next + 1),
            ...places
              .slice(next + 1)
              .concat(more)
              .toSorted((a, b) => a - b),
          ]
        }
      }
      facts = changed
    }
    return draft.met.length === 0 ? null : draft.outcome()
  }
}

function usesTags({ parts }: Rule['conditions'], actions: readonly RuleAction[]): boolean {
  const conditions = parts.flatMap((part) => (part.about === 'group' ? part.conditions : [part]))
  return (
    conditions.some(({ about }) => about === 'tag') ||
    actions.some((action) => action.do === 'addTag' || action.do === 'removeTag')
  )
}

/** Does what the rule says; answers what the rules behind it see. */
function act(
  { id: ruleId, actions }: CompiledRule,
  given: RuleFacts,
  draft: Draft,
  ownTransferId: number | null,
): RuleFacts | 'stop' {
  const facts: { -readonly [Key in keyof RuleFacts]: RuleFacts[Key] } = { ...given }
  let stop = false
  for (const action of actions) {
    switch (action.do) {
      case 'setCategory':
        if (draft.categoryId === null || action.override) draft.categoryId = { ruleId, value: action.categoryId }
        break
      case 'setPayee':
        if (draft.payee === null || action.override) {
          draft.payee = { ruleId, value: action.payee }
          facts.payee = action.payee
        }
        break
      case 'addTag':
        draft.addTags.set(action.tagId, ruleId)
        draft.removeTags.delete(action.tagId)
        facts.tagIds = [...new Set([...facts.tagIds, action.tagId])]
        break
      case 'removeTag':
        draft.removeTags.set(action.tagId, ruleId)
        draft.addTags.delete(action.tagId)
        facts.tagIds = facts.tagIds.filter((tag) => tag !== action.tagId)
        break
      case 'setNotes':
        if (facts.notes === '') {
          draft.notes = { ruleId, value: action.notes }
          facts.notes = action.notes
        }
        break
      case 'setKind':
        draft.kind = { ruleId, value: action.kind }
        facts.kind = action.kind
        break
      case 'markTransfer':
        draft.transfer = { ruleId, value: action.accountId }
        draft.kind = { ruleId, value: 'transfer' }
        if (ownTransferId !== null) draft.categoryId ??= { ruleId, value: ownTransferId }
        facts.kind = 'transfer'
        break
      case 'stop':
        stop = true
        break
    }
  }
  return stop ? 'stop' : facts
}
