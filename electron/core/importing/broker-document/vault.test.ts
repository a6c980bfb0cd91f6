import { expect, it } from 'vitest'
import { ImportStand } from '../../../../test/support/import-stand.ts'
import { createTemporaryVault } from '../../../../test/support/temporary-vault.ts'
import { bytesSource } from '../text/decode.ts'
import { layouts } from './fixtures/layouts.ts'

it('documents are imported as previewed, once only, and their trades with units', async () => {
  const temporary = await createTemporaryVault()
  try {
    const stand = new ImportStand(temporary.vault)
    for (const [index, { text, what, expected }] of layouts.entries()) {
      const choice = stand.addSource(bytesSource(`document-${index}.txt`, new TextEncoder().encode(text)))
      const [preview] = await stand.preview(choice)
      const [first] = await stand.commit(choice)
      const [again] = await stand.commit(choice)
      expect([what, preview?.counts.new, first?.imported, first?.failed, again?.imported]).toEqual([
        what,
        expected.length,
        expected.length,
        0,
        0,
      ])
    }
    const trades = temporary.vault.driver
      .prepare<[], { quantity: string }>('select quantity from trades order by rowid')
      .all()
    const units = layouts.flatMap(({ expected }) =>
      expected.flatMap(({ kind, quantity }) =>
        (kind === 'buy' || kind === 'sell') && typeof quantity === 'string' ? [quantity] : [],
      ),
    )
    expect(
      trades.map(({ quantity }) => quantity).filter((quantity) => units.includes(quantity)).length,
    ).toBeGreaterThanOrEqual(units.length)
  } finally {
    await temporary.close()
  }
})
