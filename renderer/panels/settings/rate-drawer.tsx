import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { parseCurrencyCode } from '../../../shared/domain/currency.ts'
import { signOfDecimal } from '../../../shared/domain/decimal.ts'
import { usePreferences } from '../../app/preferences.tsx'
import { useChange } from '../../app/queries.ts'
import { CurrencyField, DateField } from '../../components/fields.tsx'
import { SideDrawer } from '../../components/side-drawer.tsx'
import { parseTypedDecimal } from '../../format/amount-input.ts'
import { todayHere } from '../../format/date-format.ts'

/** A rate by hand, of one day. */
export function RateDrawer({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <SideDrawer opened={opened} title={t('settings.addRate')} onClose={onClose} size={420}>
      <RateForm onDone={onClose} />
    </SideDrawer>
  )
}

function RateForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const { baseCurrency } = usePreferences()
  const [base, setBase] = useState(parseCurrencyCode(baseCurrency === 'USD' ? 'EUR' : 'USD'))
  const [quote, setQuote] = useState(baseCurrency ?? parseCurrencyCode('CNY'))
  const [text, setText] = useState('')
  const [on, setOn] = useState<ReturnType<typeof todayHere> | null>(todayHere())
  const save = useChange('fx.set', { done: t('settings.rateSaved'), undoable: true, onDone })
  const typed = parseTypedDecimal(text)
  const rate = typed !== null && signOfDecimal(typed) > 0 ? typed : null
  const same = base === quote
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (rate !== null && on !== null && !same) save.mutate({ base, quote, on, rate })
      }}
    >
      <CurrencyField label={t('settings.rateFrom')} value={base} onChange={setBase} />
      <CurrencyField label={t('settings.rateTo')} value={quote} onChange={setQuote} />
      {same ? <p className="setting-trouble">{t('settings.rateSame')}</p> : null}
      <TextInput
        label={t('settings.rateValue')}
        description={t('settings.rateValueHint', { base, quote })}
        inputMode="decimal"
        autoComplete="off"
        data-autofocus
        classNames={{ input: 'numeric' }}
        value={text}
        maxLength={40}
        error={text.trim() !== '' && rate === null ? t('settings.rateInvalid') : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <DateField label={t('settings.rateDate')} description={t('settings.rateReplaces')} value={on} onChange={setOn} />
      <div className="inline-end">
        <Button type="submit" disabled={rate === null || on === null || same} loading={save.isPending}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  )
}
