import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron'
import type { Reply } from '../../shared/ipc/contract.ts'
import { type Envelope, envelopeSchema, eventChannel, invokeChannel } from '../../shared/ipc/electron-envelope.ts'
import { CoreError } from '../../shared/ipc/errors.ts'
import type { Core } from '../core/hosting/start-core.ts'
import { appOrigin } from './app-origin.ts'

const LARGEST_BYTES = 64 * 1_048_576

/** Whether a message comes from the window's own page: its main frame, with exactly our origin. */
export function isOwnSender(event: Pick<IpcMainInvokeEvent, 'senderFrame' | 'sender'>): boolean {
  const frame = event.senderFrame
  // null where the frame has navigated or gone since
  return frame !== null && frame === event.sender.mainFrame && frame.origin === appOrigin
}

const refused: Reply<never> = { ok: false, error: { code: 'unknown-channel', message: 'refused' } }

/** The one handler: checks the sender, parses the envelope, calls the core. */
export function handleCalls(core: Core): void {
  ipcMain.handle(invokeChannel, async (event, raw: unknown): Promise<Reply<unknown>> => {
    if (!isOwnSender(event)) return refused
    const envelope = envelopeSchema.safeParse(raw)
    if (!envelope.success) return { ok: false, error: { code: 'invalid-input', message: 'wrong shape' } }
    return answer(core, envelope.data)
  })
}

async function answer(core: Core, envelope: Envelope): Promise<Reply<unknown>> {
  if (envelope.type === 'call') return core.call(envelope.channel, envelope.input, envelope.job)
  try {
    if (envelope.type === 'path') return { ok: true, value: core.files.addPath(envelope.path) }
    if (envelope.bytes.length > LARGEST_BYTES) throw new CoreError('invalid-input', 'This is too large to paste.')
    return { ok: true, value: core.files.addBytes(envelope.name, envelope.bytes) }
  } catch (error) {
    if (!(error instanceof CoreError)) throw error
    return { ok: false, error: { code: error.code, message: error.message, values: error.values } }
  }
}

/** Passes the core's events to the window for as long as it lives. */
export function forwardEvents(core: Core, contents: WebContents): void {
  const stop = core.subscribe((event) => {
    if (!contents.isDestroyed()) contents.send(eventChannel, event)
  })
  contents.once('destroyed', stop)
}
