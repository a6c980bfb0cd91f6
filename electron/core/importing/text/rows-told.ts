/** Rows that make a page or a message more than a greeting or a summary. */
const FEWEST_ROWS = 2
/** With cents, or in thousands where the currency has none: "12,000", "1.250.000". */
const AMOUNT = /\d[.,]\d{2}(?!\d)|(?<![\d.,])\d{1,3}(?:,\d{3}|\.\d{3})+(?![\d.,])/g
const DAY =
  /(?<!\d)(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}-\d{1,2}-\d{4}|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?)(?![\d,])/u

/** Whether text or markup holds rows, each with a day and an amount: a statement, not a letter or a sign-in page. */
export function tellsRows(content: string): boolean {
  let rows = 0
  for (const row of content.split(/<tr[\s>]|\n/i)) {
    const text = row.replaceAll(/<[^<>]*>/g, ' ')
    if (text.search(AMOUNT) >= 0 && DAY.test(text.replaceAll(AMOUNT, ' '))) rows += 1
    if (rows >= FEWEST_ROWS) return true
  }
  return false
}
