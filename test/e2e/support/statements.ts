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
