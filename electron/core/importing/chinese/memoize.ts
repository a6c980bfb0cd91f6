const MOST_REMEMBERED = 2000

/**
 * The function with a memory for its last arguments: bills repeat the same few words (states, directions, means of
 * payment) in every row. The memory is emptied when it is full, so its size stays bounded whatever a file holds.
 */
export function memoize<Result>(compute: (text: string) => Result): (text: string) => Result {
  const memory = new Map<string, Result>()
  return (text) => {
    const known = memory.get(text)
    if (known !== undefined || memory.has(text)) return known as Result
    const result = compute(text)
    if (memory.size >= MOST_REMEMBERED) memory.clear()
    memory.set(text, result)
    return result
  }
}
