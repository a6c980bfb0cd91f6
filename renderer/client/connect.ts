import type { PreloadBridge } from '../../shared/ipc/preload-bridge.ts'
import { type Client, createClient } from './client.ts'
import { createElectronTransport } from './electron-transport.ts'
import { createLoopbackTransport } from './loopback-transport.ts'

declare global {
  interface Window {
    /** Put there by the preload bundle: Electron only. */
    readonly onebook?: PreloadBridge
  }
}

/** The client for whichever host shows this window. */
export function connectClient(): Client {
  return createClient(
    window.onebook === undefined ? createLoopbackTransport() : createElectronTransport(window.onebook),
  )
}
