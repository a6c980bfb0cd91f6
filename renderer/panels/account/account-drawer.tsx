import { Button, Switch, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { accountKindOf } from '../../../shared/model/account-kinds.ts'
import type { Account } from '../../../shared/model/account.ts'
import { usePreferences } from '../../app/preferences.tsx'
import { useChange } from '../../app/queries.ts'
import { Attachments } from '../../components/attachments.tsx'
import { CurrencyField, DateField, MoneyField } from '../../components/fields.tsx'
import { KindField } from '../../components/kind-field.tsx'
import { OwnersField } from '../../components/owners-field.tsx'
import { ConfirmInline } from '../../components/small.tsx'
import { SideDrawer } from '../../components/side-drawer.tsx'
import {
  type AccountForm,
  draftOf,
  emptyForm,
  formOf,
  hasCardTerms,
  followed,
  hasLoanTerms,
  isDebt,
  patchOf,
} from './account-form.ts'
import { CardTermsFields, LoanTermsFields } from './account-terms.tsx'
import { DetailFields } from './detail-fields.tsx'
import { InstitutionField } from './institution-field.tsx'

interface AccountDrawerProps {
  /** Null: a new one. */
  readonly account: Account | null
  readonly opened: boolean
  readonly onClose: () => void
  readonly onCreated?: (account: Account) => void
  readonly onDeleted?: () => void
}

export function AccountDrawer({ account, opened, onClose, onCreated, onDeleted }: AccountDrawerProps) {
  const { t } = useTranslation()
  return (
    <SideDrawer opened={opened} onClose={onClose} title={t(account === null ? 'account.new' : 'account.edit')}>
      <AccountFields
        key={account?.id ?? 'new'}
        account={account}
        onClose={onClose}
        onCreated={onCreated}
        onDeleted={onDeleted}
      />
    </SideDrawer>
  )
}

function AccountFields({
  account,
  onClose,
  onCreated,
  onDeleted,
}: {
  account: Account | null
  onClose: () => void
  onCreated: ((account: Account) => void) | undefined
  onDeleted: (() => void) | undefined
}) {
  const { t } = useTranslation()
  const { baseCurrency } = usePreferences()
  const [form, setForm] = useState<AccountForm | null>(() =>
    account === null ? (baseCurrency === null ? null : emptyForm(baseCurrency)) : formOf(account),
  )
  const [shownOf, setShownOf] = useState(account)
  if (account !== null && shownOf !== null && account !== shownOf) {
    // an undo, say, that the drawer was opened before: what nobody has typed over is what the vault says now
    setShownOf(account)
    if (form !== null) setForm(followed(form, formOf(shownOf), formOf(account)))
  }
  const create = useChange('account.create', {
    done: t('account.created'),
    undoable: true,
    onDone: (made) => {
      onClose()
      onCreated?.(made)
    },
  })
  const update = useChange('account.update', { done: t('account.saved'), undoable: true, onDone: onClose })
  const remove = useChange('account.delete', {
    done: t('account.deleted'),
    undoable: true,
    onDone: () => {
      onClose()
      onDeleted?.()
    },
  })
  if (form === null) return null
  const set = (part: Partial<AccountForm>) => setForm({ ...form, ...part })
  const draft = account === null ? draftOf(form) : null
  const patch = account === null ? null : patchOf(form, account)
  const { valuedBy } = accountKindOf(form.kind)
  const points = valuedBy === 'points'
  const debt = isDebt(form.kind)
  const save = () => {
    if (account === null) {
      if (draft !== null) create.mutate(draft)
    } else if (patch !== null) {
      if (Object.keys(patch).length === 0) onClose()
      else update.mutate({ id: account.id, patch })
    }
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <KindField value={form.kind} onChange={(kind) => set({ kind })} />
      <TextInput
        label={t('account.name')}
        value={form.name}
        maxLength={500}
        required
        withAsterisk={false}
        data-autofocus
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <div className="columns-2">
        <InstitutionField value={form.institution} onChange={(institution) => set({ institution })} />
        <TextInput
          label={t('account.number')}
          value={form.number}
          maxLength={64}
          autoComplete="off"
          placeholder={account?.maskedNumber ?? ''}
          description={
            account?.maskedNumber == null
              ? t('account.numberHint')
              : t('account.numberKept', { number: account.maskedNumber })
          }
          inputWrapperOrder={['label', 'input', 'description']}
          onChange={(event) => set({ number: event.currentTarget.value })}
        />
      </div>
      <CurrencyField
        label={t('account.currency')}
        value={form.currency}
        disabled={account !== null && account.transactionCount > 0}
        description={account !== null && account.transactionCount > 0 ? t('account.currencyFixed') : undefined}
        onChange={(currency) => set({ currency })}
      />
      {valuedBy === 'valuation' ? null : (
        <div className="columns-2">
          <MoneyField
            key={form.currency}
            label={t(points ? 'kind.points' : debt ? 'account.openingDebt' : 'account.opening')}
            plain={points}
            currency={form.currency}
            value={form.opening}
            onChange={(opening) => set({ opening })}
          />
          <DateField
            label={t('account.openingOn')}
            value={form.openingOn}
            onChange={(openingOn) => set({ openingOn })}
          />
        </div>
      )}
      {points ? <p className="muted small">{t('kind.pointsHint')}</p> : null}
      {hasCardTerms(form.kind) ? <CardTermsFields form={form} set={set} /> : null}
      {hasLoanTerms(form.kind) ? <LoanTermsFields form={form} set={set} /> : null}
      <OwnersField value={form.owners ?? []} onChange={(owners) => set({ owners })} />
      <DetailFields
        kind={form.kind}
        currency={form.currency}
        details={form.details}
        set={(details) => set({ details })}
      />
      <Textarea
        label={t('account.notes')}
        value={form.notes}
        maxLength={20_000}
        autosize
        minRows={2}
        onChange={(event) => set({ notes: event.currentTarget.value })}
      />
      {account === null ? null : (
        <>
          <Switch
            label={t('account.inNetWorth')}
            checked={form.inNetWorth}
            onChange={(event) => set({ inNetWorth: event.currentTarget.checked })}
          />
          <Switch
            label={t('account.isHidden')}
            checked={form.hidden}
            onChange={(event) => set({ hidden: event.currentTarget.checked })}
          />
          <DateField label={t('account.closedOn')} value={form.closedOn} onChange={(closedOn) => set({ closedOn })} />
          <div className="stack-tight">
            <h3>{t('account.attachments')}</h3>
            <Attachments owner={{ type: 'account', id: account.id }} />
          </div>
        </>
      )}
      <div className="drawer-actions">
        {account === null ? (
          <span />
        ) : (
          <ConfirmInline
            label={t('account.delete')}
            confirm={t('common.delete')}
            question={t('account.deleteQuestion', { count: account.transactionCount })}
            busy={remove.isPending}
            onConfirm={() => remove.mutate({ id: account.id })}
          />
        )}
        <span className="inline">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            type="submit"
            disabled={account === null ? draft === null : patch === null}
            loading={create.isPending || update.isPending}
          >
            {t('account.save')}
          </Button>
        </span>
      </div>
    </form>
  )
}
