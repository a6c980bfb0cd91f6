import type { FlowDiagram } from '../../../../../shared/model/flow.ts'

/** What each category came to: see `flowCategorySchema.minor`. */
export interface DiagramAmount {
  readonly categoryId: number
  readonly flow: 'income' | 'expense'
  readonly minor: number
}

type Node = FlowDiagram['nodes'][number]
type Draft = Omit<Node, 'column'>

/** More than these in one place become "other". */
const MOST_SOURCES = 7
const MOST_GROUPS = 7
const MOST_IN_GROUP = 5

/** The largest, and one for all the rest where they are more. */
function largest(drafts: readonly Draft[], most: number, otherKey: string): Draft[] {
  const sorted = drafts.toSorted((left, right) => right.minor - left.minor || (left.key < right.key ? -1 : 1))
  if (sorted.length <= most) return sorted
  const rest = sorted.slice(most - 1)
  const minor = rest.reduce((sum, one) => sum + one.minor, 0)
  return [...sorted.slice(0, most - 1), { key: otherKey, kind: 'other', categoryId: null, minor }]
}

/**
 * Where money came from and where it went: sources → household → groups → categories. What was not spent goes to "saved";
 * what was spent beyond the income comes from savings. A category that gave back more than it took is a source (refund),
 * an income that was taken back a destination (clawback): every amount drawn is positive, and both sides of the household
 * are equal.
 */
export function computeFlowDiagram(
  amounts: readonly DiagramAmount[],
  parentOf: (categoryId: number) => number | null,
): FlowDiagram {
  const sources: Draft[] = []
  const spent: DiagramAmount[] = []
  const clawbacks: Draft[] = []
  for (const amount of amounts) {
    const { categoryId, flow, minor } = amount
    if (flow === 'income' && minor > 0) sources.push({ key: `in-${categoryId}`, kind: 'income', categoryId, minor })
    if (flow === 'income' && minor < 0)
      clawbacks.push({ key: `back-${categoryId}`, kind: 'clawback', categoryId, minor: -minor })
    if (flow === 'expense' && minor < 0)
      sources.push({ key: `refund-${categoryId}`, kind: 'refund', categoryId, minor: -minor })
    if (flow === 'expense' && minor > 0) spent.push(amount)
  }
  const groups = Map.groupBy(spent, ({ categoryId }) => parentOf(categoryId) ?? categoryId)
  const drafts: Draft[] = [...groups].map(([categoryId, members]) => ({
    key: `group-${categoryId}`,
    kind: 'group',
    categoryId,
    minor: members.reduce((sum, { minor }) => sum + minor, 0),
  }))
  const sum = (list: readonly Draft[]): number => list.reduce((total, { minor }) => total + minor, 0)
  const [incoming, outgoing] = [sum(sources), sum(drafts) + sum(clawbacks)]
  const gap = incoming - outgoing
  const left = largest(sources, MOST_SOURCES, 'other-in')
  const right = largest([...drafts, ...clawbacks], MOST_GROUPS, 'other-out')
  // what was saved comes first, what was taken from savings last: both always in the same place
  if (gap > 0) right.unshift({ key: 'saved', kind: 'saved', categoryId: null, minor: gap })
  if (gap < 0) left.push({ key: 'from-savings', kind: 'from-savings', categoryId: null, minor: -gap })
  const whole = Math.max(incoming, outgoing)
  if (whole === 0) return { nodes: [], links: [] }
  const nodes: Node[] = [
    ...left.map((node) => ({ ...node, column: 0 })),
    { key: 'household', kind: 'household', categoryId: null, minor: whole, column: 1 },
    ...right.map((node) => ({ ...node, column: 2 })),
  ]
  const links = [
    ...left.map(({ key, minor }) => ({ from: key, to: 'household', minor })),
    ...right.map(({ key, minor }) => ({ from: 'household', to: key, minor })),
  ]
  for (const group of right) {
    if (group.kind !== 'group' || group.categoryId === null) continue
    const members = (groups.get(group.categoryId) ?? []).map(({ categoryId, minor }): Draft => ({
      key: `out-${categoryId}`,
      kind: 'category',
      categoryId,
      minor,
    }))
    // a group that is its own only category needs no second box
    if (members.length === 1 && members[0]?.categoryId === group.categoryId) continue
    for (const member of largest(members, MOST_IN_GROUP, `other-${group.categoryId}`)) {
      nodes.push({ ...member, column: 3 })
      links.push({ from: group.key, to: member.key, minor: member.minor })
    }
  }
  return { nodes, links }
}
