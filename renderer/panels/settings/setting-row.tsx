import { Switch } from '@mantine/core'
import { type ReactNode, useId } from 'react'

/** What can be set at the left, its control at the right. The control is labelled by the ids that it gets. */
export function SettingRow({
  name,
  hint,
  narrow = false,
  children,
}: {
  name: ReactNode
  hint?: ReactNode
  /** The control is small, the text gets the room. */
  narrow?: boolean
  children: (labelling: { labelId: string; hintId: string | undefined }) => ReactNode
}) {
  const id = useId()
  return (
    <div className="setting-row" data-narrow={narrow}>
      <div className="setting-text">
        <div id={`${id}label`} className="setting-name">
          {name}
        </div>
        {hint === undefined ? null : (
          <div id={`${id}hint`} className="setting-hint">
            {hint}
          </div>
        )}
      </div>
      <div className="setting-control">
        {children({ labelId: `${id}label`, hintId: hint === undefined ? undefined : `${id}hint` })}
      </div>
    </div>
  )
}

/** A setting that is on or off. */
export function SwitchRow({
  name,
  hint,
  checked,
  disabled = false,
  onChange,
}: {
  name: ReactNode
  hint?: ReactNode
  checked: boolean
  disabled?: boolean
  onChange: (checked: boolean) => void
}) {
  return (
    <SettingRow name={name} hint={hint} narrow>
      {({ labelId, hintId }) => (
        <Switch
          {...(typeof name === 'string' ? { 'aria-label': name } : {})}
          aria-labelledby={labelId}
          aria-describedby={hintId}
          checked={checked}
          disabled={disabled}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      )}
    </SettingRow>
  )
}
