import { type ByteSource, type FileHead, type Identification, type Importer, ImportRejection } from '../importer.ts'
import { readJson } from './json-text.ts'

/** Takes JSON that is no format of ours, so that it is not tried as a table: says whether it is damaged or strange. */
export const unknownJsonImporter: Importer = {
  id: 'json',

  identify({ text }: FileHead): Identification {
    return /^\s*(?:\{\s*["}]|\[\s*(?:[{[\]]|"))/.test(text.slice(0, 1000)) && !/^\s*\{\d:/.test(text) ? 'likely' : 'no'
  },

  parse(source: ByteSource): never {
    readJson(source)
    throw new ImportRejection(
      'wrong-kind',
      'This JSON file is of no program that Onebook knows. It reads those of Ghostfolio, Schwab, Trade Republic and PayPal.',
      { content: 'JSON' },
    )
  },
}
