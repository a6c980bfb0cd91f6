const MOST_LEADS = 8
const LONGEST_LEAD = 366

/**
 * Days before, as typed: "7, 3, 0", also with 、 or ，. Null for nothing typed, undefined for what is no such list. Rising
 * order and doubles are put right.
 */
export function parseLeadDays(text: string): number[] | null | undefined {
  const parts = text.split(/[\s,，、;；]+/).filter((part) => part !== '')
  if (parts.length === 0) return null
  if (!parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= LONGEST_LEAD)) return undefined
  const days = [...new Set(parts.map(Number))].sort((left, right) => right - left)
  return days.length > MOST_LEADS ? undefined : days
}
