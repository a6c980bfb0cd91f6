import { useTranslation } from 'react-i18next'
import type { Rule, RuleAction, RuleCondition } from '../../../shared/model/rule.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { useCall } from '../../app/queries.ts'
import { useCategories } from '../category-picker.tsx'
import { subjectOf } from './rule-draft.ts'

/** Says in a line what a rule looks for and what it does. */
export function useRuleWords(): {
  readonly nameOf: (rule: Rule) => string
  readonly conditionsOf: (rule: Rule) => string
  readonly actionsOf: (rule: Rule) => string
} {
  const { t } = useTranslation()
  const language = useLanguage()
  const { nameOf: categoryName } = useCategories()
  const tags = useCall('tag.list', {}).data ?? []
  const accounts = useCall('account.list', {}).data ?? []
  const list = (names: readonly string[], type: 'conjunction' | 'disjunction' = 'disjunction') =>
    new Intl.ListFormat(language, { type }).format(names)
  const missing = t('rule.missing')
  const quoted = (text: string) => t('rule.quoted', { text })
  const tagName = (id: number) => tags.find((tag) => tag.id === id)?.name ?? missing
  const accountName = (id: number) => accounts.find((account) => account.id === id)?.name ?? missing

  const valueOf = (condition: RuleCondition): string => {
    switch (condition.about) {
      case 'text':
        return `${t(`rule.tests.${condition.operator}`)} ${quoted(condition.text)}`
      case 'oneOf':
        return list(condition.texts.map(quoted))
      case 'empty':
        return t('rule.tests.empty')
      case 'account':
        return list(condition.accountIds.map(accountName))
      case 'kind':
        return list(condition.kinds.map((kind) => t(`account.kinds.${kind}`)))
      case 'tag':
        return list(condition.tagIds.map(tagName))
      case 'weekday':
        return list(condition.days.map((day) => t(`rule.days.${day}` as never)))
      case 'amount':
      case 'dayOfMonth':
      case 'period':
      default:
        return `${condition.about === 'amount' ? `${t(`rule.directions.${condition.direction}`)} ` : ''}${condition.from ?? '…'} – ${condition.to ?? '…'}`
    }
  }
  const wordsOf = (condition: RuleCondition): string => {
    const subject = t(`rule.subjects.${subjectOf(condition)}`)
    return `${condition.not ? `${t('rule.not')} ` : ''}${subject} ${valueOf(condition)}`
  }
  const deedOf = (action: RuleAction): string => {
    const deed = t(`rule.deeds.${action.do}`)
    switch (action.do) {
      case 'setCategory':
        return `→ ${categoryName(action.categoryId) ?? missing}`
      case 'setPayee':
        return `${deed} ${quoted(action.payee)}`
      case 'addTag':
      case 'removeTag':
        return `${deed} ${tagName(action.tagId)}`
      case 'setKind':
        return `${deed} ${t(`account.kinds.${action.kind}`)}`
      case 'markTransfer':
        return action.accountId === null ? deed : `${deed} ${accountName(action.accountId)}`
      case 'setNotes':
      case 'stop':
      default:
        return deed
    }
  }
  const conditionsOf = ({ conditions: { match, parts } }: Rule) =>
    list(
      parts.map((part) =>
        part.about === 'group'
          ? `(${list(part.conditions.map(wordsOf), part.match === 'all' ? 'conjunction' : 'disjunction')})`
          : wordsOf(part),
      ),
      match === 'all' ? 'conjunction' : 'disjunction',
    )
  const actionsOf = ({ actions }: Rule) => actions.map(deedOf).join(' · ')
  return { conditionsOf, actionsOf, nameOf: (rule) => (rule.name === '' ? actionsOf(rule) : rule.name) }
}
