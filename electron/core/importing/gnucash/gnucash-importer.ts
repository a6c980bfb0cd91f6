import type { Importer } from '../importer.ts'
import { isSqlite } from '../sqlite/sqlite-file.ts'
import { gnucashSqliteImporter } from './gnucash-sqlite-importer.ts'
import { gnucashXmlImporter } from './gnucash-xml-importer.ts'

/** GnuCash's books in either format: one importer, for a book that is saved in the other is the same book. */
export const gnucashImporter: Importer = {
  id: 'gnucash',
  identify: (head) => (isSqlite(head.bytes) ? gnucashSqliteImporter : gnucashXmlImporter).identify(head),
  parse: (source, options) =>
    (isSqlite(source.read(0, 16)) ? gnucashSqliteImporter : gnucashXmlImporter).parse(source, options),
}
