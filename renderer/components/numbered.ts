/** Items with their place as a key, for lists that only ever change as a whole. */
export function numbered<T>(items: readonly T[]): { readonly key: number; readonly item: T }[] {
  return items.map((item, key) => ({ key, item }))
}
