import { Button } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { ImportRun } from '../../../shared/model/importing.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { useCall, useChange } from '../../app/queries.ts'
import { MatchCountsLine } from '../../components/match-words.tsx'
import { Badge } from '../../components/small.tsx'
import { formatCount } from '../../format/number-format.ts'
import { Counts } from './import-words.tsx'

/** What an import did, with the way to see it and the way back. */
export function ImportResult({ runs, onClose }: { runs: readonly ImportRun[]; onClose: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const history = useCall('import.history', {}).data
  const imported = runs.reduce((sum, run) => sum + run.imported, 0)
  const onlyBeside = imported === 0 && runs.some((run) => run.rates + run.prices + run.creditReports > 0)
  return (
    <section className="result" aria-live="polite">
      <div className="spread">
        <h2 className="inline">
          <IconCircleCheck size={20} aria-hidden="true" className="result-mark" />
          {onlyBeside
            ? t('import.doneBeside')
            : t('import.doneTitle', { count: imported, formatted: formatCount(imported, language) })}
        </h2>
        <Button variant="default" size="xs" onClick={onClose}>
          {t('import.again')}
        </Button>
      </div>
      <ul>
        {runs.map((run) => (
          <RunRow key={run.id} run={history?.find((one) => one.id === run.id) ?? run} />
        ))}
      </ul>
    </section>
  )
}

export function runCounts(run: ImportRun) {
  return {
    new: run.imported,
    duplicate: run.duplicates,
    skipped: run.skipped,
    failed: run.failed,
    replaced: run.replaced,
  }
}

function RunRow({ run }: { run: ImportRun }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const undo = useChange('import.undo', { done: t('import.undone') })
  return (
    <li className="run-row">
      <div className="stack-tight run-names">
        <span className="clip">{run.fileName}</span>
        <span className="faint small clip">{run.accounts.map((account) => account.name).join(' · ')}</span>
      </div>
      <Counts counts={runCounts(run)} beside={run} />
      <MatchCountsLine counts={{ ...run.matches, toReview: 0 }} />
      <span className="inline-end">
        {run.undoneAt === null ? (
          <>
            {run.matches.toReview > 0 ? (
              <Button component={Link} href="/import/review" variant="light" size="xs">
                {t('match.open', { formatted: formatCount(run.matches.toReview, language) })}
              </Button>
            ) : null}
            {run.imported > 0 ? (
              <Button component={Link} href={`/account/all?run=${run.id}`} variant="default" size="xs">
                {t('import.see')}
              </Button>
            ) : null}
            <Button
              variant="subtle"
              color="gray"
              size="xs"
              loading={undo.isPending}
              onClick={() => undo.mutate({ runId: run.id })}
            >
              {t('import.undoImport')}
            </Button>
          </>
        ) : (
          <Badge>{t('import.wasUndone')}</Badge>
        )}
      </span>
    </li>
  )
}
