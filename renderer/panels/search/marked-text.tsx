import type { Marks } from './results.ts'

/** A text with what was looked for marked in it. */
export function MarkedText({ text, marks }: { text: string; marks: Marks }) {
  if (marks.length === 0) return text
  const parts = marks.flatMap(([from, to], index) => [
    { marked: false, at: marks[index - 1]?.[1] ?? 0, text: text.slice(marks[index - 1]?.[1] ?? 0, from) },
    { marked: true, at: from, text: text.slice(from, to) },
  ])
  return (
    <>
      {parts.map((part) => (part.marked ? <mark key={part.at}>{part.text}</mark> : part.text))}
      {text.slice(marks.at(-1)?.[1] ?? 0)}
    </>
  )
}
