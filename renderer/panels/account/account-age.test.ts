import { createInstance } from 'i18next'
import { describe, expect, it } from 'vitest'
import { parseIsoDate } from '../../../shared/domain/iso-date.ts'
import en from '../../i18n/en/account.json' with { type: 'json' }
import zh from '../../i18n/zh-CN/account.json' with { type: 'json' }
import type { Language } from '../../format/language.ts'
import { accountAge } from './account-age.ts'

const booked = parseIsoDate('2026-11-20')
const imported = Date.UTC(2026, 10, 25, 10)

describe('the day beside an account in the list', () => {
  it.each<[Language, boolean, boolean, string | undefined, string | undefined]>([
    ['en', true, false, 'as of 20 November 2026', 'Latest transaction 20 November 2026'],
    ['en', true, true, 'as of 20 November 2026', 'Latest transaction 20 November 2026 · Last import 25 November 2026'],
    ['en', false, true, 'Last import 25 November 2026', 'Last import 25 November 2026'],
    ['en', false, false, undefined, undefined],
    ['zh-CN', true, true, '截至2026年11月20日', '最近交易 2026年11月20日 · 上次导入 2026年11月25日'],
  ])('says in %s what it is (transactions: %s, imported: %s)', async (language, has, came, text, meaning) => {
    const i18n = createInstance()
    await i18n.init({
      lng: language,
      resources: { en: { translation: { account: en } }, 'zh-CN': { translation: { account: zh } } },
    })
    const age = accountAge(
      { lastBookedOn: has ? booked : null, lastImportAt: came ? imported : null },
      i18n.t,
      language,
    )
    expect([age?.text, age?.meaning]).toEqual([text, meaning])
  })
})
