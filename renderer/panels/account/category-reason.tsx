import { Button } from '@mantine/core'
import { IconCheck, IconListCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../shared/ipc/contract.ts'
import type { CategoryGuess } from '../../../shared/ipc/channels/rule-channels.ts'
import type { Transaction } from '../../../shared/model/transaction.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { useCall, useChange } from '../../app/queries.ts'
import { useCategories } from '../../components/category-picker.tsx'
import { ruleForName, ruleForPayee } from '../../components/rules/rule-draft.ts'
import { RuleDrawer, type RuleTarget } from '../../components/rules/rule-drawer.tsx'
import { formatDate } from '../../format/date-format.ts'
import { formatCount } from '../../format/number-format.ts'

/** The evidence of a guess in a sentence. */
export function useEvidence(): (guess: CategoryGuess) => string {
  const { t } = useTranslation()
  const language = useLanguage()
  const { nameOf } = useCategories()
  return ({ categoryId, evidence }) => {
    const values = {
      category: nameOf(categoryId) ?? '',
      count: evidence.of,
      done: formatCount(evidence.count, language),
      of: formatCount(evidence.of, language),
    }
    if (evidence.by === 'payee') {
      const said = t('rule.because.payee', { ...values, payee: evidence.payee })
      return evidence.lastOn === null
        ? said
        : `${said} ${t('rule.because.last', { date: formatDate(evidence.lastOn, language) })}`
    }
    if (evidence.by === 'similar') {
      const payees = new Intl.ListFormat(language, { type: 'conjunction' }).format(evidence.payees)
      return t('rule.because.similar', { ...values, payees })
    }
    return t('rule.because.code', { ...values, code: evidence.code })
  }
}

type Why = OutputOf<'category.explain'>

/** Why the transaction has its category, and the way to a rule. */
export function CategoryReason({ transaction }: { transaction: Transaction }) {
  const { t } = useTranslation()
  const why = useCall('category.explain', { transactionId: transaction.id }, { keepPrevious: true }).data
  const [target, setTarget] = useState<RuleTarget | null>(null)
  if (why === undefined) return null
  const name = why.cleanPayee === '' ? transaction.payee : why.cleanPayee
  const renamed = why.namedBy === 'user' && why.cleanPayee !== '' && transaction.payee !== why.cleanPayee
  const categoryId = transaction.categoryId ?? why.guess?.categoryId ?? null
  const seenName = why.namedBy === null ? name : transaction.payee
  return (
    <div className="stack-tight category-reason">
      <Reason transaction={transaction} why={why} />
      <div className="inline">
        {seenName === '' ? null : (
          <Button
            variant="default"
            size="compact-xs"
            leftSection={<IconListCheck size={13} aria-hidden="true" />}
            onClick={() => setTarget({ id: null, rule: ruleForPayee(seenName, categoryId) })}
          >
            {t('rule.makeFromThis')}
          </Button>
        )}
        {renamed ? (
          <Button
            variant="default"
            size="compact-xs"
            onClick={() => setTarget({ id: null, rule: ruleForName(why.cleanPayee, transaction.payee) })}
          >
            {t('rule.alwaysCallIt', { name: transaction.payee })}
          </Button>
        ) : null}
      </div>
      <RuleDrawer target={target} onClose={() => setTarget(null)} />
    </div>
  )
}

/** A category that nobody has chosen: what the learner suggests, or what it has filed and the user may confirm. */
export function CategorySuggestion({ transaction }: { transaction: Transaction }) {
  const { t } = useTranslation()
  const why = useCall('category.explain', { transactionId: transaction.id }, { keepPrevious: true }).data
  const { nameOf } = useCategories()
  const evidence = useEvidence()
  const accept = useChange('transaction.update', { done: t('account.transactionSaved'), undoable: true })
  if (why === undefined || transaction.splits.length > 0) return null
  const { guess, source } = why
  const take = (categoryId: number, label: string) => (
    <Button
      size="compact-xs"
      leftSection={<IconCheck size={13} aria-hidden="true" />}
      loading={accept.isPending}
      onClick={() => accept.mutate({ ids: [transaction.id], patch: { categoryId } })}
    >
      {label}
    </Button>
  )
  if (source === null && guess !== null) {
    const name = nameOf(guess.categoryId) ?? ''
    return (
      <div className="suggestion">
        <p>
          <strong>{t('rule.suggested', { category: name })}</strong> {evidence(guess)}
        </p>
        {take(guess.categoryId, t('rule.accept', { category: name }))}
      </div>
    )
  }
  if (source !== 'learned' || transaction.categoryId === null) return null
  return (
    <div className="suggestion">
      <p>
        {t('rule.source.learned')} {guess?.categoryId === transaction.categoryId ? evidence(guess) : ''}
      </p>
      {take(transaction.categoryId, t('rule.confirm'))}
    </div>
  )
}

function Reason({ transaction, why }: { transaction: Transaction; why: Why }) {
  const { t } = useTranslation()
  const { source } = why
  if (source === null || source === 'learned' || transaction.categoryId === null) return null
  const said =
    source === 'rule'
      ? why.rule === null || why.rule.name === ''
        ? t('rule.source.rule')
        : t('rule.source.ruleNamed', { name: why.rule.name })
      : source === 'merchant-code'
        ? t('rule.source.code', { code: why.merchantCategory ?? '' })
        : source === 'file'
          ? t('rule.source.file', { category: transaction.sourceCategory ?? '' })
          : t('rule.source.user')
  return <p className="muted small">{said}</p>
}
