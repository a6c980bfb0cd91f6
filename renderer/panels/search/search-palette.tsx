import './search.css'
import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { PaletteBox } from './palette-box.tsx'

/** Search from anywhere: Ctrl/⌘ K. */
export function SearchPalette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      withCloseButton={false}
      lockScroll={false}
      size={680}
      padding={0}
      radius={12}
      yOffset="10vh"
      aria-label={t('common.search')}
      transitionProps={{ duration: 120, transition: 'fade' }}
      overlayProps={{ backgroundOpacity: 0.25 }}
    >
      {opened ? <PaletteBox onClose={onClose} /> : null}
    </Modal>
  )
}
