import { mkdtempSync, readFileSync, existsSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as electron from 'electron'
import type { BrowserWindow, MenuItemConstructorOptions } from 'electron'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import {
  type ElectronStandIn,
  StandInNotification,
  StandInTray,
  StandInWindow,
} from '../../test/support/electron-stand-in.ts'
import { sampleReminder } from '../../test/support/reminder-samples.ts'
import type { CoreEvent } from '../../shared/ipc/events.ts'
import type { Reply } from '../../shared/ipc/contract.ts'
import { reminderSettingsSchema, type Reminder } from '../../shared/model/reminder.ts'
import { createFileRegistry } from '../core/hosting/file-registry.ts'
import { createMemorySettings } from '../core/hosting/settings-port.ts'
import type { Core } from '../core/hosting/start-core.ts'
import { keepInTray } from './keep-in-tray.ts'
import { RemindersOutside } from './reminders-outside.ts'
import { setStartAtLogin } from './start-at-login.ts'

vi.mock('electron', async () => (await import('../../test/support/electron-stand-in.ts')).createElectronStandIn())
const standIn = electron as unknown as ElectronStandIn

class Stand {
  readonly settings = createMemorySettings()
  readonly shown: (string | null)[] = []
  readonly called: [string, unknown][] = []
  readonly login: boolean[] = []
  quits = 0
  locks = 0
  locked = false
  reminders: Reminder[] = [sampleReminder()]
  readonly #listeners = new Set<(event: CoreEvent) => void>()
  readonly outside = new RemindersOutside({
    settings: this.settings,
    systemLanguage: 'en-GB',
    icon: '/icons/onebook.png',
    showWindow: (to) => void this.shown.push(to),
    quit: () => {
      this.quits += 1
    },
    setStartAtLogin: (wanted) => void this.login.push(wanted),
  })
  readonly core: Core = {
    call: async (channel, input) => this.#answer(channel, input),
    subscribe: (listener) => {
      this.#listeners.add(listener)
      return () => void this.#listeners.delete(listener)
    },
    files: createFileRegistry(
      () => undefined,
      () => undefined,
    ),
    warm: () => undefined,
    woken: () => undefined,
    lock: async () => {
      this.locks += 1
    },
    close: async () => undefined,
  }

  async #answer(channel: string, input: unknown): Promise<Reply<unknown>> {
    this.called.push([channel, input])
    if (this.locked) return { ok: false, error: { code: 'locked', message: 'locked' } }
    if (channel === 'reminder.settings') return { ok: true, value: reminderSettingsSchema.parse({}) }
    const { length } = this.reminders
    return { ok: true, value: { today: '2026-11-25', count: length, overdue: 0, reminders: this.reminders } }
  }
  emit(event: CoreEvent): void {
    for (const listener of this.#listeners) listener(event)
  }
  async open(): Promise<void> {
    this.outside.start(this.core)
    this.emit({ type: 'vault', state: 'open' })
    await this.outside.refresh()
  }
  get menu(): MenuItemConstructorOptions[] {
    return StandInTray.last?.menu ?? []
  }
  get labels(): (string | undefined)[] {
    return this.menu.flatMap(({ label, type }) => (type === 'separator' ? [] : [label]))
  }
  choose(label: string, within: MenuItemConstructorOptions[] = this.menu): void {
    const item = within.find((each) => each.label === label) as { click?: () => void } | undefined
    if (item?.click === undefined) throw new Error(`no item ${label}`)
    item.click()
  }
  get firstActions(): MenuItemConstructorOptions[] {
    const { submenu } = this.menu.find((each) => each.submenu !== undefined) ?? {}
    return Array.isArray(submenu) ? submenu : []
  }
}

beforeEach(() => {
  StandInNotification.all.length = 0
  StandInNotification.supported = true
  StandInTray.last = null
})

describe('the tray', () => {
  it('shows what is due next with its amount, and a count', async () => {
    const stand = new Stand()
    await stand.open()
    expect(stand.labels).toEqual([
      'Open Onebook',
      '1 due within 7 days',
      'Due 5 Dec  ·  Visa && Co · Card payment  ·  CN¥1,234.50',
      'All reminders',
      'Lock',
      'Quit Onebook',
    ])
    expect(StandInTray.last?.toolTip).toBe('Onebook · 1 due within 7 days')
  })
  it('shows no amount while amounts are masked', async () => {
    const stand = new Stand()
    stand.settings.set({ ...stand.settings.get(), maskAmounts: true })
    await stand.open()
    expect(JSON.stringify(stand.labels)).not.toMatch(/1,234|¥/)
    expect(stand.labels[2]).toBe('Due 5 Dec  ·  Visa && Co · Card payment')
  })
  it('holds nothing of the vault while it is locked, not even a count', async () => {
    const stand = new Stand()
    await stand.open()
    stand.locked = true
    stand.emit({ type: 'vault', state: 'locked' })
    expect(stand.labels).toEqual(['Open Onebook', 'Locked', 'Quit Onebook'])
    expect(StandInTray.last?.toolTip).toBe('Onebook')
  })
  it('an answer that comes after locking is not shown any more', async () => {
    const stand = new Stand()
    await stand.open()
    const late = stand.outside.refresh()
    stand.emit({ type: 'vault', state: 'locked' })
    await late
    expect(stand.labels).toEqual(['Open Onebook', 'Locked', 'Quit Onebook'])
  })
  it('does, puts off, opens, locks and quits', async () => {
    const stand = new Stand()
    await stand.open()
    stand.choose('Open', stand.firstActions)
    stand.choose('All reminders')
    stand.choose('Open Onebook')
    expect(stand.shown).toEqual(['/account/12', '/reminders', null])
    stand.choose('Done', stand.firstActions)
    expect(stand.called).toContainEqual(['reminder.done', { key: 'card:account.12:2026-12-05' }])
    stand.choose('Remind me in 3 days', stand.firstActions)
    await vi.waitFor(() =>
      // three days after 25 November, at nine
      expect(stand.called).toContainEqual([
        'reminder.snooze',
        { key: 'card:account.12:2026-12-05', until: '2026-11-28T09:00' },
      ]),
    )
    stand.choose('Lock')
    stand.choose('Quit Onebook')
    expect([stand.locks, stand.quits]).toEqual([1, 1])
  })
  it('speaks Chinese where the user does', async () => {
    const stand = new Stand()
    stand.settings.set({ ...stand.settings.get(), language: 'zh-CN' })
    await stand.open()
    expect(stand.labels.slice(0, 3)).toEqual([
      '打开一本账',
      '7天内有1件到期',
      '12月5日到期  ·  Visa && Co · 信用卡还款  ·  ¥1,234.50',
    ])
  })
})

describe('notifications', () => {
  const told = (given: Partial<Reminder> = {}, missed = 0) => ({ reminder: sampleReminder(given), missed })

  it('say what, when and how much, and open the window there', async () => {
    const stand = new Stand()
    await stand.open()
    stand.outside.teller.tell([told({ daysAway: 0 }, 2)])
    const [notification] = StandInNotification.all
    expect(notification?.options).toMatchObject({
      title: 'Visa & Co · Card payment',
      body: 'Due today · CN¥1,234.50 · And 2 earlier',
      actions: [
        { type: 'button', text: 'Done' },
        { type: 'button', text: 'Remind me tomorrow' },
      ],
    })
    expect(notification?.isShown).toBe(true)
    notification?.emit('click')
    expect(stand.shown).toEqual(['/account/12'])
    notification?.emit('action', { actionIndex: 0 })
    expect(stand.called).toContainEqual(['reminder.done', { key: 'card:account.12:2026-12-05' }])
    notification?.emit('action', { actionIndex: 1 })
    await vi.waitFor(() => expect(stand.called.map(([channel]) => channel)).toContain('reminder.snooze'))
  })
  it('hold no amount while amounts are masked', () => {
    const stand = new Stand()
    stand.settings.set({ ...stand.settings.get(), maskAmounts: true })
    stand.outside.teller.tell([told()])
    expect(StandInNotification.all[0]?.options['body']).toBe('Due 5 Dec')
  })
  it('more than four at once are one', () => {
    const stand = new Stand()
    stand.outside.teller.tell(Array.from({ length: 5 }, () => told()))
    expect(StandInNotification.all.map(({ options }) => options['title'])).toEqual(['5 reminders wait'])
    StandInNotification.all[0]?.emit('click')
    expect(stand.shown).toEqual(['/reminders'])
  })
  it('while locked a number is told only if the user allows it', () => {
    const stand = new Stand()
    stand.outside.teller.tellWaiting(3)
    expect(StandInNotification.all).toEqual([])
    stand.settings.set({ ...stand.settings.get(), notifyWhileLocked: true })
    stand.outside.teller.tellWaiting(3)
    expect(StandInNotification.all[0]?.options).toEqual({
      title: '3 reminders wait',
      body: 'Unlock Onebook to see them.',
    })
  })
  it('those on the screen are taken away when the vault is locked', async () => {
    const stand = new Stand()
    await stand.open()
    stand.outside.teller.tell([told()])
    stand.emit({ type: 'vault', state: 'locked' })
    expect(StandInNotification.all[0]?.isShown).toBe(false)
  })
  it('are not wanted where the system has none or the user switched them off', () => {
    const stand = new Stand()
    expect(stand.outside.teller.wanted()).toBe(true)
    StandInNotification.supported = false
    expect(stand.outside.teller.wanted()).toBe(false)
    StandInNotification.supported = true
    stand.settings.set({ ...stand.settings.get(), notifications: false })
    expect(stand.outside.teller.wanted()).toBe(false)
  })
})

describe('start at login', () => {
  it('is off by default: the first start changes nothing in the system', async () => {
    const stand = new Stand()
    await stand.open()
    expect(stand.login).toEqual([])
    stand.settings.set({ ...stand.settings.get(), startAtLogin: true })
    stand.emit({ type: 'settings' })
    stand.emit({ type: 'settings' })
    stand.settings.set({ ...stand.settings.get(), startAtLogin: false })
    stand.emit({ type: 'settings' })
    expect(stand.login).toEqual([true, false])
  })
  it('on Linux is an entry of the autostart folder, quoted, and goes again', () => {
    const configFolder = mkdtempSync(join(tmpdir(), 'onebook-login-'))
    const entry = join(configFolder, 'autostart', 'onebook.desktop')
    const places = { platform: 'linux' as const, program: '/opt/One book/100%/onebook', configFolder }
    setStartAtLogin(true, places)
    expect(readFileSync(entry, 'utf8')).toContain('Exec="/opt/One book/100%%/onebook" --hidden\n')
    setStartAtLogin(false, places)
    expect(existsSync(entry)).toBe(false)
    rmSync(configFolder, { recursive: true })
  })
  it('elsewhere is asked of the system', () => {
    setStartAtLogin(true, { platform: 'darwin', program: '/x', configFolder: '/y' })
    expect(standIn.loginItem).toHaveBeenCalledWith({ openAtLogin: true, args: ['--hidden'] })
  })
})

describe('closing the window', () => {
  it('hides it where that is chosen, and closes it when Onebook quits', () => {
    const window = new StandInWindow({})
    let wanted = false
    keepInTray(window as unknown as BrowserWindow, () => wanted)
    const close = (): boolean => {
      const event = { preventDefault: vi.fn<() => void>() }
      window.emit('close', event)
      return event.preventDefault.mock.calls.length > 0
    }
    expect(close()).toBe(false)
    wanted = true
    expect(close()).toBe(true)
    expect(window.hidden).toBe(true)
    standIn.app.emit('before-quit')
    expect(close()).toBe(false)
  })
})
