import './search.css'
import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { PaletteBox } from './palette-box.tsx'

/** Search from anywhere: Ctrl/⌘ K. */
export function SearchPalette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      lockScroll={false}
      size={680}
      padding={0}
      radius={12}
      yOffset="10vh"
      transitionProps={{ duration: 120, transition: 'fade' }}
    >
      <Modal.Overlay backgroundOpacity={0.25} />
      <Modal.Content aria-label={t('common.search')}>
        <Modal.Body>{opened ? <PaletteBox onClose={onClose} /> : null}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
