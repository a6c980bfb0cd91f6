import { ImportRejection } from '../importer.ts'
import type { CamtScanner } from './camt-scanner.ts'

/** One element of a record in memory. */
export interface CamtElement {
  readonly name: string
  readonly attributes: string
  /** Its text, trimmed and with single spaces; '' where it has children. */
  text: string
  readonly children: CamtElement[]
}

/** Deepest nesting that is read; the standard's own is below 20. */
const DEEPEST = 64
/** Most elements of one record that are kept; a full transaction of the standard has some 200. */
const MOST_ELEMENTS = 20_000

/** Parts of a record that say nothing a ledger keeps: passed over without being built. */
const UNUSED: ReadonlySet<string> = new Set([
  'PstlAdr',
  'CtctDtls',
  'CtryOfRes',
  'RltdAgts',
  'SplmtryData',
  'RltdRmtInf',
  'GrnshmtRmt',
  'Avlbty',
  'MsgRcpt',
])

export interface ReadElement {
  readonly element: CamtElement
  /** Closing tags were missing: what was read may lack something. */
  readonly unclosed: boolean
}

export interface ElementHooks {
  /** Elements of this name are handed over one by one as they end, and not kept. */
  readonly each?: { readonly name: string; readonly take: (element: CamtElement) => void }
  /** Whether a name belongs outside: its opening or closing tag ends this element, too. */
  readonly isOutside: (name: string) => boolean
}

const SPACES = /\s\s|[\t\r\n]/

/** Text without outer space and with single spaces, as wrapped and indented files need it. */
function tidy(text: string): string {
  return (SPACES.test(text) ? text.replaceAll(/\s+/g, ' ') : text).trim()
}

function build(scanner: CamtScanner): CamtElement {
  return { name: scanner.name, attributes: scanner.attributes, text: '', children: [] }
}

/**
 * Reads the element that has just opened, to its end. A missing closing tag is taken as set where an outer element
 * ends. Throws `damaged` beyond 64 levels and `truncated` where the file ends before the element does.
 */
export function readElement(scanner: CamtScanner, hooks: ElementHooks): ReadElement {
  const element = build(scanner)
  const { each, isOutside } = hooks
  const stack = [element]
  let top = element
  let count = 0
  let unclosed = false
  const leave = (): void => {
    stack.pop()
    const next = stack.at(-1)
    if (next === undefined) return
    if (each !== undefined && top.name === each.name) {
      each.take(top)
      count = 0
    } else if (count < MOST_ELEMENTS) next.children.push(top)
    count += 1
    top = next
  }
  while (stack.length > 0) {
    const token = scanner.next()
    if (token === 'end') throw truncated()
    if (token === 'open') {
      if (isOutside(scanner.name)) {
        unclosed = true
        scanner.hold()
        while (stack.length > 0) leave()
        break
      }
      if (UNUSED.has(scanner.name)) {
        if (skipElement(scanner, isOutside)) unclosed = true
        continue
      }
      if (stack.length >= DEEPEST) throw tooDeep()
      top = build(scanner)
      stack.push(top)
      continue
    }
    if (scanner.name === top.name) {
      if (scanner.text !== '') top.text = tidy(scanner.text)
      leave()
    } else if (stack.some(({ name }) => name === scanner.name)) {
      unclosed = true
      while (top.name !== scanner.name) leave()
      leave()
    } else {
      unclosed = true
      if (isOutside(scanner.name)) {
        scanner.hold()
        while (stack.length > 0) leave()
      }
    }
  }
  return { element, unclosed }
}

/** Passes over the element that has just opened; answers whether its end is missing. */
export function skipElement(scanner: CamtScanner, isOutside: (name: string) => boolean): boolean {
  const stack = [scanner.name]
  while (stack.length > 0) {
    const token = scanner.next()
    if (token === 'end') throw truncated()
    if (isOutside(scanner.name)) {
      scanner.hold()
      return true
    }
    if (token === 'open') {
      if (stack.length >= DEEPEST) throw tooDeep()
      stack.push(scanner.name)
    } else {
      const at = stack.lastIndexOf(scanner.name)
      if (at >= 0) stack.length = at
    }
  }
  return false
}

const truncated = (): ImportRejection =>
  new ImportRejection('truncated', 'The file breaks off in the middle of a statement: download it again.')

const tooDeep = (): ImportRejection =>
  new ImportRejection('damaged', 'The file is damaged: its elements are nested deeper than any statement.')

/** The element at the end of a path of names, the first where there are several. */
export function elementAt(element: CamtElement | undefined, ...path: readonly string[]): CamtElement | undefined {
  let at = element
  for (const name of path) {
    if (at === undefined) return undefined
    at = at.children.find((child) => child.name === name)
  }
  return at
}

/** The text at the end of a path; undefined where the element is absent or empty. */
export function textAt(element: CamtElement | undefined, ...path: readonly string[]): string | undefined {
  const text = elementAt(element, ...path)?.text
  return text === undefined || text === '' ? undefined : text
}

/** All children of a name. */
export function elementsOf(element: CamtElement | undefined, name: string): readonly CamtElement[] {
  return element === undefined ? [] : element.children.filter((child) => child.name === name)
}

/** The first element of a name at any depth. */
export function findElement(element: CamtElement | undefined, name: string): CamtElement | undefined {
  if (element === undefined) return undefined
  for (const child of element.children) {
    const found = child.name === name ? child : findElement(child, name)
    if (found !== undefined) return found
  }
  return undefined
}
