import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CurrencyCode } from '../../../shared/domain/currency.ts'
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

type Vehicle = Life['vehicles'][number]
/** Null: closed; 'new': an empty form. */
export type VehicleTarget = Vehicle | 'new' | null

export function VehicleDrawer({
  target,
  currency,
  onClose,
}: {
  target: VehicleTarget
  currency: CurrencyCode
  onClose: () => void
}) {
  const { t } = useTranslation()
  const title = target === 'new' ? t('life.addVehicle') : (target?.name ?? t('life.editVehicle'))
  return (
    <SideDrawer opened={target !== null} title={title} onClose={onClose}>
      {target === null ? null : (
        <VehicleForm
          key={target === 'new' ? 'new' : target.accountId}
          vehicle={target === 'new' ? null : target}
          currency={currency}
          onDone={onClose}
        />
      )}
    </SideDrawer>
  )
}

function VehicleForm({
  vehicle,
  currency,
  onDone,
}: {
  vehicle: Vehicle | null
  currency: CurrencyCode
  onDone: () => void
}) {
  const { t } = useTranslation()
  const facts = vehicle?.facts
  const [draft, setDraft] = useThingDraft(vehicle, currency)
  const [plate, setPlate] = useState(facts?.plate ?? '')
  const [registeredOn, setRegisteredOn] = useState(facts?.registeredOn ?? null)
  const [purchaseMinor, setPurchaseMinor] = useState<number | null | undefined>(facts?.purchaseMinor ?? null)
  const [loanAccountId, setLoanAccountId] = useState(facts?.loanAccountId ?? null)
  const [inspectionDueOn, setInspectionDueOn] = useState(facts?.inspectionDueOn ?? null)
  const [insuranceDueOn, setInsuranceDueOn] = useState(facts?.insuranceDueOn ?? null)
  const save = useChange('vehicle.save', { done: t('life.saved'), undoable: true, onDone })
  const remove = useChange('account.delete', { done: t('life.deleted'), undoable: true, onDone })

  const complete = isCompleteThing(draft) && purchaseMinor !== undefined
  const fields = { draft, onChange: setDraft, isNew: vehicle === null }
  return (
    <form
      className="stack"
      aria-label={t('life.editVehicle')}
      onSubmit={(event) => {
        event.preventDefault()
        if (!complete) return
        save.mutate({
          ...thingInput(draft, vehicle),
          facts: {
            plate: plate.trim(),
            registeredOn,
            purchaseMinor: purchaseMinor ?? null,
            loanAccountId,
            inspectionDueOn,
            insuranceDueOn,
          },
        })
      }}
    >
      <div className="stack-tight">
        <ThingNameField {...fields} />
        <ThingValueFields {...fields} />
        <TextInput label={t('life.plate')} value={plate} onChange={(event) => setPlate(event.currentTarget.value)} />
        <div className="columns-2">
          <DateField label={t('life.registeredOn')} value={registeredOn} onChange={setRegisteredOn} />
          <MoneyField
            label={t('life.purchasePrice')}
            value={purchaseMinor}
            currency={draft.currency}
            onChange={setPurchaseMinor}
          />
          <DateField label={t('life.inspectionDueOn')} value={inspectionDueOn} onChange={setInspectionDueOn} />
          <DateField label={t('life.insuranceDueOn')} value={insuranceDueOn} onChange={setInsuranceDueOn} />
        </div>
        <LoanField label={t('life.vehicleLoan')} value={loanAccountId} onChange={setLoanAccountId} />
        <ThingNotesField {...fields} />
      </div>
      {vehicle === null ? null : <ValuationList accountId={vehicle.accountId} currency={draft.currency} />}
      <div className="spread">
        {vehicle === null ? (
          <span />
        ) : (
          <ConfirmInline
            label={t('life.deleteThing')}
            busy={remove.isPending}
            onConfirm={() => remove.mutate({ id: vehicle.accountId })}
          />
        )}
        <Button type="submit" disabled={!complete} loading={save.isPending}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  )
}
