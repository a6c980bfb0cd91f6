import { Button, CloseButton } from '@mantine/core'
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../app/failure.ts'

interface Toast {
  readonly id: number
  readonly tone: 'done' | 'failed'
  readonly message: string
  readonly detail: string
  readonly undo: (() => void) | undefined
}

export interface Notify {
  /** Says that something is done, with "Undo" where a way is given. */
  readonly done: (message: string, undo?: () => void) => void
  readonly failed: (failure: Failure) => void
  /** Takes back all that is said. */
  readonly clear: () => void
}

const NotifyContext = createContext<Notify | null>(null)

export function useNotify(): Notify {
  const notify = useContext(NotifyContext)
  if (notify === null) throw new Error('there are no toasts here')
  return notify
}

/** Short messages at the lower edge; failures stay until closed. Read out by screen readers. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const next = useRef(1)
  const close = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), [])
  const show = useCallback(
    (toast: Omit<Toast, 'id'>, milliseconds: number | null) => {
      const id = next.current++
      setToasts((all) => {
        // only the newest change can be taken back from here: an older "Undo" would promise something else
        const older = toast.tone === 'failed' ? all : all.filter((one) => one.tone === 'failed')
        return [...older.slice(-2), { ...toast, id }]
      })
      if (milliseconds !== null) setTimeout(() => close(id), milliseconds)
    },
    [close],
  )
  const notify = useMemo<Notify>(
    () => ({
      done: (message, undo) => show({ tone: 'done', message, detail: '', undo }, undo === undefined ? 4000 : 8000),
      clear: () => setToasts([]),
      failed: (failure) =>
        show(
          {
            tone: 'failed',
            message: t(`error.${failure.code}.what`, failure.values),
            detail: `${t(`error.${failure.code}.safe`, failure.values)} ${t(`error.${failure.code}.todo`, failure.values)}`,
            undo: undefined,
          },
          null,
        ),
    }),
    [show, t],
  )
  return (
    <NotifyContext.Provider value={notify}>
      {children}
      <div className="toasts" aria-live="polite">
        {toasts.map((toast) => (
          <div key={toast.id} className="toast" data-tone={toast.tone}>
            <div className="toast-text">
              <span>{toast.message}</span>
              {toast.detail === '' ? null : <span className="toast-detail">{toast.detail}</span>}
            </div>
            {toast.undo === undefined ? null : (
              <Button
                size="compact-sm"
                variant="subtle"
                className="toast-action"
                onClick={() => {
                  toast.undo?.()
                  close(toast.id)
                }}
              >
                {t('common.undo')}
              </Button>
            )}
            <CloseButton
              size="sm"
              className="toast-action"
              aria-label={t('common.close')}
              onClick={() => close(toast.id)}
            />
          </div>
        ))}
      </div>
    </NotifyContext.Provider>
  )
}
