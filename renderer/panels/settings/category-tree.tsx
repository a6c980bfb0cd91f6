import { IconChevronDown, IconChevronRight, IconPencil } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '../../components/small.tsx'
import type { CategoryRow } from './category-order.ts'

interface CategoryTreeProps {
  readonly label: string
  readonly rows: readonly CategoryRow[]
  readonly isOpen: (id: number) => boolean
  readonly onToggle: (id: number, open: boolean) => void
  readonly onEdit: (row: CategoryRow) => void
  readonly onMove: (row: CategoryRow, step: -1 | 1) => void
}

/**
 * Categories of one kind as a tree (WAI-ARIA tree view): one stop for Tab; up and down between rows, right and left open
 * and close, Enter edits, Alt with up and down moves the category itself.
 */
export function CategoryTree({ label, rows, isOpen, onToggle, onEdit, onMove }: CategoryTreeProps) {
  const { t } = useTranslation()
  const [current, setCurrent] = useState<number | null>(null)
  const elements = useRef(new Map<number, HTMLDivElement>())
  const moved = useRef<number | null>(null)
  const stop = rows.some((row) => row.category.id === current) ? current : (rows[0]?.category.id ?? null)
  useEffect(() => {
    // a row that changed its place has lost the focus on the way
    if (moved.current === null || document.activeElement !== document.body) return
    elements.current.get(moved.current)?.focus()
  })

  const focus = (row: CategoryRow | undefined) => {
    if (row !== undefined) elements.current.get(row.category.id)?.focus()
  }
  const onKeyDown = (event: KeyboardEvent, row: CategoryRow) => {
    const index = rows.indexOf(row)
    const { id } = row.category
    const open = isOpen(id)
    const act: Record<string, () => void> = {
      ArrowDown: () => (event.altKey ? onMove(row, 1) : focus(rows[index + 1])),
      ArrowUp: () => (event.altKey ? onMove(row, -1) : focus(rows[index - 1])),
      Home: () => focus(rows[0]),
      End: () => focus(rows.at(-1)),
      ArrowRight: () => {
        if (row.inside > 0 && !open) onToggle(id, true)
        else if (row.inside > 0) focus(rows[index + 1])
      },
      ArrowLeft: () => {
        if (row.level === 1 && open) onToggle(id, false)
        else if (row.level === 2) focus(rows.find((one) => one.category.id === row.category.parentId))
      },
      Enter: () => onEdit(row),
      ' ': () => onEdit(row),
    }
    const action = act[event.key]
    if (action === undefined) return
    event.preventDefault()
    moved.current = event.altKey ? id : null
    action()
  }

  return (
    <div role="tree" aria-label={label} className="category-tree">
      {rows.map((row) => {
        const { id, archived } = row.category
        const open = isOpen(id)
        return (
          <div
            key={id}
            ref={(element) => {
              if (element === null) elements.current.delete(id)
              else elements.current.set(id, element)
            }}
            role="treeitem"
            className="category-row"
            aria-level={row.level}
            aria-posinset={row.place}
            aria-setsize={row.siblings}
            aria-selected={id === stop}
            aria-expanded={row.inside > 0 ? open : undefined}
            tabIndex={id === stop ? 0 : -1}
            data-level={row.level}
            data-archived={archived}
            onFocus={() => {
              setCurrent(id)
              if (moved.current !== id) moved.current = null
            }}
            onClick={() => onEdit(row)}
            onKeyDown={(event) => onKeyDown(event, row)}
          >
            <span
              className="category-twist"
              aria-hidden="true"
              onClick={(event) => {
                event.stopPropagation()
                if (row.inside > 0) onToggle(id, !open)
              }}
            >
              {row.inside === 0 ? null : open ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
            </span>
            <span className="category-name clip">{row.name}</span>
            <span className="category-other clip">{row.otherName}</span>
            {archived ? <Badge>{t('settings.archived')}</Badge> : null}
            <span className="category-inside numeric" aria-hidden="true">
              {row.inside === 0 ? '' : row.inside}
            </span>
            <IconPencil size={15} className="category-pencil" aria-hidden="true" />
          </div>
        )
      })}
    </div>
  )
}
