import { pinyin } from 'pinyin-pro'
import { describe, expect, it } from 'vitest'
import { accountPages, allPlaces, railPlaces, settingsPages } from '../../renderer/app/places.ts'
import { chinese } from '../../renderer/i18n/resources.ts'
import { readSource } from './imports.ts'

/** The list of places that the search offers: whole, and read as its names are. */

/** The Chinese text under a key with dots. */
function chineseOf(key: string): string {
  let at: unknown = chinese
  for (const part of key.split('.')) at = (at as Record<string, unknown>)[part]
  return String(at)
}

describe('the places of the app', () => {
  it('hold every address that needs no name of a thing', () => {
    const paths = [...readSource('renderer/app/routes.tsx').matchAll(/path="([^"]+)"/g)].map((found) => found[1] ?? '')
    expect(paths.length).toBeGreaterThan(15)
    // a part in the end that may be left out
    const plain = paths.map((path) => path.replace(/\/:\w+\?$/, '')).filter((path) => !path.includes(':'))
    const known = new Set<string>(allPlaces.map(({ to }) => to))
    expect(plain.filter((path) => !known.has(path))).toEqual([])
  })

  it('stand once each, with all that the rail, the account pages and the settings show', () => {
    const all = allPlaces.map(({ to }) => to)
    expect(new Set(all).size).toBe(all.length)
    const shown = [
      ...railPlaces.map(({ to }) => to),
      ...accountPages.map(({ to }) => to),
      ...settingsPages.map(({ key }) => `/settings/${key}`),
    ]
    expect(shown.filter((to) => !all.some((known) => known === to))).toEqual([])
  })

  const named = [
    ...allPlaces.map(({ text, reading }) => [text, reading] as const),
    ...accountPages.map(({ key, reading }) => [`account.tabs.${key}`, reading] as const),
  ]
  it.each(named)('%s is read as its Chinese name is', (text, reading) => {
    expect(reading).toBe(pinyin(chineseOf(text), { toneType: 'none', v: true }))
  })
})
