import { PasswordInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { leastStrength, type Strength, strengthOf } from './strength.ts'

/** A new passphrase typed twice, with how strong it is in plain words. `onChange` gets it once it can be used. */
export function NewPassphrase({ label, onChange }: { label?: string; onChange: (passphrase: string | null) => void }) {
  const { t } = useTranslation()
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const [judged, setJudged] = useState<{ passphrase: string; strength: Strength } | null>(null)
  const strength = judged?.passphrase === first ? judged.strength : null

  useEffect(() => {
    if (first === '') return undefined
    let stale = false
    void strengthOf(first).then((strength) => {
      if (!stale) setJudged({ passphrase: first, strength })
      return undefined
    })
    return () => {
      stale = true
    }
  }, [first])
  const usable = strength !== null && strength >= leastStrength && first === second ? first : null
  useEffect(() => onChange(usable), [usable, onChange])

  const level = first === '' ? -1 : (strength ?? -1)
  return (
    <div className="stack">
      <div>
        <PasswordInput
          label={label ?? t('vault.passphrase')}
          description={t('vault.passphraseHint')}
          autoComplete="new-password"
          value={first}
          maxLength={1024}
          visibilityToggleButtonProps={{ 'aria-label': t('vault.show') }}
          onChange={(event) => setFirst(event.currentTarget.value)}
        />
        <div className="strength" data-level={level} aria-live="polite">
          <div className="strength-bar" aria-hidden="true">
            {[0, 1, 2, 3].map((step) => (
              <span key={step} data-on={level > step || (step === 0 && level === 0)} />
            ))}
          </div>
          <span className="small">
            {level < 0 ? ' ' : t(`vault.strength.${strength ?? 0}`)}
            {level >= 0 && level < leastStrength ? ` · ${t('vault.strengthTooWeak')}` : ''}
          </span>
        </div>
      </div>
      <PasswordInput
        label={t('vault.passphraseAgain')}
        autoComplete="new-password"
        value={second}
        maxLength={1024}
        visibilityToggleButtonProps={{ 'aria-label': t('vault.show') }}
        error={second !== '' && !first.startsWith(second) && first !== second ? t('vault.differs') : undefined}
        onChange={(event) => setSecond(event.currentTarget.value)}
      />
    </div>
  )
}
