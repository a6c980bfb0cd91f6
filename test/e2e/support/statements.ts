export interface StatementLine {
  /** `YYYY-MM-DD`. */
  readonly on: string
  readonly amount: string
  readonly payee: string
}

/** A bank's statement as OFX 1.x, as banks write it. */
export function ofxStatement(given: {
  account: string
  currency: string
  closing: string
  lines: readonly StatementLine[]
}): string {
  const compact = (on: string): string => on.replaceAll('-', '')
  const days = given.lines.map((line) => line.on).toSorted()
  const [first = '2025-01-01'] = days
  const last = days.at(-1) ?? first
  const lines = given.lines.map(
    (line, index) => `<STMTTRN>
<TRNTYPE>${line.amount.startsWith('-') ? 'DEBIT' : 'CREDIT'}
<DTPOSTED>${compact(line.on)}
<TRNAMT>${line.amount}
<FITID>${compact(line.on)}-${index}
<NAME>${line.payee}
</STMTTRN>`,
  )
  return `OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:UNICODE
CHARSET:NONE
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX>
<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>${compact(last)}<LANGUAGE>ENG
<FI><ORG>Meadow Bank<FID>7001</FI></SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS>
<STMTRS>
<CURDEF>${given.currency}
<BANKACCTFROM><BANKID>700100<ACCTID>${given.account}<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>${compact(first)}<DTEND>${compact(last)}
${lines.join('\n')}
</BANKTRANLIST>
<LEDGERBAL><BALAMT>${given.closing}<DTASOF>${compact(last)}</LEDGERBAL>
</STMTRS></STMTTRNRS></BANKMSGSRSV1>
</OFX>
`
}

/** An Alipay bill as the app exports it, all paid from the balance kept there. */
export function alipayBill(lines: readonly StatementLine[]): string {
  const rows = lines.map((line, index) => {
    const spent = line.amount.startsWith('-')
    const amount = spent ? line.amount.slice(1) : line.amount
    const order = `20250122001400000000000${String(index + 1).padStart(3, '0')}`
    return `${line.on} 12:30:1${index},餐饮美食,${line.payee},xm***@example.com,商品,${spent ? '支出' : '收入'},${amount},余额,交易成功,${order}\t,M${index}\t,,`
  })
  return [
    '------------------------------------------------------------------------------------',
    '导出信息：',
    '姓名：张三',
    '支付宝账户：138****5678',
    '起始时间：[2025-01-01 00:00:00]    终止时间：[2025-01-31 23:59:59]',
    '导出交易类型：[全部]',
    '',
    '------------------------支付宝（中国）网络技术有限公司  电子客户回单------------------------',
    '交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,',
    ...rows,
    '',
  ].join('\r\n')
}

/**
 * A broker's statement as OFX 2.x. Deposit 2,000.00; 10 shares at 150.25 and 5.00 of fees = 1,507.50; 100 units of a fund
 * at 2.50 = 250.00; cash left 242.50. Held: 10 × 161.00 = 1,610.00 (gain 102.50) and 100 × 2.75 = 275.00 (gain 25.00).
 */
export function investmentStatement(): string {
  const share = '<SECID><UNIQUEID>US0000000001</UNIQUEID><UNIQUEIDTYPE>ISIN</UNIQUEIDTYPE></SECID>'
  const fund = '<SECID><UNIQUEID>LU0000000002</UNIQUEID><UNIQUEIDTYPE>ISIN</UNIQUEIDTYPE></SECID>'
  return `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<?OFX OFXHEADER="200" VERSION="211" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>
<OFX>
<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS><DTSERVER>20250228</DTSERVER>
<LANGUAGE>ENG</LANGUAGE><FI><ORG>Orchard Broker</ORG></FI></SONRS></SIGNONMSGSRSV1>
<INVSTMTMSGSRSV1><INVSTMTTRNRS><TRNUID>1</TRNUID><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>
<INVSTMTRS><DTASOF>20250228</DTASOF><CURDEF>CNY</CURDEF>
<INVACCTFROM><BROKERID>orchard.example</BROKERID><ACCTID>INV-778899</ACCTID></INVACCTFROM>
<INVTRANLIST><DTSTART>20250101</DTSTART><DTEND>20250228</DTEND>
<INVBANKTRAN><STMTTRN><TRNTYPE>CREDIT</TRNTYPE><DTPOSTED>20250102</DTPOSTED><TRNAMT>2000.00</TRNAMT><FITID>C1</FITID>
<NAME>Deposit</NAME></STMTTRN><SUBACCTFUND>CASH</SUBACCTFUND></INVBANKTRAN>
<BUYSTOCK><INVBUY><INVTRAN><FITID>B1</FITID><DTTRADE>20250105</DTTRADE></INVTRAN>${share}
<UNITS>10</UNITS><UNITPRICE>150.25</UNITPRICE><COMMISSION>4.95</COMMISSION><FEES>0.05</FEES><TOTAL>-1507.50</TOTAL>
<SUBACCTSEC>CASH</SUBACCTSEC><SUBACCTFUND>CASH</SUBACCTFUND></INVBUY><BUYTYPE>BUY</BUYTYPE></BUYSTOCK>
<BUYMF><INVBUY><INVTRAN><FITID>B2</FITID><DTTRADE>20250106</DTTRADE></INVTRAN>${fund}
<UNITS>100</UNITS><UNITPRICE>2.50</UNITPRICE><TOTAL>-250.00</TOTAL>
<SUBACCTSEC>CASH</SUBACCTSEC><SUBACCTFUND>CASH</SUBACCTFUND></INVBUY><BUYTYPE>BUY</BUYTYPE></BUYMF>
</INVTRANLIST>
<INVPOSLIST>
<POSSTOCK><INVPOS>${share}<HELDINACCT>CASH</HELDINACCT><POSTYPE>LONG</POSTYPE><UNITS>10</UNITS>
<UNITPRICE>161.00</UNITPRICE><MKTVAL>1610.00</MKTVAL><DTPRICEASOF>20250228</DTPRICEASOF></INVPOS></POSSTOCK>
<POSMF><INVPOS>${fund}<HELDINACCT>CASH</HELDINACCT><POSTYPE>LONG</POSTYPE><UNITS>100</UNITS>
<UNITPRICE>2.75</UNITPRICE><MKTVAL>275.00</MKTVAL><DTPRICEASOF>20250228</DTPRICEASOF></INVPOS></POSMF>
</INVPOSLIST>
<INVBAL><AVAILCASH>242.50</AVAILCASH><MARGINBALANCE>0</MARGINBALANCE><SHORTBALANCE>0</SHORTBALANCE></INVBAL>
</INVSTMTRS></INVSTMTTRNRS></INVSTMTMSGSRSV1>
<SECLISTMSGSRSV1><SECLIST>
<STOCKINFO><SECINFO>${share}<SECNAME>Pear Computers</SECNAME><TICKER>PEAR</TICKER></SECINFO></STOCKINFO>
<MFINFO><SECINFO>${fund}<SECNAME>Harvest Fund</SECNAME><TICKER>HARV</TICKER></SECINFO></MFINFO>
</SECLIST></SECLISTMSGSRSV1>
</OFX>
`
}
