import { EventEmitter } from 'node:events'
import type { MenuItemConstructorOptions } from 'electron'
import { vi } from 'vitest'

/**
 * Stands in for the `electron` module, whose runtime is not there in tests: it records what the host asks of Electron,
 * so that a test can play Electron's part. Only what Onebook uses.
 */

export class StandInContents extends EventEmitter {
  readonly mainFrame = { origin: 'app://onebook' }
  readonly sent: unknown[][] = []
  openHandler: ((details: { url: string }) => { action: string }) | null = null
  destroyed = false
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler
  }
  send(...message: unknown[]): void {
    this.sent.push(message)
  }
  isDestroyed(): boolean {
    return this.destroyed
  }
}

export class StandInWindow extends EventEmitter {
  static last: StandInWindow | null = null
  readonly webContents = new StandInContents()
  readonly options: Record<string, unknown>
  readonly loaded: string[] = []
  constructor(options: Record<string, unknown>) {
    super()
    this.options = options
    StandInWindow.last = this
  }
  loadURL(address: string): Promise<void> {
    this.loaded.push(address)
    return Promise.resolve()
  }
  hidden = false
  show(): void {
    this.hidden = false
    this.emit('show')
  }
  hide(): void {
    this.hidden = true
  }
}

export class StandInTray extends EventEmitter {
  static last: StandInTray | null = null
  menu: MenuItemConstructorOptions[] = []
  toolTip = ''
  title = ''
  constructor() {
    super()
    StandInTray.last = this
  }
  setToolTip(text: string): void {
    this.toolTip = text
  }
  setTitle(text: string): void {
    this.title = text
  }
  setContextMenu(menu: MenuItemConstructorOptions[]): void {
    this.menu = menu
  }
  destroy(): void {
    this.menu = []
  }
}

export class StandInNotification extends EventEmitter {
  static readonly all: StandInNotification[] = []
  static supported = true
  static isSupported(): boolean {
    return StandInNotification.supported
  }
  readonly options: Record<string, unknown>
  isShown = false
  constructor(options: Record<string, unknown>) {
    super()
    this.options = options
    StandInNotification.all.push(this)
  }
  show(): void {
    this.isShown = true
  }
  close(): void {
    this.isShown = false
  }
}

type Answer<T> = (answer: T) => void

export class StandInSession extends EventEmitter {
  permissionRequest: ((contents: unknown, permission: string, answer: Answer<boolean>) => void) | null = null
  permissionCheck: ((...facts: unknown[]) => boolean) | null = null
  devicePermission: ((...facts: unknown[]) => boolean) | null = null
  displayMedia: ((request: unknown, answer: Answer<object>) => void) | null = null
  beforeRequest: ((details: { url: string }, answer: Answer<{ cancel?: boolean }>) => void) | null = null
  spellChecker = true
  readonly handled = new Map<string, (request: Request) => Promise<Response>>()
  readonly webRequest = {
    onBeforeRequest: (listener: StandInSession['beforeRequest']): void => {
      this.beforeRequest = listener
    },
  }
  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Promise<Response>): void => {
      this.handled.set(scheme, handler)
    },
  }
  setPermissionRequestHandler(handler: StandInSession['permissionRequest']): void {
    this.permissionRequest = handler
  }
  setPermissionCheckHandler(handler: StandInSession['permissionCheck']): void {
    this.permissionCheck = handler
  }
  setDevicePermissionHandler(handler: StandInSession['devicePermission']): void {
    this.devicePermission = handler
  }
  setDisplayMediaRequestHandler(handler: StandInSession['displayMedia']): void {
    this.displayMedia = handler
  }
  setSpellCheckerEnabled(enabled: boolean): void {
    this.spellChecker = enabled
  }
}

/** The module itself, for `vi.mock('electron', …)`. */
export function createElectronStandIn() {
  const loginItem = vi.fn<(settings: unknown) => void>()
  const invokeHandlers = new Map<string, (event: unknown, ...args: unknown[]) => unknown>()
  return {
    invokeHandlers,
    loginItem,
    app: Object.assign(new EventEmitter(), { setLoginItemSettings: loginItem }),
    BrowserWindow: StandInWindow,
    Tray: StandInTray,
    Notification: StandInNotification,
    Menu: { buildFromTemplate: (template: MenuItemConstructorOptions[]) => template },
    nativeImage: {
      createFromPath: () => ({ isEmpty: () => false, setTemplateImage: () => undefined }),
    },
    ipcMain: {
      handle: (channel: string, handler: (event: unknown, ...args: unknown[]) => unknown): void => {
        invokeHandlers.set(channel, handler)
      },
    },
    protocol: { registerSchemesAsPrivileged: vi.fn<(schemes: readonly unknown[]) => void>() },
    shell: { openExternal: vi.fn<(address: string) => Promise<void>>(async () => undefined) },
    powerMonitor: new EventEmitter(),
    dialog: {
      showOpenDialog: vi.fn<(...args: unknown[]) => Promise<{ canceled: boolean; filePaths: string[] }>>(async () => ({
        canceled: false,
        filePaths: ['/home/u/a.ofx'],
      })),
    },
    safeStorage: {
      available: true,
      backend: 'gnome_libsecret',
      isEncryptionAvailable(): boolean {
        return this.available
      },
      getSelectedStorageBackend(): string {
        return this.backend
      },
      encryptString: (text: string): Buffer => Buffer.from(`sealed:${text}`),
      decryptString: (bytes: Buffer): string => bytes.toString().replace(/^sealed:/, ''),
    },
    contextBridge: { exposeInMainWorld: vi.fn<(name: string, api: unknown) => void>() },
    ipcRenderer: Object.assign(new EventEmitter(), {
      invoke: vi.fn<(channel: string, message: unknown) => Promise<unknown>>(async () => ({ ok: true, value: 1 })),
    }),
    webUtils: { getPathForFile: vi.fn<(file: File) => string>(() => '/home/u/dropped.ofx') },
  }
}
export type ElectronStandIn = ReturnType<typeof createElectronStandIn>
