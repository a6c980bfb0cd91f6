import { type ReactNode, useEffect, useId } from 'react'
import { useTranslation } from 'react-i18next'

/** One screen in its column. Its title is the window's title too; never with a figure in it. */
export function Page({
  children,
  wide = false,
  fill = false,
}: {
  children: ReactNode
  wide?: boolean
  fill?: boolean
}) {
  return (
    <div className="page" data-wide={wide} data-fill={fill}>
      {children}
    </div>
  )
}

interface PageHeaderProps {
  readonly title: string
  /** Beneath the title, in muted text. */
  readonly subtitle?: ReactNode
  readonly actions?: ReactNode
  /** Before the title: a way back. */
  readonly lead?: ReactNode
}

export function PageHeader({ title, subtitle, actions, lead }: PageHeaderProps) {
  const { t } = useTranslation()
  const app = t('common.appName')
  useEffect(() => {
    document.title = `${title} · ${app}`
  }, [title, app])
  return (
    <header className="page-header">
      {lead}
      <div className="page-header-text">
        <h1 className="clip" title={title}>
          {title}
        </h1>
        {subtitle === undefined ? null : <div className="page-subtitle">{subtitle}</div>}
      </div>
      {actions === undefined ? null : <div className="page-actions">{actions}</div>}
    </header>
  )
}

/** The one headline figure of a screen. */
export function Headline({
  label,
  figure,
  change,
  notes,
}: {
  label: ReactNode
  figure: ReactNode
  change?: ReactNode
  notes?: ReactNode
}) {
  const id = useId()
  return (
    <section className="headline" aria-labelledby={id}>
      <div className="headline-label" id={id}>
        {label}
      </div>
      <div className="headline-figure">{figure}</div>
      {change === undefined ? null : <div className="headline-change">{change}</div>}
      {notes}
    </section>
  )
}

interface SectionProps {
  readonly title?: string
  readonly actions?: ReactNode
  readonly children: ReactNode
  /** Content to the edges, for tables and lists. */
  readonly flush?: boolean
  readonly hint?: ReactNode
}

/** A card with a heading. */
export function Section({ title, actions, children, flush = false, hint }: SectionProps) {
  const id = useId()
  return (
    <section className="section" data-flush={flush} aria-labelledby={title === undefined ? undefined : id}>
      {title === undefined ? null : (
        <div className="section-head">
          <div>
            <h2 id={id}>{title}</h2>
            {hint === undefined ? null : <p className="section-hint">{hint}</p>}
          </div>
          {actions === undefined ? null : <div className="inline">{actions}</div>}
        </div>
      )}
      <div className="section-body">{children}</div>
    </section>
  )
}

/** Name and value pairs. */
export function Facts({ rows }: { rows: readonly { name: string; value: ReactNode }[] }) {
  return (
    <dl className="facts">
      {rows.map((row) => (
        <div key={row.name} className="facts-row">
          <dt>{row.name}</dt>
          <dd>{row.value}</dd>
        </div>
      ))}
    </dl>
  )
}
