import { ImportRejection } from '../importer.ts'
import type { XmlEvent } from '../text/xml-scanner.ts'

/** An element with what is in it. Names are local. */
export interface XmlNode {
  readonly name: string
  readonly children: readonly XmlNode[]
  readonly text: string
}

interface OpenNode extends XmlNode {
  readonly children: XmlNode[]
  text: string
}

/** A record of a GnuCash file: an element that stands directly in the book. */
export interface XmlRecord {
  readonly name: string
  /** Null where it was passed over, larger than any record, or torn off by the end of the file. */
  readonly node: XmlNode | null
  readonly state: 'whole' | 'passed' | 'flooded' | 'torn'
}

/** Elements that only hold records. */
const CONTAINERS: ReadonlySet<string> = new Set(['gnc-v2', 'book', 'pricedb'])

const MOST_NODES = 200_000
const DEEPEST = 100
/** Characters of one record: far more than a transaction with thousands of splits has. */
const MOST_TEXT = 64 * 1024 * 1024

export interface RecordsEnd {
  /** The outermost element was closed. */
  readonly complete: boolean
}

/**
 * The records of a GnuCash file, one after another, each in memory by itself. Those that `wants` does not name are
 * passed over unread. Answers whether the document ended as it should. Throws `damaged` where elements are nested beyond
 * reason outside of records.
 */
export function* readXmlRecords(
  events: Iterable<XmlEvent>,
  wants: (name: string) => boolean,
): Generator<XmlRecord, RecordsEnd, void> {
  const containers: string[] = []
  let path: OpenNode[] = []
  let passing = 0
  let nodes = 0
  let characters = 0
  let record = ''
  let flooded = false
  let complete = false
  for (const event of events) {
    if (event.kind === 'text') {
      const top = path.at(-1)
      if (top !== undefined && !flooded) {
        characters += event.text.length
        if (characters > MOST_TEXT) flooded = true
        else top.text += event.text
      }
      continue
    }
    if (event.kind === 'open') {
      if (passing > 0) {
        if (!event.isEmpty) passing += 1
      } else if (path.length > 0) {
        nodes += 1
        if (nodes > MOST_NODES || path.length > DEEPEST) flooded = true
        const node: OpenNode = { name: event.name, children: [], text: '' }
        if (!flooded) path.at(-1)?.children.push(node)
        if (!event.isEmpty) path.push(node)
      } else if (CONTAINERS.has(event.name)) {
        if (containers.length > DEEPEST)
          throw new ImportRejection('damaged', 'The file is damaged: its XML is not readable.')
        if (!event.isEmpty) containers.push(event.name)
      } else if (wants(event.name)) {
        record = event.name
        const node: OpenNode = { name: record, children: [], text: '' }
        nodes = 0
        characters = 0
        flooded = false
        if (event.isEmpty) yield { name: record, node, state: 'whole' }
        else path = [node]
      } else {
        yield { name: event.name, node: null, state: 'passed' }
        if (!event.isEmpty) passing = 1
      }
      continue
    }
    if (passing > 0) passing -= 1
    else if (path.length > 0) {
      // an end that fits no open element is passed over: the record's own end settles it
      const at = path.findLastIndex(({ name }) => name === event.name)
      if (at > 0) path.length = at
      else if (at === 0) {
        const node = path[0] ?? null
        path = []
        yield flooded ? { name: record, node: null, state: 'flooded' } : { name: record, node, state: 'whole' }
      }
    } else if (containers.at(-1) === event.name) {
      containers.pop()
      if (containers.length === 0) complete = true
    }
  }
  if (path.length > 0) yield { name: record, node: null, state: 'torn' }
  return { complete: complete && passing === 0 }
}

/** The first child of this name. */
export function childOf(node: XmlNode | undefined, name: string): XmlNode | undefined {
  return node?.children.find((child) => child.name === name)
}

/** The text of the first child of this name, trimmed; undefined where there is none or nothing in it. */
export function textOf(node: XmlNode | undefined, name: string): string | undefined {
  const text = childOf(node, name)?.text.trim()
  return text === undefined || text === '' ? undefined : text
}

/** The value of a slot by its keys from the outside in ("hbci", "account-id"). */
export function slotOf(node: XmlNode | undefined, ...keys: readonly string[]): XmlNode | undefined {
  let slots = childOf(node, 'slots')
  let value: XmlNode | undefined
  for (const key of keys) {
    const slot = slots?.children.find((child) => child.name === 'slot' && textOf(child, 'key') === key)
    value = childOf(slot, 'value')
    slots = value
  }
  return value
}
