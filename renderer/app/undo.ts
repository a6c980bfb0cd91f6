import { useTranslation } from 'react-i18next'
import { useNotify } from '../components/toast.tsx'
import { textOr } from '../i18n/texts.ts'
import { useCall, useChange } from './queries.ts'

export interface Undo {
  /** What would be undone, in words; null where there is nothing. */
  readonly undoLabel: string | null
  readonly redoLabel: string | null
  readonly undo: () => void
  readonly redo: () => void
}

export function useUndo(): Undo {
  const { t } = useTranslation()
  const notify = useNotify()
  const history = useCall('history.get', {}, { keepPrevious: true }).data
  const say = (label: string) => textOr(`common.change.${label}`, t('common.change.any'))
  const undo = useChange('history.undo', {
    onDone: (change) => notify.done(t('common.undone', { what: say(change.label) })),
  })
  const redo = useChange('history.redo', {
    onDone: (change) => notify.done(t('common.redone', { what: say(change.label) })),
  })
  const undoable = history?.undo ?? null
  const redoable = history?.redo ?? null
  return {
    undoLabel: undoable === null ? null : say(undoable.label),
    redoLabel: redoable === null ? null : say(redoable.label),
    undo: () => {
      if (undoable === null) notify.done(t('common.nothingToUndo'))
      else if (!undo.isPending) undo.mutate({})
    },
    redo: () => {
      if (redoable === null) notify.done(t('common.nothingToRedo'))
      else if (!redo.isPending) redo.mutate({})
    },
  }
}
