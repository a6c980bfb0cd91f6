import { array, assert, constantFrom, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateFromDayNumber, partsOfDate } from '../../../../shared/domain/iso-date.ts'
import { detectDateOrder } from './date-order.ts'
import { type DateOrder, isDateText, parseDateText, parseTimeText } from './date-text.ts'
import { TODAY } from './test-support.ts'

describe('parseDateText', () => {
  const cases: [string, string | null, DateOrder?][] = [
    ['2024-12-31', '2024-12-31'],
    ['2024/1/5', '2024-01-05'],
    ['2024.12.31', '2024-12-31'],
    ['20241231', '2024-12-31'],
    ['31122024', '2024-12-31'],
    ['31.12.2024', '2024-12-31'],
    ['31.12.24', '2024-12-31'],
    ['5. 3. 2024', '2024-03-05'],
    ['31-12-2024', '2024-12-31'],
    ['12/31/2024', '2024-12-31', 'mdy'],
    ['1/7/2024', '2024-01-07', 'mdy'],
    ['1/7/2024', '2024-07-01', 'dmy'],
    ['24-12-31', '2024-12-31', 'ymd'],
    ['01/02/99', '1999-02-01'],
    ['31 Dec 2024', '2024-12-31'],
    ['Dec 31, 2024', '2024-12-31'],
    ['31-Dec-24', '2024-12-31'],
    ['2024-Dec-31', '2024-12-31'],
    ['Tue, 31 Dec 2024', '2024-12-31'],
    ['1 août 2024', '2024-08-01'],
    ['24 lug 2024', '2024-07-24'],
    ['3 de enero de 2024', '2024-01-03'],
    ['5 мая 2024', '2024-05-05'],
    ['5 października 2024', '2024-10-05'],
    ['2024年1月5日', '2024-01-05'],
    ['2024년 1월 5일', '2024-01-05'],
    // Thailand counts 543 years more, also in a leap year's February; Taiwan 1911 fewer
    ['31/01/2567', '2024-01-31'],
    ['2567-02-29 10:12', '2024-02-29'],
    ['31 ม.ค. 2567', null],
    ['113/01/31', '2024-01-31'],
    ['民國113年1月31日', '2024-01-31'],
    ['913/01/31', null],
    // Japanese eras: the first year is called 元; Reiwa 6 = 2018 + 6, Heisei 31 = 1988 + 31
    ['令和6年1月5日', '2024-01-05'],
    ['令和元年5月1日', '2019-05-01'],
    ['平成31年4月30日', '2019-04-30'],
    ['R6.1.5', '2024-01-05'],
    ['S63/12/31', '1988-12-31'],
    ['Q6.1.5', null],
    // no such day, no date, or something behind it that is no time of day
    ['2024-02-30', null],
    ['31.02.2024', null],
    ['13/13/2024', null],
    ['2024-01-02;5', null],
    ['01.01.2024 - 31.01.2024', null],
    ['1.234.567', null],
    ['12.50', null],
    ['123456789', null],
    ['Q1 2024', null],
    ['', null],
  ]
  it.each(cases)('%s → %s (%s)', (text, expected, order = 'dmy') => {
    expect(parseDateText(text, order, 2026)?.date ?? null).toBe(expected)
  })

  it.each([
    ['2024-12-31T08:05:09Z', '08:05:09'],
    ['2024-12-31 08:05:09.123456', '08:05:09'],
    ['2024-12-31T08:05:09+02:00', '08:05:09'],
    ['31.12.2024 8:05', '08:05'],
    ['31.12.2024, 23:05', '23:05'],
    ['Dec 31, 2024 5:03 PM', '17:03'],
    ['Dec 31, 2024, 12:03:04 AM', '00:03:04'],
    ['24 lug 2024. 02:59:45', '02:59:45'],
    ['20241231;095853', '09:58:53'],
    ['20241231120000[0:GMT]', '12:00:00'],
    ['2013-07-03-08.21.36.47192', '08:21:36'],
  ])('keeps the time of day: %s → %s', (text, time) => {
    expect(parseDateText(text, 'dmy', 2026)?.time).toBe(time)
  })

  it.each([
    ['25:00', undefined],
    ['12:60', undefined],
    ['9:05', '09:05'],
    ['12:00 am', '00:00'],
    ['noon', undefined],
  ])('parseTimeText: %s → %s', (text, expected) => {
    expect(parseTimeText(text)).toBe(expected)
  })

  it('reads back every day in every common form', () => {
    const two = (value: number): string => String(value).padStart(2, '0')
    assert(
      property(integer({ min: 3653, max: 20_000 }), constantFrom('/', '-', '.'), (day, mark) => {
        const date = dateFromDayNumber(day)
        const { year, month, day: dayOfMonth } = partsOfDate(date)
        expect(parseDateText(date, 'dmy', 2026)?.date).toBe(date)
        expect(parseDateText(date.replaceAll('-', ''), 'dmy', 2026)?.date).toBe(date)
        expect(parseDateText([two(dayOfMonth), two(month), year].join(mark), 'dmy', 2026)?.date).toBe(date)
        expect(parseDateText([month, dayOfMonth, year].join(mark), 'mdy', 2026)?.date).toBe(date)
      }),
    )
  })

  it.each(['1,234.56', '-12.00', 'DE89370400440532013000', 'REF 2024', '10:30', '00012345', '12-34'])(
    '%s is no date',
    (text) => {
      expect(isDateText(text, 2026)).toBe(false)
    },
  )
})

