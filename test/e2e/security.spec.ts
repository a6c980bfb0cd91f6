import { type Request, request as newRequest } from '@playwright/test'
import { expect, test, unlock } from './support/app.ts'
import { goTo, type Place } from './support/window.ts'

const places: readonly Place[] = ['Home', 'Accounts', 'Wealth', 'Credit', 'Life', 'Import', 'Search', 'Settings']

test.describe('the window and the world', () => {
  test('a tour of every page asks only 127.0.0.1, and every answer carries the policy', async ({ app, page }) => {
    const addresses: string[] = []
    const bare: string[] = []
    page.on('request', (request) => addresses.push(request.url()))
    page.on('response', (response) => {
      const headers = response.headers()
      const policy = headers['content-security-policy'] ?? ''
      const strict = policy.includes(`default-src 'none'`) && !/script-src[^;]*unsafe/.test(policy)
      if (!strict || headers['x-content-type-options'] !== 'nosniff') bare.push(response.url())
    })
    await app.open(page)
    await unlock(page)
    for (const place of places) {
      await goTo(page, place)
      await expect(page.getByRole('status')).toHaveCount(0)
    }
    for (const part of ['Backups', 'Exchange rates', 'About']) {
      await page.getByRole('navigation', { name: 'Parts of the settings' }).getByRole('link', { name: part }).click()
    }
    await page.getByRole('button', { name: 'Lock', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'Welcome back' })).toBeVisible()
    expect(addresses.length).toBeGreaterThan(20)
    const own = new URL(page.url()).origin
    const foreign = addresses.filter((address) => !address.startsWith(`${own}/`) && !/^(data|blob):/.test(address))
    expect(foreign).toEqual([])
    expect(own).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(bare).toEqual([])
    // no key, token or figure in an address, where histories and logs would keep it
    expect(addresses.filter((address) => /token|passphrase|code=/i.test(address.replace(/#.*/, '')))).toEqual([])
    expect(page.url()).not.toContain('code=')
  })

  test('the page can neither fetch, load, frame nor send anything to elsewhere', async ({ app, page }) => {
    await app.open(page)
    await unlock(page)
    // the browser names what the policy stopped before it left
    const left = new Set<Request>()
    page.on('request', (request) => {
      if (!request.url().startsWith('http://127.0.0.1:')) left.add(request)
    })
    page.on('requestfailed', (request) => {
      if (request.failure()?.errorText === 'csp') left.delete(request)
    })
    const outcome = await page.evaluate(async () => {
      const blocked: string[] = []
      Object.assign(globalThis, { blocked })
      document.addEventListener('securitypolicyviolation', (event) => blocked.push(event.effectiveDirective))
      const fetched = await fetch('https://example.org/').then(
        () => 'fetched',
        () => 'refused',
      )
      const image = new Image()
      image.src = 'https://example.org/pixel.png'
      const script = document.createElement('script')
      script.src = 'https://example.org/x.js'
      document.head.append(script)
      const inline = document.createElement('script')
      inline.textContent = 'globalThis.injected = true'
      document.head.append(inline)
      const frame = document.createElement('iframe')
      frame.src = 'https://example.org/'
      document.body.append(frame)
      const form = document.createElement('form')
      form.action = 'https://example.org/'
      form.method = 'post'
      document.body.append(form)
      form.submit()
      return { fetched, injected: 'injected' in globalThis }
    })
    expect(outcome.fetched).toBe('refused')
    expect(outcome.injected).toBe(false)
    // violations are told one after the other, the form's last
    for (const directive of ['connect-src', 'img-src', 'script-src-elem', 'frame-src', 'form-action']) {
      await expect
        .poll(() => page.evaluate(() => (globalThis as unknown as { blocked: string[] }).blocked), {
          message: directive,
        })
        .toContain(directive)
    }
    await expect.poll(() => [...left].map((request) => request.url())).toEqual([])
  })

  test('a window that it opens or that opens it can neither reach it nor use its session', async ({ app, page }) => {
    await app.open(page)
    await unlock(page)
    const origin = new URL(page.url()).origin
    // a page of another origin cannot hold on to the window it opened: COOP cuts the two apart
    const popup = page.waitForEvent('popup')
    await page.evaluate(() => void window.open('about:blank', '_blank', 'noopener'))
    const opened = await popup
    expect(await opened.evaluate(() => window.opener === null)).toBe(true)
    await opened.close()

    // a second tab has no session: it is told so, and the core answers it nothing
    const second = await page.context().newPage()
    const refusals: number[] = []
    second.on('response', (response) => {
      if (response.url().includes('/rpc/') || response.url().endsWith('/session')) refusals.push(response.status())
    })
    await second.goto(`${origin}/`)
    await expect(second.getByRole('alert')).toContainText('This address opens only once')
    await expect(second.getByRole('alert')).toContainText('这个地址只能打开一次')
    expect(refusals.filter((status) => status !== 401)).toEqual([])
    await second.close()

    const client = await newRequest.newContext({ baseURL: origin })
    const calls: readonly { name: string; headers: Record<string, string>; status: number }[] = [
      { name: 'no token', headers: { origin }, status: 401 },
      { name: 'a guessed token', headers: { origin, 'x-onebook-token': 'A'.repeat(43) }, status: 401 },
      { name: 'another origin', headers: { origin: 'https://example.org' }, status: 403 },
    ]
    for (const { name, headers, status } of calls) {
      const answer = await client.post('/rpc/account.list', { headers, data: { input: {} } })
      expect(answer.status(), name).toBe(status)
      expect(await answer.text(), name).not.toContain('netWorth')
      expect(answer.headers()['content-security-policy'], name).toContain(`default-src 'none'`)
    }
    await client.dispose()
    // the first goes on
    await goTo(page, 'Accounts')
    await expect(page.getByRole('heading', { name: 'Accounts', level: 1 })).toBeVisible()
  })
})
