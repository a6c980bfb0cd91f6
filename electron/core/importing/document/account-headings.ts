import { preambleLabelOf } from '../delimited/header-vocabulary.ts'

const NUMBER_AFTER =
  /^(.{2,60}?)(?:\bn[°º.]|\bnr\.?|\bno\.?|[:：#])?\s{0,4}([\dX*•][\dX*•\s./-]{3,40}[\dX*•])(?=$|\s|[^\p{L}\d])/iu
const IBAN = /(\bIBAN\b.{0,4})?\b([A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?)\b/

/** Check digits of an IBAN (ISO 13616: modulo 97 over the rearranged number leaves 1). */
function isIban(text: string): boolean {
  const plain = text.replaceAll(' ', '')
  if (plain.length < 15 || plain.length > 34) return false
  let rest = 0
  for (const sign of plain.slice(4) + plain.slice(0, 4)) {
    const value = Number.parseInt(sign, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}

/** Whether one of the words, or two or three of them together, name an account number. */
function namesAccount(label: string): boolean {
  const words = label.split(/[\s()（）/：:]+/).filter((word) => word !== '')
  for (let from = 0; from < words.length; from += 1) {
    for (let to = from + 1; to <= Math.min(words.length, from + 3); to += 1) {
      if (preambleLabelOf(words.slice(from, to).join(' ')) === 'account-number') return true
    }
  }
  return false
}

/** The account number that a line states ("VOTRE COMPTE CHEQUES N° 123…", "Konto 123", "IBAN: …"), or null. */
export function accountNumberIn(text: string): string | null {
  if (text.length > 200) return null
  const iban = IBAN.exec(text)
  if (iban?.[2] !== undefined && (iban[1] !== undefined || isIban(iban[2]))) return iban[2].trim()
  const match = NUMBER_AFTER.exec(text)
  if (match === null) return null
  const [, label = '', number = ''] = match
  const trimmed = number.replace(/(?<![\s./-])[\s./-]+$/, '')
  const signs = trimmed.replaceAll(/[\s./-]/g, '')
  // a day or a sum is no number of an account
  if (signs.length < 5 || /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$/.test(trimmed) || /[.,]\d{2}$/.test(trimmed)) return null
  return namesAccount(label) ? trimmed : null
}

/** Whether two numbers are the same account's: spelled alike, or one is a part of the other's IBAN. */
export function isSameAccount(left: string, right: string): boolean {
  const a = sameNumberKey(left)
  const b = sameNumberKey(right)
  if (a === b) return true
  const [long, short] = a.length > b.length ? [a, b] : [b, a]
  return /^[A-Z]{2}/.test(long) && short.length >= 8 && long.includes(short)
}

/** The form in which two spellings of one account number are equal. */
function sameNumberKey(number: string): string {
  return number.replaceAll(/[^\dA-Za-z*]/g, '').toUpperCase()
}
