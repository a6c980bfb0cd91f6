import type { PreloadBridge } from '../../shared/ipc/preload-bridge.ts'
import type { Transport } from './client.ts'

/** Calls through the preload bundle of the Electron window. */
export function createElectronTransport(bridge: PreloadBridge): Transport {
  return {
    send: (channel, input, job) => bridge.call(channel, input, job),
    listen: (listener) => bridge.subscribe(listener),
    upload: (file) => bridge.takeFile(file),
  }
}
