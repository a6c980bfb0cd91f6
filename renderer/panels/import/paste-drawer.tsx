import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useImportTray } from '../../app/import-tray.tsx'
import { SideDrawer } from '../../components/side-drawer.tsx'

export function PasteDrawer({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const tray = useImportTray()
  const [text, setText] = useState('')
  const use = () => {
    void tray.addText(text)
    setText('')
    onClose()
  }
  return (
    <SideDrawer
      opened={opened}
      onClose={onClose}
      title={t('import.pasteTitle')}
      footer={
        <div className="inline-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button disabled={text.trim() === ''} onClick={use}>
            {t('import.pasteUse')}
          </Button>
        </div>
      }
    >
      <Textarea
        label={t('import.pasteTitle')}
        description={t('import.pasteHint')}
        data-autofocus
        value={text}
        autosize
        minRows={14}
        maxRows={28}
        maxLength={20_000_000}
        classNames={{ input: 'mono' }}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </SideDrawer>
  )
}
