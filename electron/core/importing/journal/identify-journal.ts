import type { FileHead, Identification } from '../importer.ts'

const LEDGER_NAME = /\.(?:ledger|journal|hledger|j|dat|lgr)$/i
const BEANCOUNT_NAME = /\.(?:beancount|bean)$/i

/** A directive with what it is about: a payee of another journal may begin with the same word ("note pads"). */
const BEANCOUNT_DIRECTIVE =
  /^\d{4}[-/]\d{1,2}[-/]\d{1,2}[ \t]+(?:(?:open|close|pad|balance|note|document)[ \t]+[\p{Lu}\p{Nd}][\p{L}\p{Nd}-]*:[\p{Lu}\p{Nd}]|(?:commodity|price)[ \t]+[A-Z/][A-Z\d'._-]*(?:[ \t]+[-+\d]|[ \t]*(?:;|$))|(?:event|query|custom)[ \t]+")/mu
const BEANCOUNT_ENTRY = /^\d{4}[-/]\d{1,2}[-/]\d{1,2}\s+(?:txn|[*!])\s+"/m
const BEANCOUNT_POSTING = /^[ \t]+(?:[*!]\s+)?[\p{Lu}\p{Nd}][\p{L}\p{Nd}-]*:[\p{Lu}\p{Nd}]/mu
const BEANCOUNT_OPTION = /^(?:option|plugin)\s+"[^"\n]*"/m

/** A dated line, then an indented one that is an account, with an amount behind two spaces or alone. */
const LEDGER_HEADER = /^(?:\d{4}[-/.])?\d{1,2}[-/.]\d{1,2}(?:=[\d/.-]+)?(?:\s|$)/
const LEDGER_POSTING = /^[ \t]+(?:[*!]\s+)?[([]?[^\s;#%|,][^,;]*?(?:(?: {2,}|\t).*|[\])]?)$/u
const LEDGER_DIRECTIVE =
  /^(?:P\s+\d{4}[-/.]\d|account\s+\S+:|alias\s+\S.*=|commodity\s+\S|include\s+\S|apply\s+(?:account|tag|year)|[DAYN]\s+\S|~\s+\S|=\s+\S|comment\s*$|i\s+\d{4}[-/]\d)/

const MOST_LINES = 2_000

/** Beancount is known by its directives; a file of its name is one. */
export function identifyBeancount({ name, text }: FileHead): Identification {
  if (text === '') return 'no'
  if (BEANCOUNT_DIRECTIVE.test(text) && !/^[^\n]*,[^\n]*,/.test(text)) return 'yes'
  if (BEANCOUNT_OPTION.test(text) || (BEANCOUNT_ENTRY.test(text) && BEANCOUNT_POSTING.test(text))) return 'yes'
  return BEANCOUNT_NAME.test(name) ? 'likely' : 'no'
}

/** ledger's and hledger's journals have no signature: entries of the right shape are one where nothing else is. */
export function identifyLedger(head: FileHead): Identification {
  const { name, text } = head
  if (text === '' || identifyBeancount(head) === 'yes') return 'no'
  const isNamed = LEDGER_NAME.test(name)
  const lines = text.split(/\r\n|\r|\n/, MOST_LINES)
  let entries = 0
  let directives = 0
  let others = 0
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '' || /^[;#%|*\s]/.test(line)) continue
    let at = index + 1
    while (/^\s+[;#%|]/.test(lines[at] ?? '')) at += 1
    const next = lines[at] ?? ''
    if (LEDGER_HEADER.test(line)) {
      if (LEDGER_POSTING.test(next)) entries += 1
      else others += 1
    } else if (LEDGER_DIRECTIVE.test(line)) directives += 1
    else others += 1
  }
  if (entries > others) return isNamed || entries >= 2 || others === 0 ? 'yes' : 'likely'
  if (directives > 0 && directives >= others) return isNamed ? 'yes' : 'maybe'
  if (entries > 0 || directives > 0) return isNamed ? 'yes' : 'no'
  return isNamed && /\.(?:ledger|journal|hledger)$/i.test(name) ? 'maybe' : 'no'
}
