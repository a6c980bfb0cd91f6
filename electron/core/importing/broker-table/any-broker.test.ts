import { describe, expect, it } from 'vitest'
import { ImportRejection } from '../importer.ts'
import { brokerImporter } from './broker-importer.ts'
import { fatesOf, headOf, linesOf, readText, reasonsOf } from './test-support.ts'

const lines = (...rows: string[]): string => rows.join('\n')

describe('tables of brokers that no profile knows', () => {
  it.each([
    [
      'German words, a decimal comma, fees beside the amount',
      lines(
        'Ausführungstag;Geschäftsart;Wertpapiername;ISIN;Stück;Kurs;Währung;Provision;Endbetrag',
        '13.03.2024;Kauf;Muster AG;DE0007164600;10;98,50;EUR;4,90;-989,90',
        '28.03.2024;Verkauf;Muster AG;DE0007164600;4;101,00;EUR;4,90;399,10',
        '02.04.2024;Dividende;Muster AG;DE0007164600;;;EUR;;12,30',
      ),
      [
        '2024-03-13 buy -989.9 EUR DE0007164600 × 10 @ 98.5 fee 4.9',
        '2024-03-28 sell 399.1 EUR DE0007164600 × -4 @ 101 fee 4.9',
        '2024-04-02 dividend 12.3 EUR DE0007164600',
      ],
    ],
    [
      'amounts without a sign take it from the action: 10 × 98.50 + 4.90 goes out, 4 × 101 − 4.90 comes in',
      lines(
        'Date,Type,ISIN,Shares,Price,Currency,Fee,Total',
        '2024-03-13,Buy,DE0007164600,10,98.50,EUR,4.90,989.90',
        '2024-03-28,Sell,DE0007164600,4,101.00,EUR,4.90,399.10',
      ),
      [
        '2024-03-13 buy -989.9 EUR DE0007164600 × 10 @ 98.5 fee 4.9',
        '2024-03-28 sell 399.1 EUR DE0007164600 × -4 @ 101 fee 4.9',
      ],
    ],
    [
      'arithmetic shows that fees come on top: the amount is 10 × 98.50',
      lines(
        'Date,Type,ISIN,Shares,Price,Currency,Fee,Amount',
        '2024-03-13,Buy,DE0007164600,10,98.50,EUR,4.90,-985.00',
        '2024-03-28,Sell,DE0007164600,4,101.00,EUR,4.90,404.00',
      ),
      [
        '2024-03-13 buy -989.9 EUR DE0007164600 × 10 @ 98.5 fee 4.9',
        '2024-03-28 sell 399.1 EUR DE0007164600 × -4 @ 101 fee 4.9',
      ],
    ],
    [
      'what is spent may be written positive',
      lines(
        'Date,Action,Symbol,Quantity,Price,Amount,Currency',
        '2024-03-13,Buy,AAPL,10,98.50,985.00,USD',
        '2024-03-28,Sell,AAPL,-4,101.00,-404.00,USD',
      ),
      ['2024-03-13 buy -985 USD AAPL × 10 @ 98.5', '2024-03-28 sell 404 USD AAPL × -4 @ 101'],
    ],
    [
      'a list of dividends says so over its columns only: 9.60 − 1.44 = 8.16 came in',
      lines(
        'Pay Date,Symbol,Description,Shares,Rate,Gross,Tax,Net,Currency',
        '2024-02-15,AAPL,APPLE INC,40,0.24,9.60,1.44,8.16,USD',
        '2024-03-01,KO,COCA COLA,100,0.485,48.50,7.28,41.22,USD',
      ),
      ['2024-02-15 dividend 8.16 USD AAPL tax 1.44', '2024-03-01 dividend 41.22 USD KO tax 7.28'],
    ],
    [
      'columns for money in and out tell the way, not a word: "debit card payment" came in',
      lines(
        'Date,Symbol,Quantity,Price,Description,Debit,Credit,Currency',
        '15/01/2024,VWRL,20,95.20,FTSE ALL-WORLD 20 @ 95.20,"1,909.99",n/a,GBP',
        '02/01/2024,n/a,n/a,n/a,DEBIT CARD PAYMENT,n/a,"2,000.00",GBP',
      ),
      ['2024-01-15 buy -1909.99 GBP VWRL × 20 @ 95.2', '2024-01-02 transfer 2000 GBP'],
    ],
    [
      '"Amount" may count units: 10 × 705 is the traded value, and the booked amount has the commission',
      lines(
        'Trade ID,Instrument,Trade time,B/S,Amount,Price,Traded Value,Booked Amount,Currency',
        'T1,Novo Nordisk B,05-Jan-2024,Bought,10,705.00,-7050.00,-7079.00,DKK',
        'T2,Novo Nordisk B,05-Feb-2024,Sold,-5,760.00,3800.00,3771.00,DKK',
      ),
      ['2024-01-05 buy -7079 DKK Novo Nordisk B × 10 @ 705', '2024-02-05 sell 3771 DKK Novo Nordisk B × -5 @ 760'],
    ],
    [
      'a description names what is bought and sold where quantity × price is the amount: 20 × 95.20 + 9.95',
      lines(
        'Date,Transaction,Description,Quantity,Price,Amount (GBP),Reference',
        '05/01/2024,Purchase,FTSE ALL-WORLD UCITS ETF,20,£95.20,"-1,913.95",AB1',
        '31/01/2024,Dividend,FTSE ALL-WORLD UCITS ETF,,,12.40,AB2',
      ),
      [
        '2024-01-05 buy -1913.95 GBP FTSE ALL-WORLD UCITS ETF × 20 @ 95.2',
        '2024-01-31 dividend 12.4 GBP FTSE ALL-WORLD UCITS ETF',
      ],
    ],
    [
      'sales alone, whose sums have the sign of the units: 10 × 185 − 2 came in',
      lines(
        'Date,Action,Symbol,Quantity,Price,Amount,Fee,Currency',
        '2024-03-13,Sell,AAPL,-10,185.00,-1850.00,2.00,USD',
      ),
      ['2024-03-13 sell 1848 USD AAPL × -10 @ 185 fee 2'],
    ],
    [
      'a sale that cost more than it brought stays one: 10 × 0.01 − 5',
      lines('Date,Action,Symbol,Quantity,Price,Amount,Fee,Currency', '2024-03-13,Sell,AAPL,-10,0.01,-4.90,5.00,USD'),
      ['2024-03-13 sell -4.9 USD AAPL × -10 @ 0.01 fee 5'],
    ],
    [
      'words that are not known, sums with the sign of the units, a zone behind the time',
      lines(
        'Trade Time,Activity Type,Symbol,Quantity,Price,Amount,Fee,Settle Date,Currency',
        '"2024-03-13 10:30:00, US/Eastern",Got,AAPL,10,98.50,985.00,-1.99,2024-03-15,USD',
        '"2024-03-28 10:30:00, GMT+8",Gone,AAPL,-4,101.00,-404.00,-2.00,2024-04-01,USD',
      ),
      ['2024-03-13 buy -986.99 USD AAPL × 10 @ 98.5 fee 1.99', '2024-03-28 sell 402 USD AAPL × -4 @ 101 fee 2'],
    ],
    [
      'a total of fees and taxes beside its parts counts them once: 9 + 15 + 30 = 54',
      lines(
        '成交时间,方向,代码,成交数量,成交价格,成交金额,币种,佣金,平台使用费,印花税,合计费用',
        '2024-01-05 10:00:01,买入,00700,100,300.000,30000.00,HKD,9.00,15.00,30.00,54.00',
      ),
      ['2024-01-05 buy -30054 HKD 00700 × 100 @ 300 fee 24 tax 30'],
    ],
    [
      'a total of charges holds parts that no word names: 9 + 30 + 1 of the levy of nobody = 40',
      lines(
        'Date,Action,Symbol,Quantity,Price,Gross amount,Currency,Commission,Stamp duty,Levy of nobody,Total charges',
        '2024-01-05,Buy,00700,100,300.00,30000.00,HKD,9.00,30.00,1.00,40.00',
      ),
      ['2024-01-05 buy -30040 HKD 00700 × 100 @ 300 fee 40'],
    ],
    [
      'a "total" that is less than the commission is that of other fees: 9.99 + 0.02 = 10.01',
      lines(
        'Date,Action,Symbol,Quantity,Price,Gross amount,Currency,Commission,Total fees',
        '2024-01-05,Buy,AAPL,10,180.00,1800.00,USD,9.99,0.02',
      ),
      ['2024-01-05 buy -1810.01 USD AAPL × 10 @ 180 fee 10.01'],
    ],
    [
      'without an action the sign of the quantity tells',
      lines(
        'Trade Date,Ticker,Quantity,Price,Currency',
        '2024-03-13,AAPL,10,98.50,USD',
        '2024-03-28,AAPL,-4,101.00,USD',
      ),
      ['2024-03-13 buy -985 USD AAPL × 10 @ 98.5', '2024-03-28 sell 404 USD AAPL × -4 @ 101'],
    ],
    [
      'a price in another currency is converted by the rate that leads to the amount: 10 × 100 × 0.92 = 920',
      lines(
        'Date,Action,ISIN,Quantity,Price,Price currency,Exchange rate,Net amount,Settlement currency',
        '2024-03-13,Buy,US0378331005,10,100.00,USD,0.92,-920.00,EUR',
      ),
      ['2024-03-13 buy -920 EUR US0378331005 × 10 @ 92'],
    ],
    [
      'a price in pence is one in pounds: 250 GBX are 2.50',
      lines(
        'Date,Action,Ticker,Quantity,Price,Price currency,Total,Settlement currency',
        '2024-03-13,Buy,VOD,40,250,GBX,-100.00,GBP',
      ),
      ['2024-03-13 buy -100 GBP VOD × 40 @ 2.5'],
    ],
    [
      'a currency that stands at the figures',
      lines('Date,Type,Symbol,Quantity,Price,Total', '2024-03-13,Buy,BTC,0.01,"€20,000.00",€200.00'),
      ['2024-03-13 buy -200 EUR BTC × 0.01 @ 20000'],
    ],
    [
      'a coin for a coin is two moves at no cash, and no price is made up',
      lines('Date,Side,Pair,Quantity,Price,Total,Fee,Fee currency', '2024-03-13,Buy,ETH/BTC,0.5,0.06,0.03,0.0005,ETH'),
      ['2024-03-13 security-in 0 ? ETH × 0.4995', '2024-03-13 security-out 0 ? BTC × -0.03'],
    ],
    [
      'money for money is two moves, each in its own currency',
      lines(
        'Date,Side,Pair,Quantity,Price,Total',
        '2024-03-13,Buy,EUR/USD,100,1.10,110.00',
        '2024-03-14,Buy,BTC/USD,0.01,50000,500.00',
      ),
      ['2024-03-13 transfer 100 EUR', '2024-03-13 transfer -110 USD', '2024-03-14 buy -500 USD BTC × 0.01 @ 50000'],
    ],
    [
      'a fee in a third coin leaves by itself',
      lines(
        'Date,Side,Pair,Quantity,Price,Total,Fee,Fee currency',
        '2024-03-13,Buy,BTC/EUR,0.01,50000,500.00,0.001,BNB',
      ),
      ['2024-03-13 buy -500 EUR BTC × 0.01 @ 50000', '2024-03-13 fee 0 EUR BNB × -0.001'],
    ],
    [
      'no header: quantity × price = amount tells the columns, 3 × 230 = 690 and 0.35 of commission',
      lines(
        '1001,2024-01-03,BUY,USD,-690.00,VTI,3,230.00,-0.35,USD',
        '1002,2024-01-26,SELL,USD,940.00,VTI,-4,235.00,-0.35,USD',
        '1003,2024-01-28,Withholding Tax,USD,-68.86,VEA,,,,',
        '1004,2024-02-25,Deposits/Withdrawals,CHF,4000,,,,,',
        '1005,2024-02-26,SELL,USD,4600.00,CHF.USD,-4000,1.15,-2,CHF',
      ),
      [
        '2024-01-03 buy -690.35 USD VTI × 3 @ 230 fee 0.35',
        '2024-01-26 sell 939.65 USD VTI × -4 @ 235 fee 0.35',
        '2024-01-28 tax -68.86 USD VEA',
        '2024-02-26 transfer 4600 USD',
        '2024-02-25 transfer 4000 CHF',
        '2024-02-26 transfer -4002 CHF',
      ],
    ],
    [
      'moments in seconds since 1970: 1,700,000,000 is 2023-11-14',
      lines('timestamp,type,symbol,quantity,price,currency', '1700000000,buy,AAPL,2,150,USD'),
      ['2023-11-14 buy -300 USD AAPL × 2 @ 150'],
    ],
  ])('%s', (_, text, expected) => {
    expect(linesOf(readText(text))).toEqual(expected)
    expect(brokerImporter.identify(headOf(text))).toBe('likely')
  })

  it('names a damaged record and reads its neighbours', () => {
    const items = readText(
      lines(
        'Date,Action,Symbol,Quantity,Price,Currency,Amount',
        '2024-03-13,Buy,AAPL,10,98.50,USD,-985.00',
        '2024-13-45,Buy,AAPL,10,98.50,USD,-985.00',
        '2024-03-14,Buy,AAPL,1O,98.50,USD,-985.00',
        '2024-03-15,Buy,AAPL,10,98.50,<none>,-985.00',
        '2024-03-16,Buy,AAPL,10,,USD,',
        'Total,,,,,,-985.00',
        'Date,Action,Symbol,Quantity,Price,Currency,Amount',
        '2024-03-18,Sell,AAPL,10,100,USD,1000.00',
      ),
    )
    expect(linesOf(items)).toEqual([
      '2024-03-13 buy -985 USD AAPL × 10 @ 98.5',
      '2024-03-18 sell 1000 USD AAPL × -10 @ 100',
    ])
    expect(reasonsOf(items)).toEqual([
      '3 bad-date',
      '4 bad-amount',
      '5 bad-currency',
      '6 missing-amount',
      '7 totals-row',
      '8 repeated-header',
    ])
    expect(fatesOf(items)).toEqual({ imported: 2, skipped: 2, failed: 4 })
  })

  it('tells where securities came without a number of them', () => {
    const items = readText(
      lines(
        'Date,Action,Symbol,Quantity,Price,Currency,Amount',
        '2024-03-13,Transfer in,AAPL,,,USD,0',
        '2024-03-14,Buy,AAPL,1,5,USD,-5',
      ),
    )
    expect(fatesOf(items)).toEqual({ imported: 2, skipped: 0, failed: 0 })
    expect(
      items.flatMap((item) => (item.type === 'finding' ? [`${item.finding.record} ${item.finding.code}`] : [])),
    ).toEqual(['2 missing-amount'])
  })

  it('takes the ratio of a split for no number of shares, and tells', () => {
    const items = readText(
      lines(
        'Date,Type,Symbol,Quantity,Price,Currency,Comment',
        '2024-05-14,Buy,NVDA,10,90,USD,first',
        '2024-05-15,Split,NVDA,3,,USD,3-for-1 stock split',
        '2024-05-16,Split,AAPL,20,,USD,3-for-1 stock split',
      ),
    )
    expect(linesOf(items)).toEqual([
      '2024-05-14 buy -900 USD NVDA × 10 @ 90',
      '2024-05-15 split 0 USD NVDA',
      '2024-05-16 split 0 USD AAPL × 20',
    ])
    expect(items.filter((item) => item.type === 'finding')).toHaveLength(1)
  })

  it('lets each row’s own arithmetic say whether its charges are in its amount', () => {
    const items = readText(
      lines(
        'Date,Type,Symbol,Quantity,Price,Fee,Tax,Amount,Currency',
        '2024-05-14,Buy,MSFT,10,90,2,,-900,USD',
        '2024-05-15,Dividend,MSFT,10,1.00,,1.50,8.50,USD',
      ),
    )
    expect(linesOf(items)).toEqual([
      '2024-05-14 buy -902 USD MSFT × 10 @ 90 fee 2',
      '2024-05-15 dividend 8.5 USD MSFT tax 1.5',
    ])
  })

  it('says balances where the column of balances follows the amounts', () => {
    const items = readText(
      lines(
        'Date,Action,Symbol,Quantity,Price,Currency,Amount,Balance',
        '2024-03-15,Sell,AAPL,1,12,USD,12.00,1007.00',
        '2024-03-14,Buy,AAPL,1,5,USD,-5.00,995.00',
        '2024-03-13,Deposit,,,,USD,1000.00,1000.00',
      ),
    )
    expect(items.filter((item) => item.type === 'balance')).toMatchObject([
      { kind: 'opening', amount: '0' },
      { kind: 'closing', amount: '1007', on: '2024-03-15' },
    ])
  })
})

describe('tables that are none of trades', () => {
  it.each([
    ['a bank statement', lines('Date,Description,Amount,Balance', '2024-03-13,Shop,-5.00,995.00')],
    [
      'a bank statement with types',
      lines('Type,Product,Date,Description,Amount,Currency', 'TRANSFER,Current,2024-03-13,To Jane,-5.00,EUR'),
    ],
    [
      'payments without a header',
      lines(
        '2024-03-13,Deposit,Jane,5.00,EUR,995.00',
        '2024-03-14,Fee,Bank,-1.00,EUR,994.00',
        '2024-03-15,Deposit,Jane,5.00,EUR,999.00',
      ),
    ],
    ['orders of a shop', lines('Order Date,Order ID,Title,Quantity,Unit Price,Total', '2024-03-13,1,Book,1,5.00,5.00')],
    ['a list of holdings', lines('Symbol,Name,Quantity,Price,Value', 'AAPL,Apple,10,98.50,985.00')],
    ['prose', 'Buy low, sell high.\nThat is all there is to it.'],
  ])('%s', (_, text) => {
    expect(brokerImporter.identify(headOf(text))).toBe('no')
    expect(() => readText(text)).toThrow(ImportRejection)
  })
})
