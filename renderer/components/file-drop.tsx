import { IconFileImport } from '@tabler/icons-react'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false
}

/** The whole window takes dropped files, and pasted ones; while they hover, it says so. */
export function FileDrop({ onFiles, onText }: { onFiles: (files: File[]) => void; onText?: (text: string) => void }) {
  const { t } = useTranslation()
  const [over, setOver] = useState(false)
  const depth = useRef(0)
  const take = useEffectEvent((files: File[]) => onFiles(files))
  const takeText = useEffectEvent((text: string) => onText?.(text))
  useEffect(() => {
    const enter = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      depth.current += 1
      setOver(true)
    }
    const leave = () => {
      depth.current = Math.max(0, depth.current - 1)
      if (depth.current === 0) setOver(false)
    }
    const hover = (event: DragEvent) => {
      if (carriesFiles(event)) event.preventDefault()
    }
    const drop = (event: DragEvent) => {
      depth.current = 0
      setOver(false)
      if (!carriesFiles(event)) return
      event.preventDefault()
      const files = [...(event.dataTransfer?.files ?? [])]
      if (files.length > 0) take(files)
    }
    const paste = (event: ClipboardEvent) => {
      const target = event.target
      if (target instanceof HTMLElement && target.closest('input, textarea, [contenteditable]') !== null) return
      const files = [...(event.clipboardData?.files ?? [])]
      if (files.length > 0) take(files)
      else {
        const text = event.clipboardData?.getData('text/plain') ?? ''
        if (text.trim().includes('\n')) takeText(text)
      }
    }
    window.addEventListener('dragenter', enter)
    window.addEventListener('dragleave', leave)
    window.addEventListener('dragover', hover)
    window.addEventListener('drop', drop)
    window.addEventListener('paste', paste)
    return () => {
      window.removeEventListener('dragenter', enter)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('dragover', hover)
      window.removeEventListener('drop', drop)
      window.removeEventListener('paste', paste)
    }
  }, [])
  if (!over) return null
  return (
    <div className="drop-veil" aria-live="polite">
      <div className="drop-veil-box">
        <IconFileImport size={32} stroke={1.4} aria-hidden="true" />
        <strong>{t('common.dropTitle')}</strong>
        <span>{t('common.dropHint')}</span>
      </div>
    </div>
  )
}
