import { describe, expect, it } from 'vitest'
import { appWindowArguments, findAppBrowser, hasDisplay } from './app-window.ts'
import { isOtherUser } from './peer-owner.ts'

describe('finding a browser for an app window', () => {
  it.each([
    ['linux', { PATH: '/usr/bin:/opt/bin' }, ['/opt/bin/chromium'], '/opt/bin/chromium'],
    ['linux', { PATH: '/usr/bin' }, ['/usr/bin/microsoft-edge', '/usr/bin/google-chrome'], '/usr/bin/google-chrome'],
    ['linux', { PATH: '/usr/bin' }, ['/usr/bin/firefox'], null],
    [
      'darwin',
      { HOME: '/Users/u' },
      ['/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ],
    [
      'win32',
      { PROGRAMFILES: 'C:\\P', 'PROGRAMFILES(X86)': 'C:\\X' },
      ['C:\\X\\Microsoft\\Edge\\Application\\msedge.exe'],
      'C:\\X\\Microsoft\\Edge\\Application\\msedge.exe',
    ],
  ] as const)('on %s with %j', (platform, environment, present, found) => {
    expect(findAppBrowser(platform, environment, (path) => present.some((each) => each === path))).toBe(found)
  })

  it.each([
    ['linux', {}, false],
    ['linux', { DISPLAY: ':0' }, true],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
    ['darwin', {}, true],
    ['win32', {}, true],
  ] as const)('a display on %s with %j: %s', (platform, environment, there) => {
    expect(hasDisplay(platform, environment)).toBe(there)
  })

  it('gives the window a profile of its own and keeps the browser quiet', () => {
    const flags = appWindowArguments('http://127.0.0.1:1/#code=x', '/tmp/p', false)
    for (const flag of [
      '--app=http://127.0.0.1:1/#code=x',
      '--user-data-dir=/tmp/p',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ]) {
      expect(flags).toContain(flag)
    }
    expect(flags).not.toContain('--no-sandbox')
    expect(appWindowArguments('x', '/tmp/p', true)).toContain('--no-sandbox')
  })
})

describe.skipIf(process.platform !== 'linux')('the owner of the other end', () => {
  // proc(5): sl local_address rem_address st tx:rx tr:when retrnsmt uid …; ports in hexadecimal, 0x1F90 = 8080
  const table = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    '   0: 0100007F:1F90 0100007F:C000 01 00000000:00000000 00:00000000 00000000  1000        0 1 1',
    '   1: 0100007F:C000 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1001        0 1 1',
  ].join('\n')
  it.each([
    [1001, false],
    [1000, true],
  ])('for user %d is another: %s', (user, other) => {
    expect(isOtherUser(0xc000, 8080, user, () => table)).toBe(other)
  })
  it('is taken as one’s own where the system does not say', () => {
    expect(isOtherUser(1, 8080, 1000, () => table)).toBe(false)
    const fail = (): string => {
      throw new Error('no /proc')
    }
    expect(isOtherUser(0xc000, 8080, 1000, fail)).toBe(false)
  })
})
