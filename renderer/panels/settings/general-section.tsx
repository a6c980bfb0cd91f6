import { SegmentedControl, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePreferences } from '../../app/preferences.tsx'
import { useCall, useChange } from '../../app/queries.ts'
import { CurrencyField } from '../../components/fields.tsx'
import { Section } from '../../components/page.tsx'
import { Loaded } from '../../components/states.tsx'
import { SettingRow } from './setting-row.tsx'

const languages = ['system', 'zh-CN', 'en'] as const
const themes = ['system', 'light', 'dark'] as const
const gains = ['locale', 'red', 'green'] as const

/** How things look and speak, and the currency of totals. */
export function GeneralSection() {
  const { t } = useTranslation()
  const { settings } = usePreferences()
  const save = useChange('settings.set')
  const vault = useCall('vaultSettings.get', {})
  return (
    <>
      <Section title={t('settings.sections.general')}>
        <SettingRow name={t('settings.language')}>
          <SegmentedControl
            aria-label={t('settings.language')}
            value={settings.language}
            data={[
              { value: 'system', label: t('settings.languageSystem') },
              { value: 'zh-CN', label: '简体中文' },
              { value: 'en', label: 'English' },
            ]}
            onChange={(value) => save.mutate({ language: languages.find((one) => one === value) ?? 'system' })}
          />
        </SettingRow>
        <SettingRow name={t('settings.theme')}>
          <SegmentedControl
            aria-label={t('settings.theme')}
            value={settings.theme}
            data={themes.map((theme) => ({ value: theme, label: t(`settings.themes.${theme}`) }))}
            onChange={(value) => save.mutate({ theme: themes.find((one) => one === value) ?? 'system' })}
          />
        </SettingRow>
        <SettingRow name={t('settings.gainColour')} hint={t('settings.gainHint')}>
          <SegmentedControl
            aria-label={t('settings.gainColour')}
            value={settings.gainColour}
            data={gains.map((gain) => ({ value: gain, label: t(`settings.gainColours.${gain}`) }))}
            onChange={(value) => save.mutate({ gainColour: gains.find((one) => one === value) ?? 'locale' })}
          />
        </SettingRow>
        <SettingRow name={t('settings.mask')} hint={t('settings.maskHint', { keys: 'Ctrl/⌘ ⇧ H' })}>
          <Switch
            aria-label={t('settings.mask')}
            checked={settings.maskAmounts}
            onChange={(event) => save.mutate({ maskAmounts: event.currentTarget.checked })}
          />
        </SettingRow>
      </Section>
      <Loaded query={vault}>{(values) => <VaultValues key={values.ownerName} {...values} />}</Loaded>
    </>
  )
}

function VaultValues({ baseCurrency, ownerName }: {
  baseCurrency: Parameters<typeof CurrencyField>[0]['value']
  ownerName: string
}) {
  const { t } = useTranslation()
  const [name, setName] = useState(ownerName)
  const save = useChange('vaultSettings.set')
  return (
    <Section>
      <SettingRow name={t('settings.baseCurrency')} hint={t('settings.baseCurrencyHint')}>
        <CurrencyField
          hideLabel
          label={t('settings.baseCurrency')}
          value={baseCurrency}
          onChange={(currency) => save.mutate({ baseCurrency: currency })}
        />
      </SettingRow>
      <SettingRow name={t('settings.ownerName')} hint={t('settings.ownerNameHint')}>
        <TextInput
          aria-label={t('settings.ownerName')}
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.currentTarget.value)}
          onBlur={() => {
            if (name.trim() !== ownerName) save.mutate({ ownerName: name.trim() })
          }}
        />
      </SettingRow>
    </Section>
  )
}
