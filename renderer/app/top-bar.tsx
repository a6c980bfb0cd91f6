import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp, IconEye, IconEyeOff, IconLock, IconSearch } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge, KeyHint } from '../components/small.tsx'
import { PersonSwitch } from './person-switch.tsx'
import { usePreferences } from './preferences.tsx'
import { useChange } from './queries.ts'
import type { Undo } from './undo.ts'

function BarButton({
  label,
  onClick,
  children,
  inactive = false,
  pressed,
}: {
  label: string
  onClick: () => void
  children: ReactNode
  inactive?: boolean
  pressed?: boolean
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={34}
        aria-label={label}
        aria-disabled={inactive}
        aria-pressed={pressed}
        data-inactive={inactive}
        className="bar-button"
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  )
}

export function TopBar({
  demo,
  onSearch,
  undo,
  onLock,
}: {
  demo: boolean
  onSearch: () => void
  undo: Undo
  onLock: () => void
}) {
  const { t } = useTranslation()
  const { settings } = usePreferences()
  const save = useChange('settings.set')
  const masked = settings.maskAmounts
  return (
    <div className="top-bar">
      <button type="button" className="search-button" onClick={onSearch}>
        <IconSearch size={16} stroke={1.7} aria-hidden="true" />
        <span className="clip">{t('common.searchPlaceholder')}</span>
        <KeyHint keys={['mod', 'K']} />
      </button>
      <div className="top-bar-actions">
        <PersonSwitch />
        {demo ? (
          <Tooltip label={t('common.demoHint')}>
            <span>
              <Badge tone="attention">{t('common.demo')}</Badge>
            </span>
          </Tooltip>
        ) : null}
        <BarButton
          label={undo.undoLabel === null ? t('common.nothingToUndo') : t('common.undoWhat', { what: undo.undoLabel })}
          inactive={undo.undoLabel === null}
          onClick={undo.undo}
        >
          <IconArrowBackUp size={19} stroke={1.6} />
        </BarButton>
        <BarButton
          label={undo.redoLabel === null ? t('common.nothingToRedo') : t('common.redoWhat', { what: undo.redoLabel })}
          inactive={undo.redoLabel === null}
          onClick={undo.redo}
        >
          <IconArrowForwardUp size={19} stroke={1.6} />
        </BarButton>
        <BarButton
          label={t(masked ? 'common.showAmounts' : 'common.hideAmounts')}
          pressed={masked}
          onClick={() => save.mutate({ maskAmounts: !masked })}
        >
          {masked ? <IconEyeOff size={19} stroke={1.6} /> : <IconEye size={19} stroke={1.6} />}
        </BarButton>
        <BarButton label={t('common.lock')} onClick={onLock}>
          <IconLock size={19} stroke={1.6} />
        </BarButton>
      </div>
    </div>
  )
}
