import { Button, Loader, Progress } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type Failure, failureOf } from '../app/failure.ts'
import { useLanguage } from '../app/preferences.tsx'
import type { JobProgress } from '../app/queries.ts'
import { formatCount, formatPercent } from '../format/number-format.ts'
import { textOr } from '../i18n/texts.ts'

/** Teaches with one sentence and one action. */
export function EmptyState({
  icon,
  title,
  children,
  action,
}: {
  icon?: ReactNode
  title: string
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className="empty-state">
      {icon === undefined ? null : (
        <div className="empty-state-icon" aria-hidden="true">
          {icon}
        </div>
      )}
      <p className="empty-state-title">{title}</p>
      {children === undefined ? null : <p className="empty-state-text">{children}</p>}
      {action}
    </div>
  )
}

/** What happened, what is safe, what to do. */
export function ErrorState({ failure, onRetry }: { failure: Failure; onRetry?: (() => void) | undefined }) {
  const { t } = useTranslation()
  const todo = t(`error.${failure.code}.todo`, failure.values)
  return (
    <div className="error-state" role="alert">
      <IconAlertTriangle size={20} stroke={1.7} aria-hidden="true" />
      <div className="stack-tight">
        <p className="error-state-what">{t(`error.${failure.code}.what`, failure.values)}</p>
        <p>
          {t(`error.${failure.code}.safe`, failure.values)} {todo}
        </p>
        {onRetry === undefined ? null : (
          <div>
            <Button variant="default" size="xs" onClick={onRetry}>
              {t('common.retry')}
            </Button>
          </div>
        )}
      </div>
    </div>
  )
}

interface QueryLike<T> {
  readonly data: T | undefined
  readonly error: unknown
  readonly refetch: () => unknown
}

/** A query's three states: waiting, failed, there. */
export function Loaded<T>({
  query,
  children,
  quiet = false,
}: {
  query: QueryLike<T>
  children: (data: T) => ReactNode
  quiet?: boolean
}) {
  if (query.data !== undefined) return children(query.data)
  if (query.error !== null && query.error !== undefined) {
    return <ErrorState failure={failureOf(query.error)} onRetry={() => void query.refetch()} />
  }
  return quiet ? null : <Waiting />
}

export function Waiting() {
  const { t } = useTranslation()
  return (
    <output className="waiting">
      <Loader size="sm" />
      <span className="visually-hidden">{t('common.loading')}</span>
    </output>
  )
}

/** What is being done, how far, and a way to stop it. */
export function ProgressPanel({
  progress,
  onCancel,
  title,
}: {
  progress: JobProgress | null
  onCancel?: (() => void) | undefined
  title?: string
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  // a step may carry its noun: "vault.backup"
  const stepKey = progress?.step.slice(progress.step.lastIndexOf('.') + 1) ?? 'working'
  const step = textOr(`common.step.${stepKey}`, t('common.working'))
  const inPercent = progress?.total === 100
  const share =
    progress === null || progress.total === null || progress.total === 0
      ? null
      : Math.min(100, (progress.done / progress.total) * 100)
  return (
    <div className="progress-panel" aria-live="polite">
      <div className="spread">
        <div className="clip">
          <strong>{title ?? step}</strong>
          {title === undefined ? null : <span className="muted"> · {step}</span>}
          {progress?.subject == null ? null : <span className="muted"> · {progress.subject}</span>}
        </div>
        {onCancel === undefined ? null : (
          <Button variant="default" size="xs" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
        )}
      </div>
      <Progress value={share ?? 100} animated={share === null} size="sm" aria-label={step} />
      {progress === null || progress.done === 0 ? null : (
        <div className="muted small numeric">
          {progress.total === null
            ? formatCount(progress.done, language)
            : inPercent
              ? formatPercent(progress.done / 100, language, 0)
              : t('common.ofTotal', {
                  done: formatCount(progress.done, language),
                  total: formatCount(progress.total, language),
                })}
        </div>
      )}
    </div>
  )
}
