import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCircleCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutputOf } from '../../../shared/ipc/contract.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { useJob } from '../../app/queries.ts'
import { Section } from '../../components/page.tsx'
import { Badge } from '../../components/small.tsx'
import { ErrorState, ProgressPanel } from '../../components/states.tsx'
import { formatInstant } from '../../format/date-format.ts'
import { formatCount } from '../../format/number-format.ts'
import { textOr } from '../../i18n/texts.ts'

interface Checked {
  readonly report: OutputOf<'vault.verify'>
  readonly at: number
}

/** Reads the vault whole and says in words whether its figures are what its rows add up to. */
export function CheckSection() {
  const { t } = useTranslation()
  const [checked, setChecked] = useState<Checked | null>(null)
  const job = useJob('vault.verify')
  const check = async () => {
    const report = await job.run({})
    if (report !== null) setChecked({ report, at: Date.now() })
  }
  return (
    <Section title={t('settings.section.check')} hint={t('settings.checkText')}>
      <div className="stack">
        {job.running ? (
          <ProgressPanel progress={job.progress} onCancel={() => job.cancel()} />
        ) : (
          <div>
            <Button variant={checked === null ? 'filled' : 'default'} onClick={() => void check()}>
              {t(checked === null ? 'settings.checkStart' : 'settings.checkAgain')}
            </Button>
          </div>
        )}
        {job.failure === null ? null : <ErrorState failure={job.failure} onRetry={() => void check()} />}
        {checked === null || job.running ? null : <Report checked={checked} />}
      </div>
    </Section>
  )
}

function Report({ checked }: { checked: Checked }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { report } = checked
  const when = formatInstant(checked.at, language)
  const failed = report.checks.filter((check) => !check.ok).length
  const Icon = report.ok ? IconCircleCheck : IconAlertTriangle
  return (
    <div className="stack">
      <output className="check-verdict" data-ok={report.ok}>
        <Icon size={24} stroke={1.7} aria-hidden="true" />
        <span>
          <strong>{report.ok ? t('settings.checkGood') : t('settings.checkBad', { count: failed })}</strong>
          <span className="check-verdict-text">
            {t(report.ok ? 'settings.checkGoodText' : 'settings.checkBadText', { when })}
          </span>
        </span>
      </output>
      <ul className="check-list">
        {report.checks.map(({ check, ok, detail, examined }) => (
          <li key={check}>
            <div className="check-line">
              {ok ? (
                <IconCheck size={16} className="check-good" aria-hidden="true" />
              ) : (
                <IconAlertTriangle size={16} className="check-bad" aria-hidden="true" />
              )}
              <span>{textOr(`settings.checks.${check}`, check)}</span>
              {ok ? (
                <span className="visually-hidden">{t('settings.checkOk')}</span>
              ) : (
                <Badge tone="negative">{t('settings.checkFailed')}</Badge>
              )}
              <span className="check-examined numeric">
                {examined === 0
                  ? ''
                  : t('settings.examined', { count: examined, formatted: formatCount(examined, language) })}
              </span>
            </div>
            {ok || detail === '' ? null : (
              <details className="check-detail">
                <summary>{t('settings.checkDetails')}</summary>
                <p className="mono small">{detail}</p>
              </details>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
