import { Button } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import { money } from '../../../../shared/domain/money.ts'
import type { FlowDiagram } from '../../../../shared/model/flow.ts'
import { useLanguage } from '../../../app/preferences.tsx'
import { Money, useMoneyText } from '../../../components/money.tsx'
import { formatShare } from '../../../format/number-format.ts'
import { placeDiagram } from './diagram-layout.ts'
import { useNodeName } from './flow-names.ts'

type Node = FlowDiagram['nodes'][number]

interface FlowDiagramProps {
  readonly diagram: FlowDiagram
  readonly currency: CurrencyCode
  readonly title: string
  /** The rows behind a box; null: none. */
  readonly rowsOf: (node: Node) => string | null
}

/** Where money came from and where it went: boxes and ribbons, or the same as a table. */
export function FlowDiagramFigure({ diagram, currency, title, rowsOf }: FlowDiagramProps) {
  const { t } = useTranslation()
  const [asTable, setAsTable] = useState(false)
  const id = useId()
  return (
    <figure className="chart-figure" aria-labelledby={id}>
      <figcaption className="chart-caption">
        <div className="chart-caption-text">
          <h2 id={id}>{title}</h2>
          <p>{t('flow.diagramMeasure')}</p>
        </div>
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setAsTable((now) => !now)}>
          {t(asTable ? 'common.showAsChart' : 'common.showAsTable')}
        </Button>
      </figcaption>
      {asTable ? (
        <DiagramTable diagram={diagram} currency={currency} label={title} />
      ) : (
        <DiagramDrawing diagram={diagram} currency={currency} rowsOf={rowsOf} />
      )}
    </figure>
  )
}

function toneOf({ kind, column }: Node): string {
  if (kind === 'saved') return 'saved'
  if (kind === 'from-savings' || kind === 'clawback') return 'drawn'
  if (kind === 'household') return 'household'
  return column === 0 ? 'in' : 'out'
}

function DiagramDrawing({
  diagram,
  currency,
  rowsOf,
}: {
  diagram: FlowDiagram
  currency: CurrencyCode
  rowsOf: FlowDiagramProps['rowsOf']
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [, navigate] = useLocation()
  const text = useMoneyText()
  const nameOf = useNodeName()
  const { ref, width } = useElementSize()
  const [lit, setLit] = useState<string | null>(null)
  const placed = useMemo(() => placeDiagram(diagram, Math.max(width, 560), 260), [diagram, width])
  const whole = diagram.nodes.find(({ kind }) => kind === 'household')?.minor ?? 0
  const byKey = useMemo(() => new Map(diagram.nodes.map((node) => [node.key, node])), [diagram])
  return (
    <div ref={ref} className="flow-diagram">
      <svg width="100%" height={placed.height}>
        {placed.links.map(({ from, to, path }) => {
          const end = byKey.get(from)?.kind === 'household' ? byKey.get(to) : byKey.get(from)
          const leaf = byKey.get(to)?.column === 3 ? byKey.get(to) : end
          return (
            <path
              key={`${from} ${to}`}
              d={path}
              className="flow-ribbon"
              data-tone={leaf === undefined ? 'out' : toneOf(leaf)}
              data-lit={lit === from || lit === to}
            />
          )
        })}
        {placed.nodes.map(({ node, x, y, width: wide, height }) => {
          const address = rowsOf(node)
          const exact = text.exact(money(node.minor, currency))
          const share = whole === 0 ? '' : formatShare(node.minor / whole, language)
          const name = nameOf(node)
          const right = node.column === 3
          const open = (): void => {
            if (address !== null) navigate(address)
          }
          return (
            <g
              key={node.key}
              className="flow-node"
              data-tone={toneOf(node)}
              tabIndex={0}
              role={address === null ? 'img' : 'link'}
              aria-label={t('flow.nodeLabel', { name, amount: exact, share })}
              onClick={open}
              onKeyDown={(event) => {
                if (event.key === 'Enter') open()
              }}
              onMouseEnter={() => setLit(node.key)}
              onMouseLeave={() => setLit(null)}
              onFocus={() => setLit(node.key)}
              onBlur={() => setLit(null)}
            >
              <title>{t('flow.nodeLabel', { name, amount: exact, share })}</title>
              <rect x={x} y={y} width={wide} height={height} rx={2} />
              <text
                x={right ? x - 6 : x + wide + 6}
                y={y + height / 2}
                dy="0.35em"
                textAnchor={right ? 'end' : 'start'}
              >
                <tspan className="flow-node-name">{name}</tspan>{' '}
                <tspan className="flow-node-figure">
                  {lit === node.key ? exact : text.compact(money(node.minor, currency))}
                </tspan>
              </text>
            </g>
          )
        })}
      </svg>
    </div>
  )
}

function DiagramTable({ diagram, currency, label }: { diagram: FlowDiagram; currency: CurrencyCode; label: string }) {
  const { t } = useTranslation()
  const nameOf = useNodeName()
  const byKey = new Map(diagram.nodes.map((node) => [node.key, node]))
  return (
    <div className="chart-table">
      <table className="table" data-dense="true" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t('flow.columnFrom')}</th>
            <th scope="col">{t('flow.columnTo')}</th>
            <th scope="col" data-align="end">
              {t('flow.columnAmount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {diagram.links.map(({ from, to, minor }) => {
            const [source, target] = [byKey.get(from), byKey.get(to)]
            return source === undefined || target === undefined ? null : (
              <tr key={`${from} ${to}`}>
                <th scope="row">{nameOf(source)}</th>
                <td>{nameOf(target)}</td>
                <td data-align="end" className="numeric">
                  <Money value={money(minor, currency)} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
