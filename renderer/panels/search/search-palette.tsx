import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { SearchBox } from './search-box.tsx'

/** Search from anywhere: Ctrl/⌘ K. */
export function SearchPalette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      withCloseButton={false}
      lockScroll={false}
      size={640}
      padding={0}
      yOffset="12vh"
      title={undefined}
      aria-label={t('search.title')}
      transitionProps={{ duration: 120, transition: 'fade' }}
      overlayProps={{ backgroundOpacity: 0.25 }}
    >
      {opened ? <SearchBox onGo={onClose} /> : null}
    </Modal>
  )
}
