import type { CurrencyCode } from '../../../../shared/domain/currency.ts'
import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { TableReader } from '../table/table-reader.ts'
import type { YearContext } from './cell.ts'
import { institutionIn, Preamble } from './preamble.ts'
import { Survey } from './survey.ts'
import { walkTable } from './walk-table.ts'

/** One table with what stands around it: what the first pass over a file leaves for the second. */
export interface Section {
  readonly survey: Survey
  readonly yearContext: YearContext | null
  readonly period: { readonly from: IsoDate | null; readonly to: IsoDate | null }
  readonly currency: CurrencyCode | null
  /** The bank that preamble, sheet name or file name speak of. */
  readonly institution: string | undefined
  /** A wallet's own name for its customer. */
  readonly owner: string | undefined
}

/** A table's headers in order, each with the section it opens or goes on. Empty where there is no header. */
export interface SurveyedTable {
  readonly table: TableReader
  readonly context: string
  readonly sections: readonly Section[]
}

function sectionOf(survey: Survey, context: string): Section {
  const { preamble } = survey
  return {
    survey,
    yearContext: preamble.yearContext,
    period: preamble.period,
    currency: preamble.currency,
    institution: institutionIn(`${preamble.text}\n${context}`),
    owner: preamble.number ?? preamble.holder,
  }
}

/** The surveys of a table by header; text between two tables that names another account starts a new one. */
function surveysOf(
  table: TableReader,
  context: string,
  isSheet: boolean,
): { surveys: Survey[]; loose: (readonly string[])[] } {
  const surveys: Survey[] = []
  let current: Survey | null = null
  let waiting: (readonly string[])[] = []
  const settle = (survey: Survey): void => {
    for (const cells of waiting) survey.preamble.add(cells)
    waiting = []
  }
  for (const step of walkTable(table, context, isSheet)) {
    if (step.type === 'text') {
      waiting.push(step.cells)
    } else if (step.type === 'header') {
      const between = new Preamble()
      for (const cells of waiting) between.add(cells)
      if (current === null || (between.number !== undefined && between.number !== current.preamble.number))
        current = new Survey()
      settle(current)
      surveys.push(current)
    } else {
      current?.add(step)
    }
  }
  if (current !== null) settle(current)
  return { surveys, loose: waiting }
}

/**
 * The first pass: what every table of a file says of itself. What sheets without a table say (a cover) counts for all
 * the others.
 */
export function surveyTables(tables: readonly TableReader[], fileName: string, isSheet: boolean): SurveyedTable[] {
  const surveyed = tables.map((table) => {
    const context = table.name === '' ? fileName : `${fileName}\n${table.name}`
    return { table, context, ...surveysOf(table, context, isSheet) }
  })
  const cover = surveyed.filter(({ surveys }) => surveys.length === 0).flatMap(({ loose }) => loose)
  return surveyed.map(({ table, context, surveys }) => {
    const sections = new Map<Survey, Section>()
    for (const survey of new Set(surveys)) {
      for (const cells of cover) survey.preamble.add(cells)
      sections.set(survey, sectionOf(survey, context))
    }
    return { table, context, sections: surveys.flatMap((survey) => sections.get(survey) ?? []) }
  })
}
