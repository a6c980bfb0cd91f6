import { Button } from '@mantine/core'
import { IconClipboardText, IconFileImport } from '@tabler/icons-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { FilePreview, ImportRun } from '../../../shared/model/importing.ts'
import type { PickedFile } from '../../app/client-context.tsx'
import { useImportTray } from '../../app/import-tray.tsx'
import { usePickFiles } from '../../app/pick-files.tsx'
import { useLanguage } from '../../app/preferences.tsx'
import { useCall, useJob } from '../../app/queries.ts'
import { Page, PageHeader } from '../../components/page.tsx'
import { ErrorState, ProgressPanel } from '../../components/states.tsx'
import { formatCount } from '../../format/number-format.ts'
import { type Choices, choiceOf, filesToCommit, totalsOf } from './choices.ts'
import { FileCard } from './file-card.tsx'
import { ImportHistory } from './import-history.tsx'
import { ImportResult } from './import-result.tsx'
import { PasteDrawer } from './paste-drawer.tsx'
import { InboxNotice, WatchedFolder } from './watched-folder.tsx'

const noChoices: Choices = new Map()

/** Files in, everything looked at, then saved in one go. */
export function ImportPanel() {
  const { t } = useTranslation()
  const tray = useImportTray()
  const pick = usePickFiles()
  const preview = useJob('import.preview')
  const commit = useJob('import.commit')
  const [choices, setChoices] = useState<Choices>(noChoices)
  const [looked, setPreviews] = useState<readonly FilePreview[] | null>(null)
  const [done, setRuns] = useState<readonly ImportRun[] | null>(null)
  const [pasting, setPasting] = useState(false)
  const empty = tray.files.length === 0
  const previews = empty ? null : looked
  const runs = empty ? done : null

  /** Asks what importing would do, with what the user has said so far. */
  const ask = async (files: readonly PickedFile[], said: Choices) => {
    preview.cancel()
    if (files.length === 0) return
    const answer = await preview.run({ files: requests(files, previews ?? [], said) })
    if (answer !== null) setPreviews(answer.files)
  }
  const askOfNew = useEffectEvent((files: readonly PickedFile[]) => void ask(files, choices))
  // A moment later, so that files dropped one after the other are looked at together.
  useEffect(() => {
    const timer = setTimeout(() => askOfNew(tray.files), 50)
    return () => clearTimeout(timer)
  }, [tray.files])
  const choose = (next: Choices, again: boolean) => {
    setChoices(next)
    if (again) void ask(tray.files, next)
  }
  const send = async () => {
    if (previews === null) return
    const answer = await commit.run({ files: filesToCommit(previews, choices) })
    if (answer === null) return
    setRuns(answer.runs)
    setPreviews(null)
    setChoices(noChoices)
    tray.clear()
  }
  const pickFiles = async () => tray.add(await pick({ many: true }))
  return (
    <Page>
      <PageHeader
        title={t('import.title')}
        subtitle={t('import.subtitle')}
        actions={
          empty ? (
            <ReviewLink />
          ) : (
            <>
              <Button variant="default" onClick={() => void pickFiles()}>
                {t('import.choose')}
              </Button>
              <Button
                variant="subtle"
                color="gray"
                onClick={() => {
                  setChoices(noChoices)
                  tray.clear()
                }}
              >
                {t('import.clear')}
              </Button>
            </>
          )
        }
      />
      <InboxNotice />
      {runs === null ? null : <ImportResult runs={runs} onClose={() => setRuns(null)} />}
      {empty && runs === null ? (
        <div className="drop-zone">
          <IconFileImport size={40} stroke={1.3} aria-hidden="true" />
          <p className="empty-state-title">{t('import.drop')}</p>
          <p className="muted">{t('import.dropFormats')}</p>
          <div className="inline">
            <Button onClick={() => void pickFiles()}>{t('import.choose')}</Button>
            <Button variant="default" leftSection={<IconClipboardText size={16} />} onClick={() => setPasting(true)}>
              {t('import.paste')}
            </Button>
          </div>
        </div>
      ) : null}
      {tray.sending ? <p className="muted">{t('import.sending')}</p> : null}
      {preview.running ? (
        <ProgressPanel
          title={t('import.reading', { count: tray.files.length })}
          progress={preview.progress}
          onCancel={preview.cancel}
        />
      ) : null}
      {preview.failure === null ? null : (
        <ErrorState failure={preview.failure} onRetry={() => void ask(tray.files, choices)} />
      )}
      {previews === null || commit.running ? null : (
        <div className="stack" data-busy={preview.running}>
          {previews.map((file) => (
            <FileCard
              key={file.file}
              preview={file}
              files={previews.length}
              choices={choices}
              onChoose={choose}
              onRemove={tray.files.some((one) => one.file === file.file) ? () => tray.remove(file.file) : undefined}
            />
          ))}
        </div>
      )}
      {commit.running ? (
        <ProgressPanel title={t('import.committing')} progress={commit.progress} onCancel={commit.cancel} />
      ) : null}
      {commit.failure === null ? null : <ErrorState failure={commit.failure} onRetry={() => void send()} />}
      {previews === null || commit.running ? null : (
        <CommitBar previews={previews} choices={choices} busy={preview.running} onCommit={() => void send()} />
      )}
      {empty ? <WatchedFolder /> : null}
      {empty ? <ImportHistory /> : null}
      <PasteDrawer opened={pasting} onClose={() => setPasting(false)} />
    </Page>
  )
}

/** The way to what waits for an answer. Nothing where nothing does and nothing did. */
function ReviewLink() {
  const { t } = useTranslation()
  const language = useLanguage()
  const total = useCall('match.list', { limit: 1 }).data?.total ?? 0
  return (
    <Button component={Link} href="/import/review" variant={total > 0 ? 'light' : 'default'}>
      {total > 0 ? t('match.open', { formatted: formatCount(total, language) }) : t('match.links')}
    </Button>
  )
}

/** The files as they were picked, or what is inside of them once that is known, each with what was said of it. */
function requests(
  files: readonly { file: string }[],
  previews: readonly FilePreview[],
  said: Choices,
): ReturnType<typeof choiceOf>[] {
  return files.flatMap(({ file }) => {
    const inside = previews.filter((one) => one.file.startsWith(`${file}#`))
    return inside.length === 0 ? [choiceOf(said, file)] : inside.map((one) => choiceOf(said, one.file))
  })
}

function CommitBar({
  previews,
  choices,
  busy,
  onCommit,
}: {
  previews: readonly FilePreview[]
  choices: Choices
  busy: boolean
  onCommit: () => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const totals = totalsOf(previews, choices)
  const files = filesToCommit(previews, choices)
  const count = (value: number) => formatCount(value, language)
  const parts = [
    totals.new > 0 ? t('import.summaryNew', { count: totals.new, formatted: count(totals.new) }) : null,
    totals.replaced > 0 ? t('import.summaryReplaced', { formatted: count(totals.replaced) }) : null,
    totals.duplicate > 0 ? t('import.summaryKnown', { formatted: count(totals.duplicate) }) : null,
    totals.leftOut > 0 ? t('import.summaryLeftOut', { formatted: count(totals.leftOut) }) : null,
  ].filter((part) => part !== null)
  return (
    <div className="commit-bar">
      <span aria-live="polite">{parts.length === 0 ? t('import.nothingNew') : parts.join(' · ')}</span>
      <Button disabled={files.length === 0 || busy} onClick={onCommit}>
        {t('import.importNow')}
      </Button>
    </div>
  )
}
