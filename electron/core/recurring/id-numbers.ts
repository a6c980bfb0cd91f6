const PAGE_BITS = 12
const PAGE = 2 ** PAGE_BITS

/**
 * A number for each id, 0 where none was given: four bytes each, in pages, so that the ids of what was deleted take no
 * memory. Ids are below 2^31: more rows than any vault has.
 */
export class IdNumbers {
  readonly #pages: (Int32Array | undefined)[] = []

  get(id: number): number {
    return this.#pages[id >>> PAGE_BITS]?.[id & (PAGE - 1)] ?? 0
  }

  set(id: number, value: number): void {
    const number = id >>> PAGE_BITS
    while (this.#pages.length <= number) this.#pages.push(undefined)
    let page = this.#pages[number]
    if (page === undefined) {
      page = new Int32Array(PAGE)
      this.#pages[number] = page
    }
    page[id & (PAGE - 1)] = value
  }
}
