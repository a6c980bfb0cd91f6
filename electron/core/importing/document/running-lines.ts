import type { DocumentText } from './document-text.ts'

/** Lines at the same height of this many pages are the page's furniture. */
const PAGES = 2
/** Of a page's lines, those at its upper and lower ends are looked at. */
const ENDS = 14

const folded = (text: string): string => text.replaceAll(/\d+/g, '#').replaceAll(/\s+/g, ' ').trim().toLowerCase()

/**
 * Running headers and footers: for each page, the indices of the lines that stand on other pages too, at the same
 * height and with the same words, whatever their numbers.
 */
export function runningLines(document: DocumentText): ReadonlySet<number>[] {
  const seen = new Map<string, Map<number, number[]>>()
  for (const [pageIndex, { lines, height }] of document.pages.entries()) {
    for (const [index, line] of lines.entries()) {
      if (index >= ENDS && index < lines.length - ENDS) continue
      const text = folded(line.text)
      // what is only numbers is a row of figures
      if (!/\p{L}{2}/u.test(text) || text.length > 400) continue
      const pages = seen.get(text) ?? new Map<number, number[]>()
      const place = document.origin === 'pdf' ? line.y / Math.max(height, 1) : 0
      pages.set(pageIndex, [...(pages.get(pageIndex) ?? []), index, place])
      seen.set(text, pages)
    }
  }
  const running = document.pages.map(() => new Set<number>())
  for (const pages of seen.values()) {
    if (pages.size < PAGES || pages.size * 3 < document.pages.length) continue
    const places = [...pages.values()].map((entry) => entry[1] ?? 0)
    if (Math.max(...places) - Math.min(...places) > 0.02) continue
    for (const [pageIndex, entry] of pages) if (entry.length === 2) running[pageIndex]?.add(entry[0] ?? -1)
  }
  return running
}
