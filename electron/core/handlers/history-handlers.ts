import type { serviceChannels } from '../../../shared/ipc/channels/service-channels.ts'
import { loadHistory, redoChange, undoChange } from '../changes/undo.ts'
import type { HandlersOf } from '../handler.ts'

type HistoryChannels = Pick<typeof serviceChannels, 'history.get' | 'history.undo' | 'history.redo'>

export const historyHandlers: HandlersOf<HistoryChannels> = {
  'history.get': (_, context) => loadHistory(context.readable()),
  'history.undo': (_, context) => undoChange(context.writable(), context.clock),
  'history.redo': (_, context) => redoChange(context.writable()),
}
