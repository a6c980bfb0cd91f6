import type { ruleChannels } from '../../../shared/ipc/channels/rule-channels.ts'
import { CoreError } from '../../../shared/ipc/errors.ts'
import type { Rule, RuleDraft } from '../../../shared/model/rule.ts'
import { explainCategory, suggestCategories } from '../categorising/category-guesses.ts'
import { applyRules, testRules } from '../categorising/rule-history.ts'
import { recordChange } from '../changes/record.ts'
import type { HandlersOf } from '../handler.ts'
import type { Vault } from '../storage/open-vault.ts'
import { sqlRows } from '../storage/repositories/query.ts'
import { loadRule, loadRules, loadRuleSet, UNSAVED_RULE } from '../storage/repositories/rule-repository.ts'

function requireRule(vault: Vault, id: number): Rule {
  const rule = loadRule(vault, id)
  if (rule === undefined) throw new CoreError('not-found', 'there is no such rule', { id })
  return rule
}

/** Throws CoreError('not-found') where an action names a category, tag or account that is not there. */
function requireTargets(vault: Vault, { actions }: RuleDraft): void {
  const exists = (table: 'categories' | 'tags' | 'accounts', id: number): void => {
    if (sqlRows(vault, `select 1 from ${table} where id = ?`, id).length === 0) {
      throw new CoreError('not-found', `what the rule names is not among the ${table}`, { id })
    }
  }
  for (const action of actions) {
    if (action.do === 'setCategory') exists('categories', action.categoryId)
    if (action.do === 'addTag' || action.do === 'removeTag') exists('tags', action.tagId)
    if (action.do === 'markTransfer' && action.accountId !== null) exists('accounts', action.accountId)
  }
}

export const ruleHandlers: HandlersOf<typeof ruleChannels> = {
  'rule.list': (_, context) => loadRules(context.readable()),

  'rule.save': ({ id, rule }, context) => {
    const vault = context.writable()
    requireTargets(vault, rule)
    const values = {
      name: rule.name,
      enabled: rule.enabled ? (1 as const) : (0 as const),
      conditions: JSON.stringify(rule.conditions),
      actions: JSON.stringify(rule.actions),
    }
    if (id !== null) requireRule(vault, id)
    const description = { label: id === null ? 'rule.create' : 'rule.update', facts: { name: rule.name } }
    const saved = recordChange(vault, context.clock, description, (recorder) => {
      if (id !== null) {
        recorder.update('rules', [id], values)
        return id
      }
      const last = sqlRows<{ position: number | null }>(vault, 'select max(position) as position from rules')[0]
      const position = (last?.position ?? -1) + 1
      return recorder.insert('rules', { ...values, position, created_at: context.clock.now() })
    })
    return requireRule(vault, saved)
  },

  'rule.delete': ({ id }, context) => {
    const vault = context.writable()
    const { name } = requireRule(vault, id)
    recordChange(vault, context.clock, { label: 'rule.delete', facts: { name } }, (recorder) => {
      recorder.delete('rules', [id])
    })
    return {}
  },

  'rule.reorder': ({ ids }, context) => {
    const vault = context.writable()
    const known = new Set(loadRules(vault).map((rule) => rule.id))
    if (ids.length !== known.size || new Set(ids).size !== ids.length || ids.some((id) => !known.has(id))) {
      throw new CoreError('conflict', 'the rules have changed meanwhile; look at them again')
    }
    recordChange(vault, context.clock, { label: 'rule.reorder' }, (recorder) => {
      for (const [position, id] of ids.entries()) recorder.update('rules', [id], { position })
    })
    return {}
  },

  'rule.test': ({ id, rule, includeOwn }, context) => {
    const vault = context.readable()
    if (id !== null) requireRule(vault, id)
    const ruleId = id ?? UNSAVED_RULE
    const rules = loadRuleSet(vault, { id: ruleId, draft: rule })
    return testRules(vault, rules, { ruleIds: new Set([ruleId]), includeOwn, cleanPayees: false }, context.job)
  },

  'rule.apply': ({ ruleIds, includeOwn, cleanPayees }, context) => {
    const vault = context.writable()
    for (const id of ruleIds ?? []) requireRule(vault, id)
    const scope = { ruleIds: ruleIds === null ? null : new Set(ruleIds), includeOwn, cleanPayees }
    return applyRules(vault, scope, context)
  },

  'category.suggest': ({ ids }, context) => suggestCategories(context.readable(), ids),
  'category.explain': ({ transactionId }, context) => explainCategory(context.readable(), transactionId),
}
