import { Button, Select, Switch, TextInput } from '@mantine/core'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  kindDefaults,
  type ReminderKind,
  reminderKinds,
  type ReminderSettings,
  rollRules,
} from '../../../shared/model/reminder.ts'
import { Section } from '../../components/page.tsx'
import { parseLeadDays } from './lead-days.ts'
import { useChangeReminderSettings } from './use-reminder-settings.ts'

/** The kinds that most households meet; the rest behind a button. */
const usualKinds: readonly ReminderKind[] = [
  'card-payment',
  'loan-instalment',
  'insurance-premium',
  'deposit-maturity',
  'document-expiry',
  'vehicle-inspection',
  'own',
]

type Choice = NonNullable<ReminderSettings['kinds'][ReminderKind]>

const asUsual: Choice = { told: true, leadDays: null, roll: null }

/** By kind of reminder: whether it is told of, how long before, and where a day that is no working day moves to. */
export function ReminderKinds({ settings }: { settings: ReminderSettings }) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const change = useChangeReminderSettings()
  return (
    <Section title={t('reminders.settings.kinds')} hint={t('reminders.settings.kindsText')}>
      <div className="kind-row kind-heads" aria-hidden="true">
        <span />
        <span>{t('reminders.settings.leads')}</span>
        <span>{t('reminders.roll')}</span>
        <span>{t('reminders.settings.told')}</span>
      </div>
      {(all ? reminderKinds : usualKinds).map((kind) => {
        const choice = settings.kinds[kind] ?? asUsual
        return (
          <KindRow
            key={`${kind} ${(choice.leadDays ?? []).join()}`}
            kind={kind}
            choice={choice}
            onSave={(patch) =>
              change((now) => ({
                ...now,
                kinds: { ...now.kinds, [kind]: { ...(now.kinds[kind] ?? asUsual), ...patch } },
              }))
            }
          />
        )
      })}
      {all ? null : (
        <Button variant="subtle" size="xs" onClick={() => setAll(true)}>
          {t('reminders.settings.leadsMore')}
        </Button>
      )}
    </Section>
  )
}

function KindRow({
  kind,
  choice,
  onSave,
}: {
  kind: ReminderKind
  choice: Choice
  onSave: (patch: Partial<Choice>) => void
}) {
  const { t } = useTranslation()
  const id = useId()
  const [typed, setTyped] = useState(choice.leadDays === null ? '' : choice.leadDays.join(', '))
  const parsed = parseLeadDays(typed)
  const { leadDays: usual, dayStays } = kindDefaults[kind]
  const name = t(`reminder.kind.${kind}`)
  const rollName = {
    none: 'reminders.rollNone',
    next: 'reminders.rollNext',
    previous: 'reminders.rollPrevious',
  } as const
  return (
    <div className="kind-row" data-off={!choice.told}>
      <span id={id} className="setting-name">
        {name}
      </span>
      <div className="kind-lead">
        <span className="kind-label" aria-hidden="true">
          {t('reminders.settings.leads')}
        </span>
        <TextInput
          size="xs"
          aria-label={t('reminders.settings.leadOf', { kind: name })}
          autoComplete="off"
          classNames={{ input: 'numeric' }}
          disabled={!choice.told}
          placeholder={
            usual.length === 0
              ? t('reminders.settings.onlyListed')
              : t('reminders.settings.leadDefault', { days: usual.join(', ') })
          }
          error={parsed === undefined ? t('reminders.settings.leadInvalid') : undefined}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={() => {
            if (parsed !== undefined && (parsed ?? []).join() !== (choice.leadDays ?? []).join())
              onSave({ leadDays: parsed })
          }}
        />
      </div>
      <div className="kind-roll">
        {dayStays ? null : (
          <>
            <span className="kind-label" aria-hidden="true">
              {t('reminders.roll')}
            </span>
            <Select
              size="xs"
              aria-label={t('reminders.settings.rollOf', { kind: name })}
              allowDeselect={false}
              data={[
                { value: '', label: t('reminders.settings.rollUsual') },
                ...rollRules.map((rule) => ({ value: rule as string, label: t(rollName[rule]) })),
              ]}
              value={choice.roll ?? ''}
              onChange={(next) => onSave({ roll: rollRules.find((rule) => rule === next) ?? null })}
            />
          </>
        )}
      </div>
      <Switch
        className="kind-told"
        aria-label={t('reminders.settings.toldKind', { kind: name })}
        checked={choice.told}
        onChange={(event) => onSave({ told: event.currentTarget.checked })}
      />
    </div>
  )
}
