import { ImportRejection } from '../importer.ts'
import type { CamtScanner } from './camt-scanner.ts'

/** One element of a record in memory. */
export interface CamtElement {
  readonly name: string
  readonly attributes: string
  /** Its text as written; '' where it has children. See `tidyText`. */
  readonly text: string
  readonly children: readonly CamtElement[]
}

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
  /** Names that belong outside: their opening or closing tags end this element, too. */
  readonly outside: ReadonlySet<string>
}

const SPACES = /\s\s|[\t\r\n]/

/** Text without outer space and with single spaces, as wrapped and indented files need it. */
export function tidyText({ text }: CamtElement): string {
  return (text.length > 1 && SPACES.test(text) ? text.replaceAll(/\s+/g, ' ') : text).trim()
}

const NO_CHILDREN: readonly CamtElement[] = []

interface Building {
  readonly name: string
  readonly attributes: string
  readonly text: string
  readonly children: CamtElement[]
}

/**
 * Reads the element that the scanner has just come to, to its end. A missing closing tag is taken as set where an outer
 * element ends. Throws `truncated` where the file ends before the element does.
 */
export function readElement(scanner: CamtScanner, { each, outside }: ElementHooks): ReadElement {
  const { name, attributes, text } = scanner
  if (scanner.token === 'leaf') return { element: { name, attributes, text, children: NO_CHILDREN }, unclosed: false }
  const element: Building = { name, attributes, text: '', children: [] }
  const stack = [element]
  let top = element
  let count = 0
  let unclosed = false
  const leave = (): void => {
    const ended = top
    stack.pop()
    const next = stack.at(-1)
    if (next === undefined) return
    top = next
    if (each !== undefined && ended.name === each.name) {
      each.take(ended)
      count = 0
    } else if (count < MOST_ELEMENTS) top.children.push(ended)
  }
  for (;;) {
    const token = scanner.next()
    if (token === 'leaf') {
      count += 1
      // what has text is no record
      if (scanner.text === '' && outside.has(scanner.name)) {
        unclosed = true
        scanner.hold()
        break
      }
      if (each !== undefined && scanner.name === each.name) each.take(leafOf(scanner))
      else if (count < MOST_ELEMENTS) top.children.push(leafOf(scanner))
    } else if (token === 'open') {
      count += 1
      if (outside.has(scanner.name)) {
        unclosed = true
        scanner.hold()
        break
      }
      if (UNUSED.has(scanner.name)) {
        if (skipElement(scanner, outside)) unclosed = true
        continue
      }
      top = { name: scanner.name, attributes: scanner.attributes, text: '', children: [] }
      stack.push(top)
    } else if (token === 'close') {
      if (scanner.name === top.name) {
        if (stack.length === 1) return { element, unclosed }
        leave()
        continue
      }
      unclosed = true
      if (stack.some((open) => open.name === scanner.name)) {
        while (top.name !== scanner.name) leave()
        if (stack.length === 1) return { element, unclosed }
        leave()
      } else if (outside.has(scanner.name)) {
        scanner.hold()
        break
      }
    } else throw truncated()
  }
  while (stack.length > 1) leave()
  return { element, unclosed }
}

const leafOf = ({ name, attributes, text }: CamtScanner): CamtElement => ({
  name,
  attributes,
  text,
  children: NO_CHILDREN,
})

/** Passes over the element that the scanner has just come to; answers whether its end is missing. */
export function skipElement(scanner: CamtScanner, outside: ReadonlySet<string>): boolean {
  if (scanner.token === 'leaf' || scanner.leap('Ntry')) return false
  const stack = [scanner.name]
  while (stack.length > 0) {
    const token = scanner.next()
    if (token === 'end') throw truncated()
    if (outside.has(scanner.name)) {
      scanner.hold()
      return true
    }
    if (token === 'open') stack.push(scanner.name)
    else if (token === 'close') {
      const at = stack.lastIndexOf(scanner.name)
      if (at >= 0) stack.length = at
    }
  }
  return false
}

const truncated = (): ImportRejection =>
  new ImportRejection('truncated', 'The file breaks off in the middle of a statement: download it again.')

/** The element at the end of a path of names, the first where there are several. */
export function elementAt(element: CamtElement | undefined, ...path: readonly string[]): CamtElement | undefined {
  let at = element
  for (const name of path) {
    if (at === undefined) return undefined
    at = childOf(at, name)
  }
  return at
}

function childOf(element: CamtElement, name: string): CamtElement | undefined {
  for (const child of element.children) if (child.name === name) return child
  return undefined
}

/** The text at the end of a path, tidied; undefined where the element is absent or empty. */
export function textAt(element: CamtElement | undefined, ...path: readonly string[]): string | undefined {
  let at = element
  for (const name of path) {
    if (at === undefined) return undefined
    at = childOf(at, name)
  }
  if (at === undefined || at.text === '') return undefined
  const text = tidyText(at)
  return text === '' ? undefined : text
}

const NONE: readonly CamtElement[] = []

/** All children of a name. */
export function elementsOf(element: CamtElement | undefined, name: string): readonly CamtElement[] {
  if (element === undefined || childOf(element, name) === undefined) return NONE
  return element.children.filter((child) => child.name === name)
}

/** The texts of all children of a name, tidied. */
export function textsOf(element: CamtElement | undefined, name: string): string[] {
  return elementsOf(element, name).map(tidyText)
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
