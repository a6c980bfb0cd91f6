import { Button } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CallOf } from '../../shared/ipc/contract.ts'
import { useClient } from '../app/client-context.tsx'
import { failureOf } from '../app/failure.ts'
import { usePickFiles } from '../app/pick-files.tsx'
import { useLanguage } from '../app/preferences.tsx'
import { useCall, useChange } from '../app/queries.ts'
import { formatBytes } from '../format/number-format.ts'
import { saveBytes } from './save-bytes.ts'
import { ConfirmInline } from './small.tsx'
import { useNotify } from './toast.tsx'

type Owner = CallOf<'attachment.list'>['owner']

/** Files kept, encrypted, with an account, a transaction or a document. */
export function Attachments({ owner }: { owner: Owner }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const client = useClient()
  const notify = useNotify()
  const pick = usePickFiles()
  const list = useCall('attachment.list', { owner })
  const add = useChange('attachment.add')
  const remove = useChange('attachment.delete', { done: t('account.attachmentDeleted'), undoable: true })
  const attach = async () => {
    for (const picked of await pick({ many: true })) add.mutate({ owner, file: picked.file })
  }
  const open = async (id: number) => {
    try {
      const file = await client.call('attachment.read', { id })
      saveBytes(file.name, file.mediaType, [file.base64])
    } catch (error) {
      notify.failed(failureOf(error))
    }
  }
  return (
    <div className="stack-tight">
      <ul className="plain-list">
        {(list.data ?? []).map((attachment) => (
          <li key={attachment.id} className="spread">
            <button type="button" className="link-button clip" onClick={() => void open(attachment.id)}>
              {attachment.name}
            </button>
            <span className="inline">
              <span className="faint small numeric">{formatBytes(attachment.bytes, language)}</span>
              <ConfirmInline
                label={t('common.delete')}
                size="xs"
                onConfirm={() => remove.mutate({ id: attachment.id })}
              />
            </span>
          </li>
        ))}
      </ul>
      <div>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPaperclip size={14} />}
          loading={add.isPending}
          onClick={() => void attach()}
        >
          {t('account.attach')}
        </Button>
      </div>
    </div>
  )
}
