import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanPayee, payeeVocabulary } from './payee-cleanup.ts'
import { processorMilliseconds } from '../../../../../test/support/processor-time.ts'

describe('a payee’s name out of what a bank wrote', () => {
  it.each([
    // payment processors
    ['SQ *BLUE HERON COFFEE', 'BLUE HERON COFFEE'],
    ['TST* Little Harbour - Old Town', 'Little Harbour - Old Town'],
    ['PAYPAL *SOUNDSTREAM', 'SOUNDSTREAM'],
    ['PayPal *SoundStream AB', 'SoundStream AB'],
    ['PP*FLOWERHOUSE', 'FLOWERHOUSE'],
    ['GOOGLE *Videobox Premium', 'Videobox Premium'],
    ['SUMUP *Markthalle Neun', 'Markthalle Neun'],
    // Chinese payment institutions, with narrow and wide marks
    ['支付宝-滴滴出行', '滴滴出行'],
    ['支付宝－滴滴出行', '滴滴出行'],
    ['财付通-美团外卖', '美团外卖'],
    ['微信支付-城南咖啡', '城南咖啡'],
    ['云闪付-永辉超市', '永辉超市'],
    ['消费 永辉超市', '永辉超市'],
    ['支付宝（中国）网络技术有限公司-城南咖啡', '城南咖啡'],
    // names that are known by what they are shortened to
    ['AMZN Mktp US*2K3AB4C71', 'Amazon'],
    ['Amazon.com*MK4T12XY3', 'Amazon'],
    ['APPLE.COM/BILL 866-712-7753 CA', 'Apple'],
    // the kind of booking
    ['VISA DEBIT RIVERSIDE STORES 3042', 'RIVERSIDE STORES'],
    ['CARD PAYMENT TO RIVERSIDE', 'RIVERSIDE'],
    ['POS PURCHASE 14/03 HERON MKT 10234 AUSTIN TX', 'HERON MKT'],
    ['CHECKCARD 0314 HERON WHSE #0123 SEATTLE WA', 'HERON WHSE'],
    ['EC 12345678 Backhaus', 'Backhaus'],
    ['SEPA-Lastschrift Stadtwerke Musterstadt', 'Stadtwerke Musterstadt'],
    ['Sepa-Überweisung Anna Beispiel', 'Anna Beispiel'],
    ['PRLV SEPA ELECTRICITE EXEMPLE', 'ELECTRICITE EXEMPLE'],
    // numbers, dates, digits of cards
    ['HERON COFFEE #0123 OAKLAND CA', 'HERON COFFEE'],
    ['HERON COFFEE STORE 00123', 'HERON COFFEE'],
    ['Backhaus Filiale 17', 'Backhaus'],
    ['CARD 1234 Heron Coffee', 'Heron Coffee'],
    ['Heron Coffee XXXX1234', 'Heron Coffee'],
    ['Heron Coffee 555-123-4567', 'Heron Coffee'],
    ['Heron Coffee 14.03.26 12:30', 'Heron Coffee'],
    // places
    ['BACKHAUS SAGT DANKE. 41234567//MUSTERSTADT/DE', 'BACKHAUS'],
    ['RIVERSIDE STORES 3042    LONDON       GB', 'RIVERSIDE STORES'],
    ['SEVEN CORNERS 34567 TOKYO JP', 'SEVEN CORNERS'],
    // nothing to take away
    ['Anna Beispiel', 'Anna Beispiel'],
    ['支付宝', '支付宝'],
    ['微信红包', '微信红包'],
    ['Visa office', 'Visa office'],
    ['EC Musterstadt', 'EC Musterstadt'],
    ['7 Hills Inn', '7 Hills Inn'],
    ['Studio 54', 'Studio 54'],
    ['Transfer to 9876', 'Transfer to 9876'],
    ['Toys For US', 'Toys For US'],
    ['12345', '12345'],
    ['#1234', '#1234'],
    ['PAYPAL *', 'PAYPAL *'],
    ['', ''],
    ['  Anna   Beispiel ', 'Anna Beispiel'],
  ])('%j is %j', (raw, clean) => expect(cleanPayee(raw)).toBe(clean))

  const ornament = fc.constantFrom(
    ...payeeVocabulary.prefixes.slice(0, 30).map(({ text }) => text),
    ...payeeVocabulary.phrases.flatMap(({ texts }) => texts),
    '#0123', '14/03', 'XXXX1234', '555-123-4567', 'STORE 12', 'WA', 'DE', '//', '\\', '*', '-', '*AB12CD', '支付宝-', '  ', '4711', 'Filiale 3',
  ) // prettier-ignore
  const payees = fc
    .array(fc.oneof(ornament, fc.string({ maxLength: 12 }), fc.string({ unit: 'grapheme', maxLength: 8 })), {
      maxLength: 7,
    })
    .map((parts) => parts.join(' '))

  it('is the same again when done twice', () => {
    fc.assert(
      fc.property(payees, (raw) => {
        const clean = cleanPayee(raw)
        expect(cleanPayee(clean)).toBe(clean)
      }),
      { numRuns: 2000 },
    )
  })

  it('never empties, and adds nothing but names from the vocabulary', () => {
    const known = new Set(payeeVocabulary.names.map(({ name }) => name))
    const bare = (text: string) => text.replaceAll(/\s+/g, '')
    fc.assert(
      fc.property(payees, (raw) => {
        const clean = cleanPayee(raw)
        expect(clean === '').toBe(raw.trim() === '')
        expect(known.has(clean) || bare(raw).includes(bare(clean))).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('a long text stays as it is and costs nothing', () => {
    const long = `PAYPAL *${'x '.repeat(100_000)}`
    const started = processorMilliseconds()
    expect(cleanPayee(long)).toBe(long.trim())
    expect(processorMilliseconds() - started).toBeLessThan(100)
  })
})
