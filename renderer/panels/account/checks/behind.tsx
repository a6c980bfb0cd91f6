import { Button } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

/** The figures behind a finding, shown when asked for. */
export function Behind({ children, label }: { children: ReactNode; label: string }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const id = useId()
  return (
    <div className="stack-tight">
      <div>
        <Button
          ml={-8}
          variant="subtle"
          size="compact-sm"
          color="gray"
          aria-expanded={opened}
          aria-controls={id}
          aria-label={`${t(opened ? 'check.hideFigures' : 'check.showFigures')}: ${label}`}
          leftSection={
            opened ? (
              <IconChevronDown size={14} aria-hidden="true" />
            ) : (
              <IconChevronRight size={14} aria-hidden="true" />
            )
          }
          onClick={() => setOpened((now) => !now)}
        >
          {t(opened ? 'check.hideFigures' : 'check.showFigures')}
        </Button>
      </div>
      <div id={id} hidden={!opened}>
        {opened ? children : null}
      </div>
    </div>
  )
}
