import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** Browsers end an element at about 33 million pixels; a list that would be longer shows its first part. */
const tallest = 30_000_000

const headHeight = 32
/** Rows drawn beyond those in view; the range moves by whole strides, so that most scrolling draws nothing at all. */
const overscan = 10
const stride = 5

/** The first and last row to draw, both inclusive; last is −1 where there is none. */
export function rowsInView(
  top: number,
  height: number,
  rowHeight: number,
  count: number,
): { first: number; last: number } {
  const first = Math.max(0, Math.floor((Math.floor(top / rowHeight) - overscan) / stride) * stride)
  const last = Math.min(count - 1, Math.ceil((Math.ceil((top + height) / rowHeight) + overscan) / stride) * stride)
  return { first: Math.min(first, Math.max(0, last)), last }
}

function indexes(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) => first + offset)
}

interface VirtualRowsProps {
  readonly label: string
  readonly total: number
  readonly rowHeight?: number
  readonly header: ReactNode
  readonly columnCount: number
  readonly renderRow: (index: number) => ReactNode
  /** Which rows are in view, to fetch them. */
  readonly onWindow: (first: number, last: number) => void
  readonly onOpen?: (index: number) => void
  readonly onToggle?: (index: number) => void
  readonly isSelected?: (index: number) => boolean
  /** At the end of a list that is longer than can be shown. */
  readonly cutNote?: ReactNode
}

/**
 * A table of any length: only rows in view exist. Arrow keys, Page, Home and End move the current row; Enter opens it,
 * Space selects it.
 */
export function VirtualRows({
  label,
  total,
  rowHeight = 36,
  header,
  columnCount,
  renderRow,
  onWindow,
  onOpen,
  onToggle,
  isSelected,
  cutNote,
}: VirtualRowsProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState(0)
  const focusNext = useRef(false)
  const shown = Math.min(total, Math.floor(tallest / rowHeight))
  const [range, setRange] = useState(() => rowsInView(0, 600, rowHeight, shown))
  const { first, last } = range
  useEffect(() => onWindow(first, last), [onWindow, first, last])
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return undefined
    const measure = () => {
      const next = rowsInView(element.scrollTop, element.clientHeight, rowHeight, shown)
      setRange((now) => (now.first === next.first && now.last === next.last ? now : next))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    element.addEventListener('scroll', measure, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', measure)
    }
  }, [rowHeight, shown])

  const move = (index: number) => {
    const target = Math.max(0, Math.min(shown - 1, index))
    setCurrent(target)
    focusNext.current = true
    const element = scroller.current
    if (element === null) return
    const above = target * rowHeight
    const room = element.clientHeight - headHeight - rowHeight
    if (above < element.scrollTop) element.scrollTop = above
    else if (above > element.scrollTop + room) element.scrollTop = above - room
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTableRowElement>) => {
    if (event.target !== event.currentTarget) return
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight * 10) / rowHeight) - 2)
    const moves: Record<string, number> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + page,
      PageUp: current - page,
      Home: 0,
      End: shown - 1,
    }
    const target = moves[event.key]
    if (target !== undefined) {
      event.preventDefault()
      move(target)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      onOpen?.(current)
    } else if (event.key === ' ') {
      event.preventDefault()
      onToggle?.(current)
    }
  }

  return (
    <div className="virtual">
      <div className="virtual-scroll" ref={scroller}>
        <table className="virtual-table" aria-label={label} aria-rowcount={total + 1} aria-colcount={columnCount}>
          <thead className="virtual-head">
            <tr aria-rowindex={1}>{header}</tr>
          </thead>
          <tbody className="virtual-body" style={{ height: shown * rowHeight }}>
            {indexes(first, last).map((index) => (
              <tr
                key={index}
                ref={(element) => {
                  if (element !== null && focusNext.current && index === current) {
                    focusNext.current = false
                    element.focus({ preventScroll: true })
                  }
                }}
                className="virtual-row"
                aria-rowindex={index + 2}
                data-selected={isSelected?.(index) ?? false}
                tabIndex={index === Math.min(current, shown - 1) ? 0 : -1}
                style={{ height: rowHeight, transform: `translateY(${index * rowHeight}px)` }}
                onKeyDown={onKeyDown}
                onFocus={(event) => {
                  if (event.target === event.currentTarget) setCurrent(index)
                }}
                onClick={(event) => {
                  // a picker's list is drawn elsewhere in the page, but its clicks come up through the row
                  if (!(event.target instanceof Element && event.currentTarget.contains(event.target))) return
                  setCurrent(index)
                  if (event.target.closest('button, input, a, label') === null) onOpen?.(index)
                }}
              >
                {renderRow(index)}
              </tr>
            ))}
          </tbody>
        </table>
        {shown < total ? <div className="virtual-cut">{cutNote}</div> : null}
      </div>
    </div>
  )
}
