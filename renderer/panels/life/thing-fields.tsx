import { Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import type { Life } from '../../../shared/model/life.ts'
import { useCall, useChange } from '../../app/queries.ts'
import { CurrencyField, DateField, MoneyField } from '../../components/fields.tsx'
import { Money } from '../../components/money.tsx'
import { ConfirmInline } from '../../components/small.tsx'
import { formatDate, todayHere } from '../../format/date-format.ts'
import { useLanguage } from '../../app/preferences.tsx'

type Thing = Life['homes'][number] | Life['vehicles'][number]

/** What homes and vehicles have in common, as typed so far. */
export interface ThingDraft {
  readonly name: string
  readonly currency: CurrencyCode
  readonly valueMinor: number | null | undefined
  readonly valueOn: IsoDate | null
  readonly notes: string
}

export function useThingDraft(thing: Thing | null, baseCurrency: CurrencyCode) {
  return useState<ThingDraft>({
    name: thing?.name ?? '',
    currency: thing?.value?.currency ?? baseCurrency,
    valueMinor: null,
    valueOn: todayHere(),
    notes: thing?.notes ?? '',
  })
}

/** Whether it can be saved. */
export function isCompleteThing(draft: ThingDraft): boolean {
  return (
    draft.name.trim() !== '' && draft.valueMinor !== undefined && (draft.valueMinor === null || draft.valueOn !== null)
  )
}

/** The part of the call that homes and vehicles share. An empty value leaves the earlier ones as they are. */
export function thingInput(draft: ThingDraft, thing: Thing | null) {
  const { valueMinor, valueOn } = draft
  return {
    ...(thing === null ? {} : { accountId: thing.accountId }),
    name: draft.name.trim(),
    currency: draft.currency,
    value: typeof valueMinor === 'number' && valueOn !== null ? { on: valueOn, minor: valueMinor } : null,
    notes: draft.notes,
  }
}

interface FieldsProps {
  readonly draft: ThingDraft
  readonly onChange: (draft: ThingDraft) => void
  readonly isNew: boolean
}

export function ThingNameField({ draft, onChange, isNew }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput
        label={t('life.name')}
        {...(isNew ? { 'data-autofocus': true } : {})}
        required
        withAsterisk={false}
        value={draft.name}
        onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
      />
      {isNew ? (
        <CurrencyField
          label={t('life.currency')}
          value={draft.currency}
          onChange={(currency) => onChange({ ...draft, currency })}
        />
      ) : null}
    </>
  )
}

export function ThingValueFields({ draft, onChange }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <div className="stack-tight">
      <div className="columns-2">
        <MoneyField
          label={t('life.value')}
          value={draft.valueMinor}
          currency={draft.currency}
          onChange={(valueMinor) => onChange({ ...draft, valueMinor })}
        />
        <DateField
          label={t('life.valueOn')}
          value={draft.valueOn}
          onChange={(valueOn) => onChange({ ...draft, valueOn })}
        />
      </div>
      <p className="faint small">{t('life.valueHint')}</p>
    </div>
  )
}

export function ThingNotesField({ draft, onChange }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <Textarea
      label={t('life.notes')}
      autosize
      minRows={2}
      value={draft.notes}
      onChange={(event) => onChange({ ...draft, notes: event.currentTarget.value })}
    />
  )
}

/** The loan against it, of the loan accounts there are. */
export function LoanField({
  label,
  value,
  onChange,
}: {
  label: string
  value: number | null
  onChange: (accountId: number | null) => void
}) {
  const { t } = useTranslation()
  const accounts = useCall('account.list', {})
  const loans = (accounts.data ?? []).filter((account) => account.class === 'loan')
  return (
    <Select
      label={label}
      clearable
      placeholder={t('life.noLoan')}
      nothingFoundMessage={t('common.noMatches')}
      data={loans.map((account) => ({ value: String(account.id), label: account.name }))}
      value={value === null ? null : String(value)}
      onChange={(next) => onChange(next === null ? null : Number(next))}
    />
  )
}

/** Earlier values, newest first; a wrong one can be deleted. */
export function ValuationList({ accountId, currency }: { accountId: number; currency: CurrencyCode }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const query = useCall('valuation.list', { accountId })
  const remove = useChange('valuation.delete', { done: t('life.deleted'), undoable: true })
  const values = query.data ?? []
  if (values.length === 0) return null
  return (
    <section className="stack-tight" aria-label={t('life.values')}>
      <h3>{t('life.values')}</h3>
      <ul className="stack-tight">
        {values
          .toSorted((a, b) => (a.on < b.on ? 1 : -1))
          .map((value) => (
            <li key={value.id} className="spread">
              <span className="two-lines">
                <span className="numeric">{formatDate(value.on, language)}</span>
                {value.note === '' ? null : <span className="faint small">{value.note}</span>}
              </span>
              <span className="inline-end">
                <Money value={{ minor: value.valueMinor, currency }} />
                <ConfirmInline
                  label={t('common.delete')}
                  size="xs"
                  question={t('life.deleteValue')}
                  onConfirm={() => remove.mutate({ id: value.id })}
                />
              </span>
            </li>
          ))}
      </ul>
    </section>
  )
}
