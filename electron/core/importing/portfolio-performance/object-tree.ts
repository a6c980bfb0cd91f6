import { ImportRejection } from '../importer.ts'
import { attributesOf, type XmlFile } from '../text/xml-file.ts'

/** An element of a program's objects as XStream writes them: https://x-stream.github.io/graphs.html. */
export interface ObjectNode {
  readonly name: string
  readonly parent: ObjectNode | null
  readonly children: ObjectNode[]
  readonly attributes: ReadonlyMap<string, string>
  text: string
}

export interface ObjectTree {
  readonly root: ObjectNode
  /** False where the file ends before its root does. */
  readonly isWhole: boolean
  /** Every end tag named what it ended. */
  readonly isSound: boolean
}

/** More objects than any portfolio of a household: the tree is held in memory. */
const MOST_NODES = 1_500_000
const DEEPEST = 2000
const LONGEST_PATH = 4000
const LONGEST_TEXT = 10_000

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map()

/**
 * The file as a tree without what `isLeftOut` (an element and its parent by name) leaves out with all that is in it.
 * References may point at an element by its place among those of its name, so only whole kinds of children are left out.
 * Throws `too-large` where it would not fit, `damaged` where it nests deeper than objects do, `unknown-format` without a root.
 */
export function readObjectTree(file: XmlFile, isLeftOut: (name: string, parent: string) => boolean): ObjectTree {
  let root: ObjectNode | null = null
  let at: ObjectNode | null = null
  let depth = 0
  let hidden = 0
  let count = 0
  let isSound = true
  for (const event of file.events()) {
    if (event.kind === 'text') {
      if (hidden === 0 && at !== null && at.text.length < LONGEST_TEXT) at.text += event.text
    } else if (event.kind === 'close') {
      if (hidden > 0) hidden -= 1
      else if (at !== null) {
        if (at.name !== event.name) isSound = false
        // a stray end closes what it names, if anything does
        let closing: ObjectNode | null = at
        for (let up = 0; up < 8 && closing !== null && closing.name !== event.name; up += 1) closing = closing.parent
        if (closing?.name === event.name) {
          if (closing === root) return { root, isWhole: true, isSound }
          while (at !== closing.parent && at !== null) {
            at = at.parent
            depth -= 1
          }
        }
      }
    } else if (hidden > 0 || isLeftOut(event.name, at?.name ?? '')) {
      if (!event.isEmpty) hidden += 1
    } else {
      const attributes = event.attributes === '' ? NO_ATTRIBUTES : attributesOf(event.attributes)
      const node: ObjectNode = { name: event.name, parent: at, children: [], attributes, text: '' }
      count += 1
      if (count > MOST_NODES) throw new ImportRejection('too-large', 'The file holds more than can be read at once.')
      if (root === null) root = node
      else if (at === null) break
      else at.children.push(node)
      if (event.isEmpty) {
        if (node === root) return { root, isWhole: true, isSound }
      } else {
        at = node
        depth += 1
        if (depth > DEEPEST)
          throw new ImportRejection('damaged', 'The file nests deeper than it should: it is damaged.')
      }
    }
  }
  if (root === null) throw new ImportRejection('unknown-format', 'The file is no XML document.')
  return { root, isWhole: false, isSound }
}

/** Finds what references mean: an element by its path from the referring one or from the root, or by its id. */
export class ObjectReferences {
  readonly #root: ObjectNode
  readonly #byName = new Map<ObjectNode, ReadonlyMap<string, readonly ObjectNode[]>>()
  #byId: ReadonlyMap<string, ObjectNode> | null = null

  constructor(root: ObjectNode) {
    this.#root = root
  }

  /** The element itself, or the one that it refers to; null where the reference leads nowhere. */
  resolve(node: ObjectNode): ObjectNode | null {
    let at: ObjectNode | null = node
    // what is referred to is the thing itself; a longer chain would be a circle
    for (let hop = 0; hop < 4 && at !== null; hop += 1) {
      const reference: string | undefined = at.attributes.get('reference')
      if (reference === undefined) return at
      at = this.#find(at, reference)
    }
    return null
  }

  /** The first child of that name, resolved; null where there is none. */
  child(node: ObjectNode, name: string): ObjectNode | null {
    const [first] = this.#named(node, name)
    return first === undefined ? null : this.resolve(first)
  }

  /** The trimmed text of a child; undefined where there is none. */
  text(node: ObjectNode, name: string): string | undefined {
    const text = this.child(node, name)?.text.trim() ?? ''
    return text === '' ? undefined : text
  }

  #named(node: ObjectNode, name: string): readonly ObjectNode[] {
    const known = this.#byName.get(node)
    if (known !== undefined) return known.get(name) ?? []
    const groups = new Map<string, ObjectNode[]>()
    for (const child of node.children) {
      const group = groups.get(child.name)
      if (group === undefined) groups.set(child.name, [child])
      else group.push(child)
    }
    this.#byName.set(node, groups)
    return groups.get(name) ?? []
  }

  #find(from: ObjectNode, reference: string): ObjectNode | null {
    if (reference.length > LONGEST_PATH) return null
    if (/^\d+$/.test(reference)) return this.#ids().get(reference) ?? null
    const isAbsolute = reference.startsWith('/')
    const steps = reference.split('/').filter((step) => step !== '' && step !== '.')
    let at: ObjectNode | null = from
    if (isAbsolute) {
      at = steps.shift()?.replace(/\[1\]$/, '') === this.#root.name ? this.#root : null
    }
    for (const step of steps) {
      if (at === null) return null
      if (step === '..') at = at.parent
      else {
        const [, name = step, place] = /^([^[\]]{1,200})(?:\[(\d{1,9})\])?$/.exec(step) ?? []
        at = this.#named(at, name)[place === undefined ? 0 : Number(place) - 1] ?? null
      }
    }
    return at
  }

  #ids(): ReadonlyMap<string, ObjectNode> {
    if (this.#byId !== null) return this.#byId
    const ids = new Map<string, ObjectNode>()
    const open = [this.#root]
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      const id = node.attributes.get('id')
      if (id !== undefined && !ids.has(id)) ids.set(id, node)
      for (const child of node.children) open.push(child)
    }
    this.#byId = ids
    return ids
  }
}
