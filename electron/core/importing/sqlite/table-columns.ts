/** The columns of a table as its definition lists them. */
export interface ColumnNames {
  /** In small letters, in the order of the stored values. */
  readonly names: readonly string[]
  /** Index of the column that stands for the row id ("INTEGER PRIMARY KEY"); -1 where none does. */
  readonly rowIdAt: number
}

/** What begins a constraint of the table and not a column. */
const CONSTRAINTS: ReadonlySet<string> = new Set(['constraint', 'primary', 'unique', 'check', 'foreign'])

const CLOSING: Readonly<Record<string, string>> = { '"': '"', "'": "'", '`': '`', '[': ']' }

/** Where a quoted piece that begins at `at` ends (its closing mark); doubled marks stand for one. */
function endOfQuoted(sql: string, at: number): number {
  const closing = CLOSING[sql.charAt(at)] ?? '"'
  for (let end = at + 1; end < sql.length; end += 1) {
    if (sql.charAt(end) !== closing) continue
    if (closing !== ']' && sql.charAt(end + 1) === closing) end += 1
    else return end
  }
  return sql.length
}

/** The definitions between the outermost brackets, parted at commas that stand in no inner ones. */
function definitionsOf(sql: string): readonly string[] | null {
  const open = sql.indexOf('(')
  if (open < 0) return null
  const definitions: string[] = []
  let depth = 0
  let start = open + 1
  for (let at = open; at < sql.length; at += 1) {
    const character = sql.charAt(at)
    if (character in CLOSING) at = endOfQuoted(sql, at)
    else if (character === '-' && sql.charAt(at + 1) === '-') {
      const end = sql.indexOf('\n', at)
      at = end < 0 ? sql.length : end
    } else if (character === '(') depth += 1
    else if (character === ')') {
      depth -= 1
      if (depth > 0) continue
      definitions.push(sql.slice(start, at))
      return definitions
    } else if (character === ',' && depth === 1) {
      definitions.push(sql.slice(start, at))
      start = at + 1
    }
  }
  return null
}

function nameOf(definition: string): { readonly name: string; readonly rest: string; readonly isQuoted: boolean } {
  const text = definition.replaceAll(/--[^\n]*/g, '').trim()
  if (text.charAt(0) in CLOSING) {
    const end = endOfQuoted(text, 0)
    return { name: text.slice(1, end), rest: text.slice(end + 1), isQuoted: true }
  }
  const end = text.search(/[\s(]/)
  return end < 0
    ? { name: text, rest: '', isQuoted: false }
    : { name: text.slice(0, end), rest: text.slice(end), isQuoted: false }
}

/**
 * Reads the column names out of "CREATE TABLE …"; null for a definition that is none, for a virtual table and for one
 * without row ids.
 */
export function columnsOfTable(sql: string): ColumnNames | null {
  if (!/^\s*create\s+table\b/i.test(sql) || /\bwithout\s+rowid\b/i.test(sql.slice(sql.lastIndexOf(')')))) return null
  const definitions = definitionsOf(sql)
  if (definitions === null) return null
  const names: string[] = []
  let rowIdAt = -1
  for (const definition of definitions) {
    const { name, rest, isQuoted } = nameOf(definition)
    const lower = name.toLowerCase()
    if (!isQuoted && CONSTRAINTS.has(lower)) continue
    if (/^\s*integer\s+(?:constraint\s+\S+\s+)?primary\s+key\b/i.test(rest)) rowIdAt = names.length
    names.push(lower)
  }
  return names.length === 0 ? null : { names, rowIdAt }
}
