import { CoreError } from '../../../shared/ipc/errors.ts'
import type { serviceChannels } from '../../../shared/ipc/channels/service-channels.ts'
import { mediaTypeOf } from '../analysis/life/media-type.ts'
import { recordChange } from '../changes/record.ts'
import type { HandlersOf, InputOf } from '../handler.ts'
import type { Vault } from '../storage/open-vault.ts'
import { sqlRows } from '../storage/repositories/query.ts'

type AttachmentChannels = Pick<
  typeof serviceChannels,
  'attachment.list' | 'attachment.add' | 'attachment.read' | 'attachment.delete'
>
type Owner = InputOf<'attachment.list'>['owner']

const MOST_BYTES = 25_000_000
/** Read piece by piece: a source may be on a slow disk or be decrypted as it is read. */
const PIECE = 1_048_576

const ownerColumns = {
  account: { column: 'account_id', table: 'accounts' },
  transaction: { column: 'transaction_id', table: 'transactions' },
  document: { column: 'document_id', table: 'documents' },
} as const

interface AttachmentRow {
  id: number
  name: string
  mediaType: string
  bytes: number
  addedAt: number
}
const COLUMNS = 'id, name, media_type as mediaType, length(bytes) as bytes, added_at as addedAt'

function requireOwner(vault: Vault, owner: Owner): void {
  const sql = `select id from ${ownerColumns[owner.type].table} where id = ?`
  if (sqlRows<{ id: number }>(vault, sql, owner.id).length === 0) {
    throw new CoreError('not-found', `there is no such ${owner.type}`, { id: owner.id })
  }
}

function requireAttachment(vault: Vault, id: number): AttachmentRow {
  const [row] = sqlRows<AttachmentRow>(vault, `select ${COLUMNS} from attachments where id = ?`, id)
  if (row === undefined) throw new CoreError('not-found', 'there is no such attachment', { id })
  return row
}

export const attachmentHandlers: HandlersOf<AttachmentChannels> = {
  'attachment.list': ({ owner }, context) => {
    const sql = `select ${COLUMNS} from attachments where ${ownerColumns[owner.type].column} = ? order by id`
    return sqlRows<AttachmentRow>(context.readable(), sql, owner.id)
  },

  'attachment.add': ({ owner, file }, context) => {
    const vault = context.writable()
    requireOwner(vault, owner)
    const source = context.files.open(file)
    const bytes = (() => {
      try {
        if (source.size > MOST_BYTES) {
          throw new CoreError('invalid-input', 'an attachment has at most 25 MB', { bytes: source.size })
        }
        const whole = Buffer.alloc(source.size)
        for (let offset = 0; offset < source.size;) {
          const piece = source.read(offset, Math.min(PIECE, source.size - offset))
          if (piece.length === 0) throw new CoreError('file-missing', 'the file became shorter while it was read')
          whole.set(piece, offset)
          offset += piece.length
        }
        return whole
      } finally {
        source.close()
      }
    })()
    const facts = { name: source.name }
    const id = recordChange(vault, context.clock, { label: 'attachment.add', facts }, (recorder) =>
      recorder.insert('attachments', {
        account_id: owner.type === 'account' ? owner.id : null,
        transaction_id: owner.type === 'transaction' ? owner.id : null,
        document_id: owner.type === 'document' ? owner.id : null,
        name: source.name,
        media_type: mediaTypeOf(source.name, bytes),
        bytes,
        added_at: context.clock.now(),
      }),
    )
    return requireAttachment(vault, id)
  },

  'attachment.read': ({ id }, context) => {
    const vault = context.readable()
    const { name, mediaType } = requireAttachment(vault, id)
    const [row] = sqlRows<{ bytes: Buffer }>(vault, 'select bytes from attachments where id = ?', id)
    return { name, mediaType, base64: (row?.bytes ?? Buffer.alloc(0)).toString('base64') }
  },

  'attachment.delete': ({ id }, context) => {
    const vault = context.writable()
    const { name } = requireAttachment(vault, id)
    recordChange(vault, context.clock, { label: 'attachment.delete', facts: { name } }, (recorder) =>
      recorder.delete('attachments', [id]),
    )
    return {}
  },
}
