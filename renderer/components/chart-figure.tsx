import { Button, SegmentedControl } from '@mantine/core'
import { lazy, type ReactNode, Suspense, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Range, ranges } from '../../shared/model/figures.ts'
import { useLanguage } from '../app/preferences.tsx'
import { formatDate } from '../format/date-format.ts'
import { unknown } from '../format/money-format.ts'
import type { ChartData } from './chart-canvas.tsx'

const ChartCanvas = lazy(() => import('./chart-canvas.tsx'))

interface ChartFigureProps {
  /** States the finding: "Net worth up ¥38,200 since January". */
  readonly title: string
  /** Says the measure: "Assets less liabilities, in yuan". */
  readonly subtitle: string
  readonly data: ChartData
  readonly height?: number
  readonly controls?: ReactNode
}

/** A chart with its finding, its measure, a legend that needs no colour, and the same figures as a table. */
export function ChartFigure({ title, subtitle, data, height = 220, controls }: ChartFigureProps) {
  const { t } = useTranslation()
  const [asTable, setAsTable] = useState(false)
  const id = useId()
  return (
    <figure className="chart-figure" aria-labelledby={id}>
      <figcaption className="chart-caption">
        <div className="chart-caption-text">
          <h2 id={id}>{title}</h2>
          <p>{subtitle}</p>
        </div>
        <div className="inline">
          {controls}
          <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setAsTable((now) => !now)}>
            {t(asTable ? 'common.showAsChart' : 'common.showAsTable')}
          </Button>
        </div>
      </figcaption>
      {data.series.length < 2 ? null : (
        <ul className="chart-legend" aria-hidden="true">
          {data.series.map((series, index) => (
            <li key={series.name}>
              <span
                className="legend-line"
                data-series={series.asLine === true ? 'line' : index % 7}
                data-kind={series.asLine === true ? 'line' : data.kind}
              />
              {series.name}
            </li>
          ))}
        </ul>
      )}
      {asTable ? (
        <ChartTable data={data} label={title} />
      ) : (
        <div className="chart-area" style={{ height }}>
          <Suspense fallback={null}>
            <ChartCanvas data={data} />
          </Suspense>
        </div>
      )}
    </figure>
  )
}

function ChartTable({ data, label }: { data: ChartData; label: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const rows =
    data.kind === 'line'
      ? (data.dates ?? [])
          .map((date, index) => ({ key: String(date), name: formatDate(date, language), index }))
          .toReversed()
      : (data.names ?? []).map((name, index) => ({ key: name, name, index }))
  return (
    <div className="chart-table">
      <table className="table" data-dense="true" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{data.kind === 'line' ? t('common.date') : ''}</th>
            {data.series.map((series) => (
              <th key={series.name} scope="col" data-align="end">
                {series.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.name}</th>
              {data.series.map((series) => {
                const minor = series.minor[row.index]
                return (
                  <td key={series.name} data-align="end" className="numeric">
                    {minor === null || minor === undefined ? unknown : data.exact(minor)}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const rangeKeys = {
  '1m': 'common.range1m',
  '3m': 'common.range3m',
  ytd: 'common.rangeYtd',
  '1y': 'common.range1y',
  '5y': 'common.range5y',
  all: 'common.rangeAll',
} as const satisfies Record<Range, string>

/** The same range control everywhere. */
export function RangeControl({ value, onChange }: { value: Range; onChange: (range: Range) => void }) {
  const { t } = useTranslation()
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('common.range')}
      value={value}
      onChange={(next) => {
        const range = ranges.find((one) => one === next)
        if (range !== undefined) onChange(range)
      }}
      data={ranges.map((range) => ({ value: range, label: t(rangeKeys[range]) }))}
    />
  )
}
