import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface SideDrawerProps {
  readonly opened: boolean
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  /** Stays at the lower edge: the actions. */
  readonly footer?: ReactNode
  readonly size?: number
}

/** Details and editing at the right: focus stays inside, Escape closes, focus returns to where it was. */
export function SideDrawer({ opened, title, onClose, children, footer, size = 480 }: SideDrawerProps) {
  const { t } = useTranslation()
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size={`min(${size}px, 100vw)`}
      title={title}
      lockScroll={false}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      overlayProps={{ backgroundOpacity: 0.25 }}
      transitionProps={{ duration: 150, transition: 'slide-left' }}
      classNames={{ content: 'drawer', header: 'drawer-header', title: 'drawer-title', body: 'drawer-body' }}
    >
      <div className="drawer-scroll">{opened ? children : null}</div>
      {footer === undefined ? null : <div className="drawer-footer">{footer}</div>}
    </Drawer>
  )
}
