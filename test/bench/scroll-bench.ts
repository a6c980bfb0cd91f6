import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { Bench, Measurement } from './bench.ts'
import { addressOf, ended, ensureBuilt, household, launchBrowser, passphrase, startHost } from './window-host.ts'

const STEP = 240
const FRAMES = 240

/** Runs in the page: scrolls by so much at every frame, as a hand on a wheel does; how long each frame took, sorted. */
const scrollScript = (selector: string): string => `(async () => {
  const element = document.querySelector(${JSON.stringify(selector)})
  const frame = () => new Promise((done) => requestAnimationFrame(done))
  const taken = []
  let before = await frame()
  for (let count = 0; count < ${FRAMES}; count += 1) {
    element.scrollTop += ${STEP}
    const now = await frame()
    taken.push(now - before)
    before = now
  }
  return taken.sort((left, right) => left - right)
})()`

const scroll = (page: Page, selector: string): Promise<number[]> => page.evaluate<number[]>(scrollScript(selector))

/** As tall a page whose forty rows stay where they are put: what the browser itself needs for a frame. */
const floorPage = `<!doctype html><div id="s" style="height:800px;overflow:auto;font:14px sans-serif"><div style="height:3600000px;position:relative">${Array.from(
  { length: 1800 },
  (_, row) =>
    `<div style="position:absolute;top:${row * 36}px;height:36px;width:1100px">2026-01-05 Payee ${row} Groceries −12.34 1,234.56</div>`,
).join('')}</div></div>`

const at = (sorted: readonly number[], part: number): number => sorted[Math.floor((sorted.length - 1) * part)] ?? 0

export const scrollBench: Bench = {
  name: 'scroll',
  async run(quick) {
    ensureBuilt()
    const folder = mkdtempSync(join(tmpdir(), 'onebook-bench-'))
    const transactions = quick ? 10_000 : 100_000
    await household(folder, 1, transactions)
    const browser = await launchBrowser()
    const host = startHost(folder)
    try {
      const page = await browser.newPage({ locale: 'en-US', viewport: { width: 1280, height: 1000 } })
      await page.goto(await addressOf(host))
      await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(passphrase)
      await page.keyboard.press('Enter')
      await page.getByRole('region', { name: 'Net worth', exact: true }).waitFor()
      await page.evaluate(`location.hash = '#/account/1'`)
      await page.getByText('Payee').first().waitFor()
      const taken = await scroll(page, '.virtual-scroll')
      await page.setContent(floorPage)
      const floor = await scroll(page, '#s')
      const data = `one account of ${transactions} transactions, ${STEP} px a frame`
      const rows: [string, number, string, number][] = [
        ['median frame while scrolling', 0.5, '≤ 34 ms', 34],
        ['slowest frame of twenty while scrolling', 0.95, '≤ 50 ms', 50],
      ]
      return rows.map(([work, part, text, limit]): Measurement => ({
        work,
        data,
        milliseconds: at(taken, part),
        floor: { what: 'a page of plain rows', milliseconds: at(floor, part) },
        limit: { text, met: at(taken, part) <= limit },
      }))
    } finally {
      await browser.close()
      await ended(host)
      rmSync(folder, { recursive: true, force: true })
    }
  },
}