describe('detectDateOrder', () => {
  const custom = { decimalComma: false, dollar: false }
  const cases: [string, string[], DateOrder, string, { decimalComma: boolean; dollar: boolean }?][] = [
    ['a first number above 12 proves day first', ['05/01/2024', '25/01/2024'], 'dmy', 'proven'],
    ['a second number above 12 proves month first', ['01/05/2024', '01/25/2024'], 'mdy', 'proven'],
    ['a first number above 31 is a year', ['99/05/01', '99/06/02'], 'ymd', 'proven'],
    ['a year in front needs no proof', ['2024-05-06', '2024-06-07'], 'dmy', 'proven'],
    ['points put the day first', ['05.01.2024', '06.01.2024'], 'dmy', 'proven'],
    ['equal numbers read the same', ['05/05/2024', '06/06/2024'], 'dmy', 'proven'],
    ['dates of a file run one way', ['03/05/2024', '04/05/2024', '05/05/2024', '01/06/2024'], 'dmy', 'likely'],
    ['nor do they run into the future', ['01/12/2026', '01/11/2026', '05/10/2026'], 'mdy', 'likely'],
    ['a dollar goes with month first', ['01/05/2024'], 'mdy', 'open', { decimalComma: false, dollar: true }],
    ['a decimal comma goes with day first', ['01/05/2024'], 'dmy', 'open', { decimalComma: true, dollar: true }],
    ['one bare and one padded number are American', ['8/02/2024', '6/02/2024'], 'mdy', 'open'],
  ]
  it.each(cases)('%s', (_title, texts, order, certainty, habits = custom) => {
    expect(detectDateOrder(texts, TODAY, habits)).toEqual({ order, certainty })
  })

  it('finds the order of any column that has a day above 12', () => {
    const days = array(integer({ min: 18_000, max: 20_000 }), { minLength: 1, maxLength: 20 })
    assert(
      property(days, constantFrom<DateOrder>('dmy', 'mdy'), (list, order) => {
        const texts = [...list.map(dateFromDayNumber), '2023-05-25'].map((date) => {
          const [year, month, day] = date.split('-')
          return order === 'dmy' ? `${day}/${month}/${year}` : `${month}/${day}/${year}`
        })
        expect(detectDateOrder(texts, TODAY, custom)).toEqual({ order, certainty: 'proven' })
      }),
    )
  })
})
