import { SegmentedControl, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { money } from '../../../shared/domain/money.ts'
import type { AppSettings, VaultSettings } from '../../../shared/model/settings.ts'
import { usePreferences } from '../../app/preferences.tsx'
import { useCall, useChange } from '../../app/queries.ts'
import { CurrencyField } from '../../components/fields.tsx'
import { Change } from '../../components/money.tsx'
import { Section } from '../../components/page.tsx'
import { Loaded } from '../../components/states.tsx'
import { currencyName } from '../../format/money-format.ts'
import { SettingRow } from './setting-row.tsx'

const languages: readonly AppSettings['language'][] = ['system', 'zh-CN', 'en']
const themes: readonly AppSettings['theme'][] = ['system', 'light', 'dark']
const gainColours: readonly AppSettings['gainColour'][] = ['locale', 'red', 'green']

export function GeneralSection() {
  const query = useCall('vaultSettings.get', {})
  return (
    <>
      <Appearance />
      <Loaded query={query}>{(settings) => <VaultFacts key={settings.ownerName} settings={settings} />}</Loaded>
    </>
  )
}

function Appearance() {
  const { t } = useTranslation()
  const { settings, baseCurrency } = usePreferences()
  const save = useChange('settings.set')
  const languageNames = { system: t('settings.languageSystem'), 'zh-CN': '简体中文', en: 'English' }
  const themeNames = {
    system: t('settings.themeSystem'),
    light: t('settings.themeLight'),
    dark: t('settings.themeDark'),
  }
  const gainNames = { locale: t('settings.gainLocale'), red: t('settings.gainRed'), green: t('settings.gainGreen') }
  return (
    <Section title={t('settings.appearance')} hint={t('settings.appearanceHint')}>
      <SettingRow name={t('settings.language')}>
        {({ labelId }) => (
          <Select
            aria-labelledby={labelId}
            allowDeselect={false}
            data={languages.map((value) => ({ value, label: languageNames[value] }))}
            value={settings.language}
            onChange={(next) => {
              const language = languages.find((one) => one === next)
              if (language !== undefined) save.mutate({ language })
            }}
          />
        )}
      </SettingRow>
      <SettingRow name={t('settings.theme')}>
        {({ labelId }) => (
          <SegmentedControl
            fullWidth
            aria-labelledby={labelId}
            data={themes.map((value) => ({ value, label: themeNames[value] }))}
            value={settings.theme}
            onChange={(next) => {
              const theme = themes.find((one) => one === next)
              if (theme !== undefined) save.mutate({ theme })
            }}
          />
        )}
      </SettingRow>
      <SettingRow name={t('settings.gainColour')} hint={t('settings.gainColourHint')}>
        {({ labelId, hintId }) => (
          <div className="stack-tight">
            <SegmentedControl
              fullWidth
              aria-labelledby={labelId}
              aria-describedby={hintId}
              data={gainColours.map((value) => ({ value, label: gainNames[value] }))}
              value={settings.gainColour}
              onChange={(next) => {
                const gainColour = gainColours.find((one) => one === next)
                if (gainColour !== undefined) save.mutate({ gainColour })
              }}
            />
            {baseCurrency === null ? null : (
              <div className="setting-sample">
                <span className="visually-hidden">{t('settings.gainSample')}</span>
                <Change value={money(1280, baseCurrency)} />
                <Change value={money(-1280, baseCurrency)} />
              </div>
            )}
          </div>
        )}
      </SettingRow>
    </Section>
  )
}

function VaultFacts({ settings }: { settings: VaultSettings }) {
  const { t } = useTranslation()
  const { language } = usePreferences()
  const [owner, setOwner] = useState(settings.ownerName)
  const saveCurrency = useChange('vaultSettings.set', {
    done: (next) => t('settings.baseCurrencySaved', { currency: currencyName(next.baseCurrency, language) }),
    undoable: true,
  })
  const saveOwner = useChange('vaultSettings.set', { done: t('settings.saved'), undoable: true })
  const keepOwner = () => {
    const ownerName = owner.trim()
    if (ownerName !== settings.ownerName) saveOwner.mutate({ ownerName })
  }
  return (
    <Section title={t('settings.vault')} hint={t('settings.vaultHint')}>
      <SettingRow name={t('settings.baseCurrency')} hint={t('settings.baseCurrencyHint')}>
        {() => (
          <CurrencyField
            label={t('settings.baseCurrency')}
            hideLabel
            value={settings.baseCurrency}
            onChange={(baseCurrency) => {
              if (baseCurrency !== settings.baseCurrency) saveCurrency.mutate({ baseCurrency })
            }}
          />
        )}
      </SettingRow>
      <SettingRow name={t('settings.owner')} hint={t('settings.ownerHint')}>
        {({ labelId, hintId }) => (
          <TextInput
            aria-labelledby={labelId}
            aria-describedby={hintId}
            placeholder={t('settings.ownerPlaceholder')}
            autoComplete="off"
            maxLength={100}
            value={owner}
            onChange={(event) => setOwner(event.currentTarget.value)}
            onBlur={keepOwner}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.nativeEvent.isComposing) keepOwner()
              if (event.key === 'Escape') setOwner(settings.ownerName)
            }}
          />
        )}
      </SettingRow>
    </Section>
  )
}
