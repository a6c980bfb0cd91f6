import type { FlowDiagram } from '../../../../shared/model/flow.ts'

export interface PlacedNode {
  readonly node: FlowDiagram['nodes'][number]
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
export interface PlacedLink {
  readonly from: string
  readonly to: string
  readonly minor: number
  /** The ribbon's outline as an SVG path. */
  readonly path: string
}
export interface PlacedDiagram {
  readonly nodes: readonly PlacedNode[]
  readonly links: readonly PlacedLink[]
  readonly height: number
}

const BOX = 12
/** Room for a label beneath the thinnest box. */
const GAP = 20
const SMALLEST = 2

/**
 * Places boxes and ribbons. Both sides of the household are trees, so boxes in the order of their parents never make
 * ribbons cross: nothing has to be searched for. `scale`: pixels for the whole of the money; the height follows from the
 * fullest column.
 */
export function placeDiagram({ nodes, links }: FlowDiagram, width: number, scale: number): PlacedDiagram {
  const whole = nodes.find(({ kind }) => kind === 'household')?.minor ?? 1
  const tall = (minor: number): number => Math.max(SMALLEST, (minor / whole) * scale)
  const columns = [0, 1, 2, 3].map((column) => nodes.filter((node) => node.column === column))
  // labels stand inside the drawing: left ones to the right of their box, right ones to its left
  const xs = [0, width * 0.3, width * 0.6, width - BOX]
  const heights = columns.map((column) => column.reduce((sum, { minor }) => sum + tall(minor) + GAP, 0))
  const height = Math.max(...heights, scale) + GAP
  const placed = new Map<string, PlacedNode>()
  for (const [column, members] of columns.entries()) {
    let y = (height - (heights[column] ?? 0)) / 2 + GAP / 2
    for (const node of members) {
      placed.set(node.key, { node, x: xs[column] ?? 0, y, width: BOX, height: tall(node.minor) })
      y += tall(node.minor) + GAP
    }
  }
  const used = new Map<string, number>()
  const take = (side: string, share: number): number => {
    const at = used.get(side) ?? 0
    used.set(side, at + share)
    return at
  }
  const ribbons = links.flatMap(({ from, to, minor }): PlacedLink[] => {
    const [source, target] = [placed.get(from), placed.get(to)]
    if (source === undefined || target === undefined) return []
    const leaves = (minor / source.node.minor) * source.height
    const arrives = (minor / target.node.minor) * target.height
    const [y1, y2] = [source.y + take(`${from}>`, leaves), target.y + take(`>${to}`, arrives)]
    const [x1, x2] = [source.x + BOX, target.x]
    const bend = (x1 + x2) / 2
    const n = (value: number): string => value.toFixed(1)
    const path = `M${n(x1)},${n(y1)}C${n(bend)},${n(y1)} ${n(bend)},${n(y2)} ${n(x2)},${n(y2)}L${n(x2)},${n(y2 + arrives)}C${n(bend)},${n(y2 + arrives)} ${n(bend)},${n(y1 + leaves)} ${n(x1)},${n(y1 + leaves)}Z`
    return [{ from, to, minor, path }]
  })
  return { nodes: [...placed.values()], links: ribbons, height }
}
