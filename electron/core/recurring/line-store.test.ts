import { describe, expect, it } from 'vitest'
import { type Line, LineStore } from './line-store.ts'

const line = (id: number, over: Partial<Line> = {}): Line => ({
  id,
  accountId: 1,
  payee: 0,
  day: 20_000,
  minor: -1_000,
  isTransfer: false,
  ...over,
})

/** Days and ids of each group, as it is given. */
function told(store: LineStore): [day: number, id: number][][] {
  return Array.from(store.groups(1), ({ payments }) =>
    Array.from(payments.days.keys(), (index): [number, number] => [payments.at(index).day, payments.at(index).id]),
  )
}

describe('the rows of a history', () => {
  // 7,919 is a prime: each id comes once, and neither days nor ids in their order
  it.each([3, 40, 2_047, 2_048, 5_000])('%i of one payee come by day, those of one day by their ids', (count) => {
    const store = new LineStore(new Map([[1, 'EUR']]))
    const rows: [number, number][] = []
    for (let row = 0; row < count; row += 1) {
      const id = 1 + ((row * 7_919) % count)
      const day = 20_000 + (id % 7)
      rows.push([day, id])
      store.add(line(id, { day, minor: -id }))
    }
    expect(told(store)).toEqual([rows.toSorted(([dayA, idA], [dayB, idB]) => dayA - dayB || idA - idB)])
    const [group] = store.groups(1)
    expect(Array.from(group?.payments.charged ?? [])).toEqual(told(store)[0]?.map(([, id]) => id))
  })

  it('part by payee, currency and direction, transfers by their account, however they come', () => {
    const currencies = new Map([
      [1, 'EUR'],
      [2, 'CNY'],
      [3, 'EUR'],
    ])
    const store = new LineStore(currencies)
    for (const row of [
      line(1),
      line(2, { accountId: 2 }),
      line(3, { payee: 1 }),
      line(4, { accountId: 3 }),
      line(5, { minor: 1_000 }),
      line(6, { isTransfer: true }),
      line(7, { isTransfer: true, accountId: 3 }),
      line(8, { isTransfer: true, minor: 5 }),
      line(9, { isTransfer: true }),
    ]) {
      store.add(row)
    }
    expect(told(store).map((rows) => rows.map(([, id]) => id))).toEqual([[1, 4], [2], [3], [5], [6, 9], [7], [8]])
    expect(
      Array.from(store.groups(2), ({ latestId, direction, isTransfer }) => [latestId, direction, isTransfer]),
    ).toEqual([
      [4, -1, false],
      [9, -1, true],
    ])
  })

  it('are the same many at once as one by one', () => {
    const currencies = new Map([
      [1, 'EUR'],
      [2, 'CNY'],
    ])
    const [one, many] = [new LineStore(currencies, 5), new LineStore(currencies, 5)]
    for (let payee = 0; payee < 40; payee += 1) {
      const lines = Array.from({ length: 300 }, (_, row) => {
        const id = payee * 300 + row + 1
        const minor = row % 7 === 0 ? 50 : -id
        return line(id, {
          payee,
          accountId: 1 + (row % 2),
          day: 20_000 + (row % 90),
          minor,
          isTransfer: row % 11 === 0,
        })
      })
      for (const row of lines) one.add(row)
      const column = (of: (row: Line) => number): Float64Array => Float64Array.from([...lines.map(of), -1, -1])
      many.addRows(
        payee,
        {
          ids: column(({ id }) => id),
          accounts: column(({ accountId }) => accountId),
          days: Int32Array.from(column(({ day }) => day)),
          minors: column(({ minor }) => minor),
          transfers: Uint8Array.from(lines, ({ isTransfer }) => (isTransfer ? 1 : 0)),
        },
        lines.length,
      )
    }
    expect(many.size).toBe(12_000)
    const shapes = (store: LineStore): unknown[] =>
      Array.from(store.groups(1), ({ payee, direction, isTransfer, latestId }) => [
        payee,
        direction,
        isTransfer,
        latestId,
      ])
    expect(shapes(many)).toEqual(shapes(one))
    expect(told(many)).toEqual(told(one))
  })

  it('may be more than were expected', () => {
    const store = new LineStore(new Map(), 10)
    for (let id = 1; id <= 10_000; id += 1) store.add(line(id))
    expect(store.size).toBe(10_000)
    expect(told(store)[0]?.at(-1)).toEqual([20_000, 10_000])
  })
})
