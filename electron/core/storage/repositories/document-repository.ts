import type { IsoDate } from '../../../../shared/domain/iso-date.ts'
import type { LifeDocument } from '../../../../shared/model/life.ts'
import type { Vault } from '../open-vault.ts'
import { sqlRows } from './query.ts'

interface DocumentRow {
  id: number
  kind: LifeDocument['kind']
  name: string
  holder: string
  number: string | null
  issued_on: IsoDate | null
  expires_on: IsoDate | null
  account_id: number | null
  notes: string
  attachment_count: number
}

const SELECT = `select documents.*,
  (select count(*) from attachments where document_id = documents.id) as attachment_count from documents`

function documentOf(row: DocumentRow): LifeDocument {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    holder: row.holder,
    number: row.number,
    issuedOn: row.issued_on,
    expiresOn: row.expires_on,
    accountId: row.account_id,
    notes: row.notes,
    attachmentCount: row.attachment_count,
  }
}

/** Documents by the day they expire; those that do not expire last. */
export function loadDocuments(vault: Vault): LifeDocument[] {
  return sqlRows<DocumentRow>(vault, `${SELECT} order by expires_on is null, expires_on, id`).map(documentOf)
}

export function loadDocument(vault: Vault, id: number): LifeDocument | null {
  const [row] = sqlRows<DocumentRow>(vault, `${SELECT} where id = ?`, id)
  return row === undefined ? null : documentOf(row)
}
