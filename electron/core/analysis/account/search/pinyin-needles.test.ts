import { describe, expect, it } from 'vitest'
import { charactersMeant, pinyinNeedles, readingLine, syllableWays } from './pinyin-needles.ts'
import { loadReadings } from './pinyin-reading.ts'
import { processorMilliseconds } from '../../../../../test/support/processor-time.ts'

const readingOf = await loadReadings()
const finds = (typed: string, run: string): boolean => {
  const line = readingLine(readingOf(run))
  return pinyinNeedles(typed).some((needle) => line.includes(needle))
}

describe('Chinese by its reading', () => {
  it.each([
    ['zgyh', '中国银行'],
    ['xbk', '星巴克'],
    ['xingbake', '星巴克'],
    ['xingb', '星巴克'],
    ['bake', '星巴克'],
    ['gsyh', '中国工商银行'],
    ['yinhang', '中国银行'],
    ['cq', '重庆银行'],
    ['chongqing', '重庆银行'],
    ['xian', '西安'],
    ['nvzhuang', '女装'],
  ])('%s finds %s', (typed, run) => expect(finds(typed, run)).toBe(true))

  it.each([
    // in the middle of a syllable
    ['ingba', '星巴克'],
    ['ke', '科技'.slice(1)],
    // two first letters count at the beginning alone, one never
    ['bk', '星巴克'],
    ['x', '星巴克'],
    ['xbk1', '星巴克'],
    // 行 in 银行 is háng
    ['yinxing', '中国银行'],
  ])('%s does not find %s', (typed, run) => expect(finds(typed, run)).toBe(false))

  it('parts letters into syllables in every way, the last one begun', () => {
    expect(syllableWays('xian').map((way) => way.join('·'))).toEqual(expect.arrayContaining(['xian', 'xi·an', 'xia·n']))
    expect(syllableWays('netflix')).toEqual([])
  })

  it('takes no time for letters without end', () => {
    const started = processorMilliseconds()
    for (const letters of ['a'.repeat(200), 'xian'.repeat(50), 'n'.repeat(200)]) pinyinNeedles(letters)
    expect(syllableWays('xian'.repeat(10)).length).toBeLessThanOrEqual(6)
    syllableWays(`${'an'.repeat(60)}q!`)
    expect(processorMilliseconds() - started).toBeLessThan(500)
  })

  it.each([
    ['xbk', 0, 3],
    ['bake', 1, 3],
    ['xingb', 0, 2],
    ['kaf', 3, 5],
  ])('%s means its characters of 星巴克咖啡馆', (typed, from, to) => {
    const meant = charactersMeant(readingOf('星巴克咖啡馆'), typed)
    expect(meant).toEqual({ from, to })
  })
})
