import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from 'chart.js'
import { useEffect, useRef } from 'react'
import { dateFromDayNumber, dayNumber, type IsoDate } from '../../shared/domain/iso-date.ts'
import { useLanguage } from '../app/preferences.tsx'
import { formatDate } from '../format/date-format.ts'
import { dateTicks, spanOf } from './date-ticks.ts'

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
)

export interface ChartSeries {
  readonly name: string
  /** Minor units; null where it is not known. */
  readonly minor: readonly (number | null)[]
  /** Among bars: drawn as a line over them. */
  readonly asLine?: boolean
}

export interface ChartData {
  /** Lines over dates, or bars over names. */
  readonly kind: 'line' | 'bar'
  readonly dates?: readonly IsoDate[]
  readonly names?: readonly string[]
  readonly series: readonly ChartSeries[]
  /** Two of the lines, by their place, with the room between them filled: a range. */
  readonly band?: readonly [lower: number, upper: number]
  /** For axes: short. */
  readonly short: (minor: number) => string
  /** For tooltips: exact. */
  readonly exact: (minor: number) => string
  readonly onPick?: ((index: number) => void) | undefined
}

function colours(): { series: string[]; text: string; grid: string; surface: string; ink: string } {
  const style = getComputedStyle(document.documentElement)
  const read = (name: string) => style.getPropertyValue(name).trim()
  return {
    series: [1, 2, 3, 4, 5, 6, 7].map((number) => read(`--chart-${number}`)),
    text: read('--text-muted'),
    grid: read('--chart-grid'),
    surface: read('--surface-raised'),
    ink: read('--text'),
  }
}

const isBand = ({ band }: ChartData, index: number): boolean => band?.includes(index) === true

const dashes = [[], [6, 3], [2, 3], [8, 3, 2, 3], [1, 4], [10, 4], [4, 4]]

/** Minor units between the lowest and the highest line of a grid: four whole units in most currencies. */
const LEAST_RANGE = 400

function configuration(data: ChartData, language: ReturnType<typeof useLanguage>): ChartConfiguration<'line' | 'bar'> {
  const ink = colours()
  const font = { family: getComputedStyle(document.body).fontFamily, size: 12 }
  const dates = data.dates ?? []
  const span = spanOf(dates)
  const line = data.kind === 'line'
  return {
    type: data.kind,
    data: {
      labels: line ? [] : [...(data.names ?? [])],
      datasets: data.series.map((series, index) => ({
        label: series.name,
        data: line
          ? series.minor.flatMap((minor, at) => {
              const date = dates[at]
              return date === undefined ? [] : [{ x: dayNumber(date), y: minor ?? Number.NaN }]
            })
          : (series.minor.map((minor) => minor ?? Number.NaN) as never),
        ...(series.asLine === true && { type: 'line' as const, order: -1 }),
        borderColor: series.asLine === true ? ink.ink : (ink.series[index % 7] ?? ink.text),
        backgroundColor: isBand(data, index) ? `${ink.series[0] ?? ink.text}26` : (ink.series[index % 7] ?? ink.text),
        borderWidth: line || series.asLine === true ? 2 : 0,
        borderDash: line ? (dashes[index % 7] ?? []) : [],
        fill: data.band?.[1] === index ? data.band[0] : false,
        pointRadius: series.minor.length === 1 || series.asLine === true ? 3 : 0,
        pointHitRadius: 12,
        pointHoverRadius: 4,
        pointHoverBackgroundColor: ink.series[index % 7] ?? ink.text,
        tension: 0,
        spanGaps: true,
        borderRadius: 2,
        maxBarThickness: 36,
      })),
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: 'index', intersect: false },
      layout: { padding: { top: 6, right: 4 } },
      onClick: (_event, elements) => {
        const index = elements[0]?.index
        if (index !== undefined) data.onPick?.(index)
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          backgroundColor: ink.ink,
          titleColor: ink.surface,
          bodyColor: ink.surface,
          titleFont: font,
          bodyFont: font,
          padding: 8,
          displayColors: data.series.length > 1,
          callbacks: {
            title: (items) => {
              const item = items[0]
              if (item === undefined) return ''
              return line ? formatDate(dateFromDayNumber(item.parsed.x ?? 0), language) : item.label
            },
            label: (item) => {
              const figure = data.exact(Math.round(item.parsed.y ?? 0))
              return data.series.length > 1 ? ` ${item.dataset.label ?? ''}  ${figure}` : figure
            },
          },
        },
      },
      scales: {
        x: line
          ? {
              type: 'linear',
              ...(span === null ? {} : { min: dayNumber(span.from), max: dayNumber(span.to) }),
              grid: { display: false },
              border: { color: ink.grid },
              ticks: { color: ink.text, font, maxRotation: 0, autoSkip: false },
              afterBuildTicks: (axis) => {
                if (span === null) return
                const most = Math.max(2, Math.floor(axis.width / 90))
                axis.ticks = dateTicks(span.from, span.to, most).days.map((value) => ({ value }))
              },
              afterTickToLabelConversion: (axis) => {
                if (span === null) return
                const most = Math.max(2, Math.floor(axis.width / 90))
                const { style } = dateTicks(span.from, span.to, most)
                for (const tick of axis.ticks) tick.label = formatDate(dateFromDayNumber(tick.value), language, style)
              },
            }
          : {
              type: 'category',
              grid: { display: false },
              border: { color: ink.grid },
              ticks: { color: ink.text, font, maxRotation: 0 },
            },
        y: {
          beginAtZero: !line,
          grace: line ? '8%' : 0,
          afterDataLimits: (axis) => {
            // a level line would get steps of less than is written at them: "¥0" at every one
            if (!line || axis.max - axis.min >= LEAST_RANGE) return
            const middle = Math.round((axis.min + axis.max) / 2)
            axis.min = middle - LEAST_RANGE / 2
            axis.max = middle + LEAST_RANGE / 2
          },
          border: { display: false },
          grid: { color: ink.grid },
          ticks: {
            color: ink.text,
            font,
            maxTicksLimit: 5,
            callback: (value) => data.short(Math.round(Number(value))),
          },
        },
      },
    },
  }
}

/** The drawing itself; its equal in words is the table of `ChartFigure`. */
export default function ChartCanvas({ data }: { data: ChartData }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const language = useLanguage()
  useEffect(() => {
    if (canvas.current === null) return undefined
    const chart = new Chart(canvas.current, configuration(data, language))
    const redraw = new MutationObserver(() => {
      const fresh = configuration(data, language)
      chart.data = fresh.data
      chart.options = fresh.options ?? {}
      chart.update('none')
    })
    redraw.observe(document.documentElement, { attributes: true, attributeFilter: ['data-mantine-color-scheme'] })
    return () => {
      redraw.disconnect()
      chart.destroy()
    }
  }, [data, language])
  return <canvas ref={canvas} aria-hidden="true" />
}
