import type { ReactNode } from 'react'

/** One setting: its name, what it does, and its control at the right. */
export function SettingRow({ name, hint, children }: { name: string; hint?: ReactNode; children: ReactNode }) {
  return (
    <div className="setting-row">
      <div>
        <div className="setting-name">{name}</div>
        {hint === undefined ? null : <div className="muted small">{hint}</div>}
      </div>
      <div className="setting-control">{children}</div>
    </div>
  )
}
