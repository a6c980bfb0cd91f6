export interface QifCategory {
  readonly category?: string
  /** The account of a transfer, out of its brackets. */
  readonly transferAccount?: string
  /** Classes, which stand behind a slash. */
  readonly tags?: readonly string[]
}

/** Reads "Home:Rent/Flat", "[Savings]/Trip", "Dividends|[Cash]". Placeholders such as "--Split--" are nothing. */
export function readCategory(text: string | undefined): QifCategory {
  if (text === undefined || /^-{1,2}\s?split\s?-{1,2}$/i.test(text)) return {}
  const open = text.indexOf('[')
  const close = text.indexOf(']', open + 1)
  const bracketed = open === 0 || (open > 0 && text.charAt(open - 1) === '|')
  const account = bracketed && close > open ? text.slice(open + 1, close).trim() : undefined
  const before = account === undefined ? text : text.slice(0, open).replace(/\|$/, '')
  const after = account === undefined ? '' : text.slice(close + 1)
  const slash = before.indexOf('/')
  const category = (slash < 0 ? before : before.slice(0, slash)).trim()
  const classes = `${slash < 0 ? '' : before.slice(slash + 1)}/${after}`
  const tags = classes
    .split(/\/|--/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '')
  return {
    ...(category === '' ? {} : { category }),
    ...(account === undefined || account === '' ? {} : { transferAccount: account }),
    ...(tags.length === 0 ? {} : { tags }),
  }
}
