import { isBareDate } from './posting-date.ts'

/** Divides a line into what it says and its comment. */
export function splitComment(text: string): readonly [content: string, comment: string] {
  let isQuoted = false
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (character === '"') isQuoted = !isQuoted
    else if (character === ';' && !isQuoted) return [text.slice(0, at).trimEnd(), text.slice(at + 1).trim()]
  }
  // an odd quote is text, not the beginning of a quotation
  const at = isQuoted ? text.indexOf(';') : -1
  return at < 0 ? [text.trimEnd(), ''] : [text.slice(0, at).trimEnd(), text.slice(at + 1).trim()]
}

/** Tags of a comment: ledger's `:one:two:` and hledger's `name:` without a value. */
export function tagsOf(comment: string): readonly string[] {
  const chained = /^:((?:[^\s:]+:)+)$/.exec(comment)
  if (chained?.[1] !== undefined) return chained[1].split(':').filter((tag) => tag !== '')
  return comment.split(',').flatMap((part) => /^\s*([\p{L}\p{N}_-]+):\s*$/u.exec(part)?.[1] ?? [])
}

/** Whether a comment says something to people: tags and "key: value" are for programs. */
export const isWords = (comment: string): boolean =>
  comment !== '' && !isBareDate(comment) && !/^:\S+:$/.test(comment) && !/^[\p{L}\p{N}_-]+:/u.test(comment)
