import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CurrencyCode } from '../../../shared/domain/currency.ts'
import { tryParseDecimal } from '../../../shared/domain/decimal.ts'
import type { Life } from '../../../shared/model/life.ts'
import { useChange } from '../../app/queries.ts'
import { DateField, MoneyField } from '../../components/fields.tsx'
import { SideDrawer } from '../../components/side-drawer.tsx'
import { ConfirmInline } from '../../components/small.tsx'
import {
  isCompleteThing,
  LoanField,
  ThingNameField,
  ThingNotesField,
  ThingValueFields,
  thingInput,
  useThingDraft,
  ValuationList,
} from './thing-fields.tsx'

type Home = Life['homes'][number]
/** Null: closed; 'new': an empty form. */
export type HomeTarget = Home | 'new' | null

export function HomeDrawer({
  target,
  currency,
  onClose,
}: {
  target: HomeTarget
  currency: CurrencyCode
  onClose: () => void
}) {
  const { t } = useTranslation()
  const title = target === 'new' ? t('life.addHome') : (target?.name ?? t('life.editHome'))
  return (
    <SideDrawer opened={target !== null} title={title} onClose={onClose}>
      {target === null ? null : (
        <HomeForm
          key={target === 'new' ? 'new' : target.accountId}
          home={target === 'new' ? null : target}
          currency={currency}
          onDone={onClose}
        />
      )}
    </SideDrawer>
  )
}

function HomeForm({ home, currency, onDone }: { home: Home | null; currency: CurrencyCode; onDone: () => void }) {
  const { t } = useTranslation()
  const [draft, setDraft] = useThingDraft(home, currency)
  const [address, setAddress] = useState(home?.facts.address ?? '')
  const [area, setArea] = useState<string>(home?.facts.areaSquareMetres ?? '')
  const [purchasedOn, setPurchasedOn] = useState(home?.facts.purchasedOn ?? null)
  const [purchaseMinor, setPurchaseMinor] = useState<number | null | undefined>(home?.facts.purchaseMinor ?? null)
  const [mortgageAccountId, setMortgageAccountId] = useState(home?.facts.mortgageAccountId ?? null)
  const save = useChange('home.save', { done: t('life.saved'), undoable: true, onDone })
  const remove = useChange('account.delete', { done: t('life.deleted'), undoable: true, onDone })

  const areaSquareMetres = area.trim() === '' ? null : tryParseDecimal(area)
  const areaInvalid = area.trim() !== '' && areaSquareMetres === null
  const complete = isCompleteThing(draft) && !areaInvalid && purchaseMinor !== undefined
  const fields = { draft, onChange: setDraft, isNew: home === null }
  return (
    <form
      className="stack"
      aria-label={t('life.editHome')}
      onSubmit={(event) => {
        event.preventDefault()
        if (!complete) return
        save.mutate({
          ...thingInput(draft, home),
          facts: {
            address: address.trim(),
            areaSquareMetres,
            purchasedOn,
            purchaseMinor: purchaseMinor ?? null,
            mortgageAccountId,
          },
        })
      }}
    >
      <div className="stack-tight">
        <ThingNameField {...fields} />
        <ThingValueFields {...fields} />
        <TextInput
          label={t('life.address')}
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <TextInput
          label={t('life.area')}
          inputMode="decimal"
          value={area}
          error={areaInvalid ? t('life.areaInvalid') : undefined}
          onChange={(event) => setArea(event.currentTarget.value)}
        />
        <div className="columns-2">
          <DateField label={t('life.purchasedOn')} value={purchasedOn} onChange={setPurchasedOn} />
          <MoneyField
            label={t('life.purchasePrice')}
            value={purchaseMinor}
            currency={draft.currency}
            onChange={setPurchaseMinor}
          />
        </div>
        <LoanField label={t('life.mortgage')} value={mortgageAccountId} onChange={setMortgageAccountId} />
        <ThingNotesField {...fields} />
      </div>
      {home === null ? null : <ValuationList accountId={home.accountId} currency={draft.currency} />}
      <div className="spread">
        {home === null ? (
          <span />
        ) : (
          <ConfirmInline
            label={t('life.deleteThing')}
            busy={remove.isPending}
            onConfirm={() => remove.mutate({ id: home.accountId })}
          />
        )}
        <Button type="submit" disabled={!complete} loading={save.isPending}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  )
}
