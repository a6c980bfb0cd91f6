import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Credit } from '../../../shared/model/credit.ts'
import { useChange } from '../../app/queries.ts'
import { MoneyField } from '../../components/fields.tsx'
import { Money } from '../../components/money.tsx'
import { Facts } from '../../components/page.tsx'
import { SideDrawer } from '../../components/side-drawer.tsx'
import { DueDate } from './cards-table.tsx'

type Card = Credit['cards'][number]

/** One card: what is due, and the terms that say when. */
export function CardDrawer({ card, onClose }: { card: Card | null; onClose: () => void }) {
  return (
    <SideDrawer opened={card !== null} title={card?.name ?? ''} onClose={onClose}>
      {card === null ? null : <Content key={card.accountId} card={card} onClose={onClose} />}
    </SideDrawer>
  )
}

/** A whole number within bounds from what was typed: null for empty, undefined for anything else. */
export function parseDay(text: string, from: number, to: number): number | null | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return null
  if (!/^\d{1,4}$/.test(trimmed)) return undefined
  const value = Number(trimmed)
  return value >= from && value <= to ? value : undefined
}

function Content({ card, onClose }: { card: Card; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <div className="stack">
      <Facts
        rows={[
          { name: t('credit.cardOwed'), value: <Money value={card.owed} /> },
          { name: t('credit.limit'), value: <Money value={card.limit} /> },
          { name: t('credit.due'), value: <DueDate on={card.nextDueOn} /> },
        ]}
      />
      <CardTermsForm card={card} onSaved={onClose} />
      <Link href={`/account/${card.accountId}`}>{t('credit.openAccount')}</Link>
    </div>
  )
}

type Rule = 'none' | 'day' | 'days-after'

function CardTermsForm({ card, onSaved }: { card: Card; onSaved: () => void }) {
  const { t } = useTranslation()
  const due = card.terms?.due ?? null
  const [limit, setLimit] = useState<number | null | undefined>(card.terms?.limitMinor ?? null)
  const [statementDay, setStatementDay] = useState(String(card.terms?.statementDay ?? ''))
  const [rule, setRule] = useState<Rule>(due?.type ?? 'none')
  const [days, setDays] = useState(due === null ? '' : String(due.type === 'day' ? due.day : due.days))
  const save = useChange('account.update', { done: t('credit.saved'), undoable: true, onDone: onSaved })

  const statement = parseDay(statementDay, 1, 31)
  const bounds: [number, number] = rule === 'day' ? [1, 31] : [0, 60]
  const dueNumber = parseDay(days, ...bounds)
  const valid = limit !== undefined && statement !== undefined && (rule === 'none' || typeof dueNumber === 'number')
  const dayError = (value: number | null | undefined, [from, to]: [number, number]) =>
    value === undefined ? t('credit.dayInvalid', { from, to }) : undefined

  return (
    <form
      className="stack-tight"
      aria-label={t('credit.cardTerms')}
      onSubmit={(event) => {
        event.preventDefault()
        if (!valid) return
        const number = dueNumber ?? 0
        save.mutate({
          id: card.accountId,
          patch: {
            terms: {
              card: {
                limitMinor: limit,
                statementDay: statement,
                due:
                  rule === 'none'
                    ? null
                    : rule === 'day'
                      ? { type: 'day', day: number }
                      : { type: 'days-after', days: number },
              },
            },
          },
        })
      }}
    >
      <h3>{t('credit.cardTerms')}</h3>
      <MoneyField label={t('credit.creditLimit')} value={limit} currency={card.owed.currency} onChange={setLimit} />
      <TextInput
        label={t('credit.statementDayField')}
        description={t('credit.statementDayHint')}
        inputMode="numeric"
        value={statementDay}
        error={dayError(statement, [1, 31])}
        onChange={(event) => setStatementDay(event.currentTarget.value)}
      />
      <Select
        label={t('credit.dueRule')}
        allowDeselect={false}
        data={[
          { value: 'day', label: t('credit.dueRuleDay') },
          { value: 'days-after', label: t('credit.dueRuleAfter') },
          { value: 'none', label: t('credit.dueRuleNone') },
        ]}
        value={rule}
        onChange={(next) => setRule(next === 'day' || next === 'days-after' ? next : 'none')}
      />
      {rule === 'none' ? null : (
        <TextInput
          label={t(rule === 'day' ? 'credit.dueDay' : 'credit.dueDays')}
          inputMode="numeric"
          value={days}
          error={days === '' ? undefined : dayError(dueNumber, bounds)}
          onChange={(event) => setDays(event.currentTarget.value)}
        />
      )}
      <div className="inline-end">
        <Button type="submit" disabled={!valid} loading={save.isPending}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  )
}
