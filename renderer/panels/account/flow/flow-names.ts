import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { Category } from '../../../../shared/model/category.ts'
import type { FlowDiagram, FlowGroup, FlowSpan } from '../../../../shared/model/flow.ts'
import { useLanguage } from '../../../app/preferences.tsx'
import { useCall } from '../../../app/queries.ts'
import { categoryName } from '../../../components/categories.ts'
import { formatDate } from '../../../format/date-format.ts'
import type { Language } from '../../../format/language.ts'

const none: readonly Category[] = []

export interface CategoryNames {
  /** 0: without a category. */
  readonly nameOf: (id: number) => string
  readonly parentOf: (id: number) => number | null
  /** The category and all below it. */
  readonly treeOf: (id: number) => number[]
}

/** Categories by number, in the window's language. */
export function useCategoryNames(): CategoryNames {
  const { t } = useTranslation()
  const language = useLanguage()
  const categories = useCall('category.list', {}).data ?? none
  return useMemo(() => {
    const byId = new Map(categories.map((category) => [category.id, category]))
    return {
      nameOf: (id) => {
        const category = byId.get(id)
        return category === undefined ? t('flow.uncategorised') : categoryName(category, language)
      },
      parentOf: (id) => byId.get(id)?.parentId ?? null,
      treeOf: (id) => [id, ...categories.filter(({ parentId }) => parentId === id).map((category) => category.id)],
    }
  }, [categories, language, t])
}

/** What a box of the diagram is called. */
export function useNodeName(): (node: FlowDiagram['nodes'][number]) => string {
  const { t } = useTranslation()
  const { nameOf } = useCategoryNames()
  return ({ kind, categoryId }) => {
    if (kind === 'household') return t('flow.node.household')
    if (kind === 'saved') return t('flow.node.saved')
    if (kind === 'from-savings') return t('flow.node.fromSavings')
    if (kind === 'other' || categoryId === null) return t('flow.node.other')
    const name = nameOf(categoryId)
    if (kind === 'refund') return t('flow.node.refund', { name })
    return kind === 'clawback' ? t('flow.node.clawback', { name }) : name
  }
}

/** A period as an axis calls it: "3 Mar", "Mar 2026", "Q1 2026", "2026". */
export function periodName(from: IsoDate, group: FlowGroup, language: Language): string {
  if (group === 'day' || group === 'week') return formatDate(from, language, 'short')
  if (group === 'month') return formatDate(from, language, 'month-year')
  if (group === 'year') return formatDate(from, language, 'year')
  const quarter = Math.floor((Number(from.slice(5, 7)) - 1) / 3) + 1
  return language === 'zh-CN' ? `${from.slice(0, 4)}年${quarter}季度` : `Q${quarter} ${from.slice(0, 4)}`
}

/** A span in words: its month, quarter or year where it is exactly that, else its first and last day. */
export function spanName(span: FlowSpan, language: Language, kind: FlowGroup | null): string {
  if (kind === 'month' || kind === 'quarter' || kind === 'year') return periodName(span.from, kind, language)
  const ends = [formatDate(span.from, language, 'long'), formatDate(span.to, language, 'long')]
  return language === 'zh-CN' ? ends.join('至') : ends.join(' – ')
}
