import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { daysBetween } from '../../../shared/domain/iso-date.ts'
import type { LifeDocument } from '../../../shared/model/life.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { Badge } from '../../components/small.tsx'
import { formatDate, todayHere } from '../../format/date-format.ts'

export function DocumentsTable({
  documents,
  onOpen,
}: {
  documents: readonly LifeDocument[]
  onOpen: (document: LifeDocument) => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const columns = useMemo<readonly Column<LifeDocument>[]>(
    () => [
      {
        key: 'name',
        title: t('life.name'),
        sortBy: (document) => document.name,
        cell: (document) => (
          <span className="two-lines">
            <span className="clip" title={document.name}>
              {document.name}
            </span>
            <span className="faint small clip">
              {[t(`life.documentKinds.${document.kind}`), document.holder].filter((part) => part !== '').join(' · ')}
            </span>
          </span>
        ),
      },
      {
        key: 'expires',
        title: t('life.expiresOn'),
        align: 'end',
        lead: true,
        sortBy: (document) => document.expiresOn ?? '9999',
        cell: ({ expiresOn }) =>
          expiresOn === null ? (
            <span className="muted">{t('life.neverExpires')}</span>
          ) : (
            <span className="inline-end">
              {daysBetween(todayHere(), expiresOn) < 0 ? <Badge tone="negative">{t('life.expired')}</Badge> : null}
              <span className="numeric">{formatDate(expiresOn, language)}</span>
            </span>
          ),
      },
    ],
    [t, language],
  )
  return (
    <DataTable
      label={t('life.documents')}
      columns={columns}
      rows={documents}
      rowKey={(document) => document.id}
      onOpen={onOpen}
    />
  )
}
