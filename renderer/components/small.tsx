import { Button, Kbd, Tooltip } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { RateNote as RateNoteValue } from '../../shared/model/figures.ts'
import { useLanguage } from '../app/preferences.tsx'
import { formatDate } from '../format/date-format.ts'
import { currencyName } from '../format/money-format.ts'

/** Keys as people of this system know them: ⌘ on a Mac, Ctrl elsewhere. */
export function KeyHint({ keys }: { keys: readonly string[] }) {
  const mac = navigator.userAgent.includes('Mac')
  return (
    <span className="key-hint" aria-hidden="true">
      {keys.map((key) => (
        <Kbd key={key} size="xs">
          {key === 'mod' ? (mac ? '⌘' : 'Ctrl') : key === 'shift' ? '⇧' : key}
        </Kbd>
      ))}
    </span>
  )
}

/** A word with its explanation, on hover and on focus. */
export function Term({ children, meaning }: { children: ReactNode; meaning: string }) {
  return (
    <Tooltip label={meaning} multiline w={280} events={{ hover: true, focus: true, touch: true }}>
      <button type="button" className="term">
        {children}
      </button>
    </Tooltip>
  )
}

/** Notes of one date together, those without any rate first. */
export function groupRateNotes(
  notes: readonly RateNoteValue[],
): { readonly on: RateNoteValue['usedRateOn']; readonly currencies: RateNoteValue['currency'][] }[] {
  const groups = new Map<RateNoteValue['usedRateOn'], RateNoteValue['currency'][]>()
  for (const { usedRateOn, currency } of notes) groups.set(usedRateOn, [...(groups.get(usedRateOn) ?? []), currency])
  return [...groups]
    .map(([on, currencies]) => ({ on, currencies }))
    .toSorted((a, b) => (a.on === null ? -1 : b.on === null ? 1 : a.on < b.on ? 1 : -1))
}

/** The rates behind a figure that are not of its day, and what is missing from it. Nothing where all is well. */
export function RateNotes({ notes }: { notes: readonly RateNoteValue[] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (notes.length === 0) return null
  const list = new Intl.ListFormat(language, { type: 'conjunction' })
  return (
    <ul className="rate-notes">
      {groupRateNotes(notes).map(({ on, currencies }) => {
        const currency = list.format(currencies.map((code) => currencyName(code, language)))
        return (
          <li key={on ?? 'missing'} data-missing={on === null}>
            {on === null ? (
              <>
                {t('common.rateMissing', { currency })}
                {' · '}
                <Link href="/settings/rates">{t('common.rateAdd')}</Link>
              </>
            ) : (
              t('common.rateNote', { currency, date: formatDate(on, language) })
            )}
          </li>
        )
      })}
    </ul>
  )
}

/** A dangerous action asks once more in its own place. */
export function ConfirmInline({
  label,
  question,
  confirm,
  onConfirm,
  busy = false,
  size = 'sm',
  name,
}: {
  label: string
  /** What screen readers say instead of the label, where many such buttons stand together. */
  name?: string
  question?: string
  confirm?: string
  onConfirm: () => void
  busy?: boolean
  size?: 'xs' | 'sm'
}) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  if (!asking) {
    return (
      <Button
        variant="subtle"
        color="red"
        size={size}
        loading={busy}
        {...(name === undefined ? {} : { 'aria-label': name })}
        onClick={() => setAsking(true)}
      >
        {label}
      </Button>
    )
  }
  return (
    <span className="confirm-inline">
      <span>{question ?? t('common.reallyDelete')}</span>
      <Button
        color="red"
        size={size}
        loading={busy}
        data-autofocus
        onClick={() => {
          setAsking(false)
          onConfirm()
        }}
      >
        {confirm ?? label}
      </Button>
      <Button variant="default" size={size} onClick={() => setAsking(false)}>
        {t('common.cancel')}
      </Button>
    </span>
  )
}

/** A small word in a box: a state, a kind. Tone never carries the meaning alone. */
export function Badge({
  children,
  tone = 'neutral',
}: {
  children: ReactNode
  tone?: 'neutral' | 'accent' | 'attention' | 'negative' | 'positive' | 'information'
}) {
  return (
    <span className="badge" data-tone={tone}>
      {children}
    </span>
  )
}

/** A line that informs or warns, in place. */
export function Notice({
  tone = 'information',
  children,
}: {
  tone?: 'information' | 'attention' | 'negative' | 'positive'
  children: ReactNode
}) {
  return (
    <div className="notice" data-tone={tone}>
      {children}
    </div>
  )
}

export interface ClassBarPart {
  readonly key: string
  readonly name: string
  readonly share: number
  readonly figure: ReactNode
  readonly detail?: ReactNode
}

/** Shares of a whole: one bar in chart colours, and beneath it each part by name, so colour is never needed to read it. */
export function ClassBar({ label, parts }: { label: string; parts: readonly ClassBarPart[] }) {
  const shown = parts.filter((part) => part.share > 0)
  return (
    <div className="class-bar-block">
      <div className="class-bar" aria-hidden="true">
        {shown.map((part) => (
          <span
            key={part.key}
            data-series={parts.indexOf(part) % 8}
            style={{ flexGrow: Math.max(part.share, 0.004) }}
          />
        ))}
      </div>
      <ul className="class-list" aria-label={label}>
        {parts.map((part, index) => (
          <li key={part.key}>
            <span className="swatch" data-series={index % 8} aria-hidden="true" />
            <span className="clip">{part.name}</span>
            <span className="class-detail">{part.detail}</span>
            <span className="class-figure">{part.figure}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
