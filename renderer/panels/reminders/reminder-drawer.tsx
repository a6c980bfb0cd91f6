import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type CurrencyCode, parseCurrencyCode } from '../../../shared/domain/currency.ts'
import type { IsoDate } from '../../../shared/domain/iso-date.ts'
import { type OwnReminder, type Recurrence, type RollRule, rollRules } from '../../../shared/model/reminder.ts'
import { usePreferences } from '../../app/preferences.tsx'
import { useCall, useChange } from '../../app/queries.ts'
import { CurrencyField, DateField, MoneyField } from '../../components/fields.tsx'
import { SideDrawer } from '../../components/side-drawer.tsx'
import { ConfirmInline } from '../../components/small.tsx'
import { Loaded } from '../../components/states.tsx'
import { todayHere } from '../../format/date-format.ts'

/** How often, as people choose it. */
const steps = {
  everyDay: { every: 'day', interval: 1 },
  everyWeek: { every: 'week', interval: 1 },
  every2Weeks: { every: 'week', interval: 2 },
  everyMonth: { every: 'month', interval: 1 },
  everyQuarter: { every: 'month', interval: 3 },
  everyHalf: { every: 'month', interval: 6 },
  everyYear: { every: 'year', interval: 1 },
} as const
type Step = keyof typeof steps | 'never' | 'custom'
const stepKeys = Object.keys(steps) as (keyof typeof steps)[]
const rollNames = { none: 'rollNone', next: 'rollNext', previous: 'rollPrevious' } as const

function stepOf(recurrence: Recurrence | null): Step {
  if (recurrence === null) return 'never'
  const same = stepKeys.find(
    (key) => steps[key].every === recurrence.every && steps[key].interval === recurrence.interval,
  )
  return same ?? 'custom'
}

/** A reminder of one's own: added, changed, deleted. */
export function ReminderDrawer({
  edited,
  onClose,
}: {
  edited: { readonly id: number | null } | null
  onClose: () => void
}) {
  const { t } = useTranslation()
  const own = useCall('reminder.own', {}, { enabled: edited !== null && edited.id !== null })
  const adding = edited === null || edited.id === null
  return (
    <SideDrawer
      opened={edited !== null}
      title={t(adding ? 'reminders.add' : 'reminders.edit')}
      onClose={onClose}
      size={440}
    >
      {adding ? (
        <ReminderForm reminder={null} onDone={onClose} />
      ) : (
        <Loaded query={own}>
          {(all) => (
            <ReminderForm key={edited.id} reminder={all.find(({ id }) => id === edited.id) ?? null} onDone={onClose} />
          )}
        </Loaded>
      )}
    </SideDrawer>
  )
}

function ReminderForm({ reminder, onDone }: { reminder: OwnReminder | null; onDone: () => void }) {
  const { t } = useTranslation()
  const { baseCurrency } = usePreferences()
  const accounts = useCall('account.list', {}).data ?? []
  const [title, setTitle] = useState(reminder?.title ?? '')
  const [notes, setNotes] = useState(reminder?.notes ?? '')
  const [firstOn, setFirstOn] = useState<IsoDate | null>(reminder?.firstOn ?? todayHere())
  const [step, setStep] = useState<Step>(stepOf(reminder?.recurrence ?? null))
  const [lastDay, setLastDay] = useState(reminder?.recurrence?.lastDay ?? false)
  const [until, setUntil] = useState<IsoDate | null>(reminder?.recurrence?.until ?? null)
  const [minor, setMinor] = useState<number | null | undefined>(reminder?.amount?.minor ?? null)
  const [currency, setCurrency] = useState<CurrencyCode>(
    reminder?.amount?.currency ?? baseCurrency ?? parseCurrencyCode('CNY'),
  )
  const [accountId, setAccountId] = useState(reminder?.accountId ?? null)
  const [roll, setRoll] = useState<RollRule>(reminder?.roll ?? 'none')
  const add = useChange('reminder.add', { done: t('reminders.added'), undoable: true, onDone })
  const update = useChange('reminder.update', { done: t('reminders.changed'), undoable: true, onDone })
  const remove = useChange('reminder.remove', { done: t('reminders.removed'), undoable: true, onDone })
  const repeating = step !== 'never'
  const monthly = step === 'everyMonth' || step === 'everyQuarter' || step === 'everyHalf'
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (title.trim() === '' || firstOn === null || minor === undefined) return
    const kept = reminder?.recurrence ?? null
    const chosen = step === 'never' ? null : step === 'custom' ? kept : steps[step]
    const draft = {
      ...(reminder === null ? {} : { leadDays: reminder.leadDays, tellAt: reminder.tellAt }),
      ...(reminder === null ? {} : { calendar: reminder.calendar, repeatDays: reminder.repeatDays }),
      title: title.trim(),
      notes,
      firstOn,
      recurrence: chosen === null ? null : { ...chosen, lastDay: monthly ? lastDay : false, until },
      amount: minor === null ? null : { minor, currency },
      accountId,
      roll,
    }
    if (reminder === null) add.mutate(draft)
    else update.mutate({ id: reminder.id, reminder: draft })
  }
  const choices: Step[] = ['never', ...stepKeys, ...(step === 'custom' ? (['custom'] as const) : [])]
  return (
    <form className="stack" onSubmit={save}>
      <TextInput
        label={t('reminders.name')}
        required
        withAsterisk={false}
        maxLength={200}
        autoComplete="off"
        data-autofocus
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <DateField label={t('reminders.firstOn')} required value={firstOn} onChange={setFirstOn} />
      <Select
        label={t('reminders.repeats')}
        allowDeselect={false}
        data={choices.map((value) => ({ value, label: t(`reminders.${value}`) }))}
        value={step}
        onChange={(next) => setStep(choices.find((each) => each === next) ?? step)}
      />
      {monthly ? (
        <Checkbox
          label={t('reminders.lastDay')}
          checked={lastDay}
          onChange={(event) => setLastDay(event.currentTarget.checked)}
        />
      ) : null}
      {repeating ? <DateField label={t('reminders.until')} value={until} onChange={setUntil} /> : null}
      <Select
        label={t('reminders.roll')}
        allowDeselect={false}
        data={rollRules.map((value) => ({ value, label: t(`reminders.${rollNames[value]}`) }))}
        value={roll}
        onChange={(next) => setRoll(rollRules.find((each) => each === next) ?? roll)}
      />
      <div className="columns-2">
        <MoneyField label={t('reminders.amount')} value={minor} currency={currency} onChange={setMinor} />
        <CurrencyField label={t('reminders.currency')} value={currency} onChange={setCurrency} />
      </div>
      <Select
        label={t('reminders.account')}
        clearable
        searchable
        placeholder={t('reminders.noAccount')}
        data={accounts.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={accountId === null ? null : String(accountId)}
        onChange={(next) => setAccountId(next === null ? null : Number(next))}
      />
      <Textarea
        label={t('reminders.notes')}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={2000}
        value={notes}
        onChange={(event) => setNotes(event.currentTarget.value)}
      />
      <div className="drawer-foot">
        <Button
          type="submit"
          disabled={title.trim() === '' || firstOn === null || minor === undefined}
          loading={add.isPending || update.isPending}
        >
          {t('reminders.save')}
        </Button>
        {reminder === null ? null : (
          <ConfirmInline
            label={t('reminders.remove')}
            busy={remove.isPending}
            onConfirm={() => remove.mutate({ id: reminder.id })}
          />
        )}
      </div>
    </form>
  )
}
