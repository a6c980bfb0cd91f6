import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as electron from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { eventChannel, invokeChannel } from '../../shared/ipc/electron-envelope.ts'
import type { PreloadBridge } from '../../shared/ipc/preload-bridge.ts'
import type { ElectronStandIn } from '../../test/support/electron-stand-in.ts'
import './index.ts'

vi.mock('electron', async () => (await import('../../test/support/electron-stand-in.ts')).createElectronStandIn())
const { contextBridge, ipcRenderer, webUtils } = electron as unknown as ElectronStandIn
// kept here: calls are forgotten when a test begins
const exposed = [...contextBridge.exposeInMainWorld.mock.calls]
const [name, api] = exposed[0] ?? []
const bridge = api as PreloadBridge

describe('the preload bundle', () => {
  it('shows the page three functions of its own and nothing of Electron’s (checklist 20)', () => {
    expect(exposed).toHaveLength(1)
    expect([name, Object.keys(bridge).toSorted()]).toEqual(['onebook', ['call', 'subscribe', 'takeFile']])
  })
  it('invokes one channel, the one that main handles', async () => {
    await bridge.call('app.info', {}, undefined)
    await bridge.call('import.preview', { files: [] }, 'job-12345')
    expect(ipcRenderer.invoke.mock.calls.slice(-2)).toEqual([
      [invokeChannel, { type: 'call', channel: 'app.info', input: {} }],
      [invokeChannel, { type: 'call', channel: 'import.preview', input: { files: [] }, job: 'job-12345' }],
    ])
  })
  it('passes events on without Electron’s event object, and stops', () => {
    const heard: unknown[] = []
    const stop = bridge.subscribe((...event) => heard.push(event))
    ipcRenderer.emit(eventChannel, { sender: 'secret' }, { type: 'settings' })
    stop()
    ipcRenderer.emit(eventChannel, {}, { type: 'settings' })
    expect(heard).toEqual([[{ type: 'settings' }]])
    expect(ipcRenderer.listenerCount(eventChannel)).toBe(0)
  })
  it('takes real files only, by path or by their bytes', async () => {
    await bridge.takeFile(new File(['abc'], 'a.csv'))
    expect(ipcRenderer.invoke.mock.calls.at(-1)).toEqual([invokeChannel, { type: 'path', path: '/home/u/dropped.ofx' }])
    webUtils.getPathForFile.mockReturnValueOnce('')
    await bridge.takeFile(new File(['abc'], 'a.csv'))
    expect(ipcRenderer.invoke.mock.calls.at(-1)).toEqual([
      invokeChannel,
      { type: 'bytes', name: 'a.csv', bytes: new Uint8Array([97, 98, 99]) },
    ])
    for (const other of ['/etc/passwd', { path: '/etc/passwd' }, null]) {
      await expect(bridge.takeFile(other)).rejects.toThrow(TypeError)
    }
  })
  it('imports nothing that would run but electron', () => {
    const text = readFileSync(join(import.meta.dirname, 'index.ts'), 'utf8')
    const running = text.split('\n').filter((line) => line.startsWith('import ') && !line.startsWith('import type'))
    expect(running).toEqual([`import { contextBridge, ipcRenderer, webUtils } from 'electron'`])
  })
})
