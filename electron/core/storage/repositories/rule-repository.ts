import { RuleSet, type RuleTargets } from '../../analysis/account/rules/rule-set.ts'
import { type Rule, type RuleDraft, ruleActionSchema, ruleConditionsSchema } from '../../../../shared/model/rule.ts'
import type { Vault } from '../open-vault.ts'
import { prepared, sqlRows } from './query.ts'

interface RuleRow {
  id: number
  position: number
  name: string
  enabled: 0 | 1
  conditions: string
  actions: string
  met: number
  holds: number
}

const COLUMNS = `id, position, name, enabled, conditions, actions,
  coalesce((select met from rule_uses where rule_id = rules.id), 0) as met,
  (select count(*) from transactions where category_rule_id = rules.id) as holds`

const actionsSchema = ruleActionSchema.array()

function ruleOf(row: RuleRow): Rule {
  return {
    id: row.id,
    position: row.position,
    name: row.name,
    enabled: row.enabled === 1,
    conditions: ruleConditionsSchema.parse(JSON.parse(row.conditions)),
    actions: actionsSchema.parse(JSON.parse(row.actions)),
    met: row.met,
    holds: row.holds,
  }
}

/** All rules in the order they run in. */
export function loadRules(vault: Vault): Rule[] {
  return sqlRows<RuleRow>(vault, `select ${COLUMNS} from rules order by position, id`).map(ruleOf)
}

export function loadRule(vault: Vault, id: number): Rule | undefined {
  return sqlRows<RuleRow>(vault, `select ${COLUMNS} from rules where id = ?`, id).map(ruleOf)[0]
}

function loadTargets(vault: Vault): RuleTargets {
  const categories = sqlRows<{ id: number; key: string | null }>(vault, 'select id, key from categories')
  return {
    categoryIds: new Set(categories.map(({ id }) => id)),
    tagIds: new Set(sqlRows<{ id: number }>(vault, 'select id from tags').map(({ id }) => id)),
    ownTransferId: categories.find(({ key }) => key === 'own-transfer')?.id ?? null,
  }
}

/** A rule that is not saved, or not yet, in the place of the one that it would become. */
export interface RuleInPlace {
  readonly id: number
  readonly draft: RuleDraft
}

/** A rule that was never saved goes by this id, behind all others. */
export const UNSAVED_RULE = Number.MAX_SAFE_INTEGER

/** The rules that are on, ready to run; `instead` takes the place of the rule of its id and is on in any case. */
export function loadRuleSet(vault: Vault, instead?: RuleInPlace): RuleSet {
  const rules = sqlRows<Omit<RuleRow, 'met' | 'holds'>>(
    vault,
    'select id, position, name, enabled, conditions, actions from rules order by position, id',
  ).map((row) => ruleOf({ ...row, met: 0, holds: 0 }))
  const others = rules.filter(({ id }) => id !== instead?.id)
  const replaced = rules.find(({ id }) => id === instead?.id)
  const all =
    instead === undefined
      ? rules
      : [
          ...others,
          {
            ...instead.draft,
            id: instead.id,
            position: replaced?.position ?? UNSAVED_RULE,
            enabled: true,
          },
        ]
  return new RuleSet(all, loadTargets(vault))
}

/** Adds to the tally of how many transactions each rule has met. */
export function countUses(vault: Vault, uses: ReadonlyMap<number, number>): void {
  const statement = prepared(
    vault,
    `insert into rule_uses (rule_id, met) select id, ? from rules where id = ?
     on conflict (rule_id) do update set met = met + excluded.met`,
  )
  for (const [id, count] of uses) statement.run(count, id)
}
