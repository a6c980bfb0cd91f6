import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  currencyFromText,
  currencyInHeader,
  directionOf,
  directionOfKind,
  hintOfFlow,
  matchHeader,
  statusOf,
} from './header-vocabulary.ts'
import { kindOf, rowMeaningOf } from './row-words.ts'
import { foldPhrase } from './vocabulary-text.ts'

describe('foldPhrase', () => {
  it.each([
    ['Empfänger / Auftraggeber', 'empfanger auftraggeber'],
    ['RunningBalance', 'running balance'],
    ['ＡＭＯＵＮＴ', 'amount'],
    ['Kwota obciążenia', 'kwota obciazenia'],
    ['#Saldo końcowe:', 'saldo koncowe'],
    ['Beløb', 'belob'],
    ['+', '+'],
    ['End-to-End', 'end to end'],
  ])('%s → %s', (text, folded) => {
    expect(foldPhrase(text)).toBe(folded)
  })

  it('folds plain text beside other letters as it folds it alone', () => {
    const plain = fc.string({
      unit: fc.constantFrom('a', 'Z', 'b', 'Q', '0', '9', '+', '-', ' ', '.', '/', ':', '(', ')', '_'),
    })
    fc.assert(
      fc.property(plain, (text) => {
        expect(foldPhrase(`${text} é`)).toBe(`${foldPhrase(text)} e`.trim())
      }),
      { numRuns: 500 },
    )
  })
})

describe('matchHeader', () => {
  it.each([
    ['Buchungstag', 'booking-date'],
    ['Transaktionsdatum', 'transaction-date'],
    ['Fecha valor', 'value-date'],
    ['Betrag (EUR)', 'amount'],
    ['Amount(in Rs)', 'amount'],
    ['Beløp', 'amount'],
    ['Сумма в валюте счета', 'account-amount'],
    ['Сумма в валюте операции', 'original-amount'],
    ['Paid out', 'debit'],
    ['Débit euros', 'debit'],
    ['Kwota uznania', 'credit'],
    ['记账金额(支出)', 'debit'],
    ['お預入れ', 'credit'],
    ['Af Bij', 'direction'],
    ['借贷标志', 'direction'],
    ['Saldo po operacji', 'balance'],
    ['取引後残高', 'balance'],
    ['Waehrung', 'currency'],
    ['Beguenstigter/Zahlungspflichtiger', 'payee'],
    ['Zahlungspflichtige*r', 'payer'],
    ['Verwendungszweck', 'description'],
    ['Gegenkonto', 'counterparty'],
    ['Chq/Ref Number', 'reference'],
    ['Amount (fee)', 'fee'],
  ])('%s is %s', (header, concept) => {
    expect(matchHeader(header)[0]?.concept).toBe(concept)
  })

  it.each(['', '12.50', 'Lorem ipsum', 'Transaction of the moon'])('says nothing of "%s"', (header) => {
    expect(matchHeader(header).filter(({ score }) => score > 0.6)).toEqual([])
  })
})

describe('words in cells', () => {
  it.each([
    ['Soll', 'debit'],
    ['H', 'credit'],
    ['DR', 'debit'],
    ['Bij', 'credit'],
    ['支出', 'debit'],
    ['приход', 'credit'],
    ['Purchase', null],
    ['12', null],
    ['借 Dr', 'debit'],
    ['贷 Cr', 'credit'],
    ['借 Cr', null],
  ])('directionOf %s → %s', (text, direction) => {
    expect(directionOf(text)).toBe(direction)
  })

  it('reads kinds as directions only where asked to', () => {
    expect(directionOfKind('Purchase')).toBe('debit')
    expect(directionOfKind('Top-up')).toBe('credit')
    expect(directionOfKind('Something')).toBeNull()
  })

  it.each([
    ['PENDING', 'pending'],
    ['Umsatz vorgemerkt', 'pending'],
    ['В обработке', 'pending'],
    ['REVERTED', 'not-settled'],
    ['NOT APPROVED', 'not-settled'],
    ['Completed', 'booked'],
    ['', 'booked'],
  ])('statusOf %s → %s', (text, status) => {
    expect(statusOf(text)).toBe(status)
  })

  it.each([
    ['Opening balance', 'opening'],
    ['|SALDO INIZIALE', 'opening'],
    ['Beginning balance as of 01/01/2024', 'opening'],
    ['Likutis pabaigai', 'closing'],
    ['Endsaldo', 'closing'],
    ['Total', 'totals'],
    ['Total balance', 'totals'],
    ['人民币合计', 'totals'],
    // money that moves
    ['Balance transfer fee', null],
    ['TotalEnergies station 4512', null],
    ['Total Wine and More of Texas', null],
    ['Summer holiday', null],
  ])('rowMeaningOf %s → %s', (text, meaning) => {
    expect(rowMeaningOf(text)).toBe(meaning)
  })

  it.each([
    ['Beginning balance as of 01/01/2024', 'opening'],
    ['Saldo al 31 dicembre 2024', 'closing'],
    ['Endsaldo per 31.12.2024 EUR', 'closing'],
    ['Statement balance payment', null],
    ['Account balance transfer', null],
    ['NEW BALANCE STORE LONDON', null],
  ])('a row with day and amount is no balance unless nothing else is said: %s → %s', (text, meaning) => {
    expect(rowMeaningOf(text, 'strict')).toBe(meaning)
  })

  it.each([
    ['ENTGELTABSCHLUSS', 'fee'],
    ['ATM withdrawal', 'cash-withdrawal'],
    ['Dividend', 'dividend'],
    ['FOLGELASTSCHRIFT', 'payment'],
    ['工资', 'payment'],
    ['利息', 'interest'],
  ])('kindOf %s → %s', (text, kind) => {
    expect(kindOf(text)).toBe(kind)
  })

  it.each([
    ['AUTOPAY PAYMENT THANK YOU', 'credit'],
    ['Pagamento recebido', 'credit'],
    ['Netflix.com', 'debit'],
    ['Somebody', null],
  ])('hintOfFlow %s → %s', (text, flow) => {
    expect(hintOfFlow(text)).toBe(flow)
  })

  it('names currencies by code and by symbols that belong to one country', () => {
    expect(currencyFromText('eur')).toBe('EUR')
    expect(currencyFromText('zł')).toBe('PLN')
    expect(currencyFromText('RUR')).toBe('RUB')
    expect(currencyFromText('$')).toBeNull()
    expect(currencyFromText('XQQ')).toBeNull()
    expect(currencyInHeader('Montant (€)')).toBe('EUR')
    expect(currencyInHeader('CAD$')).toBe('CAD')
    expect(currencyInHeader('Amount')).toBeNull()
  })
})
