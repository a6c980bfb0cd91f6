import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { Envelope } from '../../shared/ipc/electron-envelope.ts'
import type { PreloadBridge } from '../../shared/ipc/preload-bridge.ts'

/** The window's bridge. It runs sandboxed and alone: it imports types only, so the two channel names stand here again. */
const INVOKE = 'onebook'
const EVENT = 'onebook:event'

const invoke = (envelope: Envelope): Promise<never> => ipcRenderer.invoke(INVOKE, envelope) as Promise<never>

const bridge: PreloadBridge = {
  call: (channel, input, job) =>
    invoke(job === undefined ? { type: 'call', channel, input } : { type: 'call', channel, input, job }),
  subscribe(listener) {
    // the event object of Electron's own stays here
    const forward = (_: unknown, event: unknown): void => listener(event)
    ipcRenderer.on(EVENT, forward)
    return () => void ipcRenderer.removeListener(EVENT, forward)
  },
  async takeFile(file) {
    if (!(file instanceof File)) throw new TypeError('not a file')
    const path = webUtils.getPathForFile(file)
    if (path !== '') return invoke({ type: 'path', path })
    // a file that the page made, as from pasted text, has no path
    return invoke({ type: 'bytes', name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })
  },
}

contextBridge.exposeInMainWorld('onebook', bridge)
