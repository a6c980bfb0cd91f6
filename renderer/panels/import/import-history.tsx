import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { recordLabel } from '../../../shared/domain/source-record.ts'
import type { ImportRun } from '../../../shared/model/importing.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { useCall, useChange } from '../../app/queries.ts'
import { DataTable } from '../../components/data-table.tsx'
import { MatchCountsLine } from '../../components/match-words.tsx'
import { Section } from '../../components/page.tsx'
import { Badge, ConfirmInline } from '../../components/small.tsx'
import { SideDrawer } from '../../components/side-drawer.tsx'
import { Loaded } from '../../components/states.tsx'
import { formatInstant } from '../../format/date-format.ts'
import { formatCount } from '../../format/number-format.ts'
import { textOr } from '../../i18n/texts.ts'
import { Counts, Findings, useImporterName } from './import-words.tsx'
import { runCounts } from './import-result.tsx'

/** Every import so far; each opens to its records and can be taken back. */
export function ImportHistory() {
  const importerName = useImporterName()
  const { t } = useTranslation()
  const language = useLanguage()
  const query = useCall('import.history', {})
  const [opened, setOpened] = useState<number | null>(null)
  return (
    <Loaded query={query} quiet>
      {(runs) => {
        const current = runs.find((run) => run.id === opened) ?? null
        return (
          <Section title={t('import.history')} flush={runs.length > 0}>
            {runs.length === 0 ? (
              <p className="muted">{t('import.historyEmpty')}</p>
            ) : (
              <DataTable
                label={t('import.history')}
                rows={runs}
                rowKey={(run) => run.id}
                onOpen={(run) => setOpened(run.id)}
                columns={[
                  {
                    key: 'when',
                    title: t('import.when'),
                    cell: (run) => <span className="numeric">{formatInstant(run.startedAt, language)}</span>,
                    sortBy: (run) => run.startedAt,
                    width: '190px',
                  },
                  {
                    key: 'file',
                    title: t('import.file'),
                    cell: (run) => (
                      <span className="inline">
                        <span className="break">{run.fileName}</span>
                        {run.undoneAt === null ? null : <Badge>{t('import.wasUndone')}</Badge>}
                      </span>
                    ),
                    sortBy: (run) => run.fileName,
                  },
                  {
                    key: 'importer',
                    title: t('import.importer'),
                    cell: (run) => importerName(run.importer),
                    minor: true,
                  },
                  {
                    key: 'new',
                    title: t('import.newRows'),
                    align: 'end',
                    cell: (run) => formatCount(run.imported, language),
                    sortBy: (run) => run.imported,
                  },
                  {
                    key: 'duplicate',
                    title: t('import.knownRows'),
                    align: 'end',
                    cell: (run) => formatCount(run.duplicates, language),
                    minor: true,
                  },
                ]}
              />
            )}
            <SideDrawer
              opened={current !== null}
              onClose={() => setOpened(null)}
              title={current?.fileName ?? ''}
              size={640}
            >
              {current === null ? null : <RunDetails run={current} />}
            </SideDrawer>
          </Section>
        )
      }}
    </Loaded>
  )
}

function RunDetails({ run }: { run: ImportRun }) {
  const importerName = useImporterName()
  const { t } = useTranslation()
  const language = useLanguage()
  const query = useCall('import.records', { runId: run.id })
  const undo = useChange('import.undo', { done: t('import.undone') })
  return (
    <div className="stack">
      <p className="muted">
        {formatInstant(run.startedAt, language)} · {importerName(run.importer)}
      </p>
      <p className="faint small break numeric" title={t('import.hashMeaning')}>
        SHA-256 {run.fileSha256}
      </p>
      <Counts counts={runCounts(run)} beside={run} />
      <MatchCountsLine counts={run.matches} />
      <div className="inline">
        {run.undoneAt === null ? (
          <>
            <Button component={Link} href={`/account/all?run=${run.id}`} variant="default" size="sm">
              {t('import.see')}
            </Button>
            <ConfirmInline
              label={t('import.undoImport')}
              busy={undo.isPending}
              onConfirm={() => undo.mutate({ runId: run.id })}
            />
          </>
        ) : (
          <Badge>{t('import.wasUndone')}</Badge>
        )}
      </div>
      <Findings findings={run.findings} />
      <p className="muted small">{t('import.recordsHint')}</p>
      <Loaded query={query}>
        {(records) => (
          <div className="bleed">
            <DataTable
              dense
              label={t('import.records', { file: run.fileName })}
              rows={records.slice(0, 1000)}
              rowKey={(record) => `${record.record} ${record.outcome} ${record.transactionId ?? ''}`}
              columns={[
                {
                  key: 'record',
                  title: t('import.record'),
                  cell: (record) => <span className="numeric">#{recordLabel(record.record)}</span>,
                  sortBy: (record) => record.record,
                },
                {
                  key: 'outcome',
                  title: t('import.outcome'),
                  cell: (record) => textOr(`import.outcomes.${record.outcome}`, record.outcome),
                  sortBy: (record) => record.outcome,
                },
                {
                  key: 'reason',
                  title: t('import.reasonColumn'),
                  main: true,
                  cell: (record) =>
                    record.reason === '' ? record.message : textOr(`import.reason.${record.reason}`, record.message),
                },
              ]}
            />
          </div>
        )}
      </Loaded>
    </div>
  )
}
