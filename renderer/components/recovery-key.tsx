import { Button, CopyButton, TextInput } from '@mantine/core'
import { IconCheck, IconCopy, IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../app/preferences.tsx'
import { formatDate, todayHere } from '../format/date-format.ts'
import { numbered } from './numbered.ts'
import { isLastGroup } from './recovery-key-text.ts'

/** The recovery key, shown once: print, copy, and proof that it was kept. */
export function RecoveryKey({
  recoveryKey,
  name,
  onKept,
  heading = true,
}: {
  recoveryKey: string
  name: string
  onKept: () => void
  /** Left out where a drawer has it as its title. */
  heading?: boolean
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [typed, setTyped] = useState('')
  const [tried, setTried] = useState(false)
  const right = isLastGroup(typed, recoveryKey)
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (right) onKept()
      }}
    >
      <div>
        {heading ? <h1>{t('vault.recoveryTitle')}</h1> : null}
        <p className="muted">{t('vault.recoveryText')}</p>
      </div>
      <div className="recovery-key mono" aria-label={t('vault.recoveryKey')} role="note">
        {numbered(recoveryKey.split('-')).map(({ key, item }) => (
          <span key={key}>{item}</span>
        ))}
      </div>
      <div className="inline">
        <Button variant="default" leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>
          {t('vault.print')}
        </Button>
        <CopyButton value={recoveryKey} timeout={2000}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              onClick={copy}
            >
              {t(copied ? 'common.copied' : 'common.copy')}
            </Button>
          )}
        </CopyButton>
      </div>
      <TextInput
        label={t('vault.confirmLabel')}
        description={t('vault.confirmHint')}
        value={typed}
        maxLength={12}
        autoComplete="off"
        spellCheck={false}
        classNames={{ input: 'mono' }}
        error={tried && !right ? t('vault.confirmWrong') : undefined}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Button type="submit" disabled={typed.trim() === ''}>
        {t('vault.confirmAction')}
      </Button>
      {createPortal(
        <div className="print-sheet" aria-hidden="true">
          <h2>{t('vault.printTitle')}</h2>
          <p>{t('vault.printText', { name })}</p>
          <p className="print-key mono">{recoveryKey}</p>
          <p>{t('vault.printDate', { date: formatDate(todayHere(), language) })}</p>
        </div>,
        document.body,
      )}
    </form>
  )
}
