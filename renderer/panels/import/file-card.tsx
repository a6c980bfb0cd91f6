import { ActionIcon, Button, PasswordInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FilePreview } from '../../../shared/model/importing.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { MatchPreviewLine } from '../../components/match-words.tsx'
import { Badge, Notice } from '../../components/small.tsx'
import { formatInstant } from '../../format/date-format.ts'
import { formatBytes, formatCount } from '../../format/number-format.ts'
import { textOr } from '../../i18n/texts.ts'
import { type Choices, withChoice } from './choices.ts'
import { Counts, Findings, useImporterName } from './import-words.tsx'
import { LayoutEditor } from './layout-editor.tsx'
import { PreviewRows } from './preview-rows.tsx'
import { isGuessed, showsRows } from './rows-at-once.ts'
import { StatementCard } from './statement-card.tsx'

interface FileCardProps {
  readonly preview: FilePreview
  /** How many files wait with it. */
  readonly files: number
  readonly choices: Choices
  /** `again`: the core has to look once more. */
  readonly onChoose: (choices: Choices, again: boolean) => void
  readonly onRemove: (() => void) | undefined
}

/** One file before it is saved: what it is, where it goes, what is in it, what is odd about it. */
export function FileCard({ preview, files, choices, onChoose, onRemove }: FileCardProps) {
  const importerName = useImporterName()
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <article className="file-card" aria-label={preview.name}>
      <header className="file-head">
        <div className="file-title">
          <h2 className="clip" title={preview.name}>
            {preview.name}
          </h2>
          <span className="faint small numeric">{formatBytes(preview.bytes, language)}</span>
          {preview.importer === null ? null : <Badge>{importerName(preview.importer)}</Badge>}
          {preview.status === 'ready' ? null : (
            <Badge tone={preview.status === 'refused' ? 'negative' : 'information'}>
              {t(`import.status.${preview.status}`)}
            </Badge>
          )}
        </div>
        {preview.status === 'refused' ? null : <Counts counts={preview.counts} />}
        {onRemove === undefined ? null : (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`${t('import.remove')}: ${preview.name}`}
            onClick={onRemove}
          >
            <IconX size={16} />
          </ActionIcon>
        )}
      </header>
      <div className="file-body">
        {preview.reason === null ? null : <Refusal preview={preview} choices={choices} onChoose={onChoose} />}
        {preview.knownFrom === null ? null : (
          <Notice>{t('import.knownFrom', { date: formatInstant(preview.knownFrom.startedAt, language) })}</Notice>
        )}
        {preview.statements.map((statement) => (
          <StatementCard
            key={statement.statement}
            file={preview.file}
            statement={statement}
            choices={choices}
            onChoose={onChoose}
            alone={preview.statements.length === 1}
          />
        ))}
        {preview.rates > 0 ? (
          <p>{t('import.rates', { count: preview.rates, formatted: formatCount(preview.rates, language) })}</p>
        ) : null}
        {preview.creditReports > 0 ? <p>{t('import.creditReports', { count: preview.creditReports })}</p> : null}
        {preview.prices > 0 ? (
          <p>{t('import.prices', { count: preview.prices, formatted: formatCount(preview.prices, language) })}</p>
        ) : null}
        <MatchPreviewLine preview={preview.matches} />
        <Findings findings={preview.findings} />
        {preview.layout === null ? null : (
          <LayoutEditor
            layout={preview.layout}
            opened={isGuessed(preview)}
            onChange={(layout) => onChoose(withChoice(choices, preview.file, { layout }), true)}
          />
        )}
        {preview.firstRows.length === 0 ? null : (
          <PreviewRows preview={preview} choices={choices} opened={showsRows(preview, files)} onChoose={onChoose} />
        )}
      </div>
    </article>
  )
}

/** Why a file is refused: by what it plainly is, where that is known, else by the code. */
function refusalText({ code, message, values }: NonNullable<FileCardProps['preview']['reason']>): string {
  const general = textOr(`import.reason.${code}`, message, values)
  if (code === 'password-protected' && values['wrong'] !== undefined) return textOr('import.passwordWrong', general)
  if (values['kind'] !== undefined) return textOr(`import.fileKind.${values['kind']}`, general)
  return general
}

function Refusal({ preview, choices, onChoose }: Omit<FileCardProps, 'files' | 'onRemove'>) {
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  if (preview.reason === null) return null
  const { code } = preview.reason
  return (
    <div className="stack-tight">
      <Notice tone={preview.status === 'refused' ? 'negative' : 'attention'}>{refusalText(preview.reason)}</Notice>
      {code === 'password-protected' ? (
        <form
          className="inline"
          onSubmit={(event) => {
            event.preventDefault()
            onChoose(withChoice(choices, preview.file, { password }), true)
          }}
        >
          <PasswordInput
            size="xs"
            w={220}
            aria-label={t('import.password')}
            placeholder={t('import.password')}
            value={password}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button size="xs" type="submit" disabled={password === ''}>
            {t('import.passwordUse')}
          </Button>
        </form>
      ) : null}
    </div>
  )
}
