import { describe, expect, it } from 'vitest'
import { identify } from '../text/test-support.ts'
import { textDocumentImporter } from './text-document-importer.ts'

describe('text of a printed table', () => {
  it('decimal commas divide no cells: four in each of two rows', () => {
    const text = `Example Broker AG      Wertpapiergeschäfte 2024       Depot 123456

Handelstag   Kauf/Verkauf   Wertpapier   ISIN            Stück     Kurs       Kurswert     Gebühren    Endbetrag
10.01.2024   Kauf           SAP SE       DE0007164600    10        140,00     1.400,00     9,90        1.409,90
15.05.2024   Verkauf        SAP SE       DE0007164600    5         175,00       875,00     9,90          865,10
`
    expect(identify(textDocumentImporter, text)).toBe('likely')
  })

  it('commas between cells that are filled up with spaces do', () => {
    const row = '10.01.2024 ,Shop      ,EUR      ,12.50      ,100.00   ,x\n'
    expect(
      identify(textDocumentImporter, `Date       ,Text      ,Curr      ,Sum       ,Balance   ,y\n${row.repeat(4)}`),
    ).toBe('no')
  })
})
