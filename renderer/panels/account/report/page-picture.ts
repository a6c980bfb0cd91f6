/** Enlargement of a picture, so that it stays sharp on paper and on fine screens. */
const SCALE = 2
const MARGIN = 32
const SCHEME = 'data-mantine-color-scheme'
/** Canvases beyond this many pixels on a side are refused by browsers. */
const LARGEST = 16_000

function allRules(): string {
  const rules: string[] = []
  for (const sheet of document.styleSheets) {
    for (const rule of sheet.cssRules) {
      // web fonts cannot be loaded inside a picture: it is drawn in the system's fonts
      if (!(rule instanceof CSSFontFaceRule)) rules.push(rule.cssText)
    }
  }
  return rules.join('\n')
}

/** A copy that shows what the element shows: canvases have become pictures. */
function copyOf(element: HTMLElement): HTMLElement {
  const copy = element.cloneNode(true) as HTMLElement
  const drawn = [...element.querySelectorAll('canvas')]
  for (const [index, canvas] of [...copy.querySelectorAll('canvas')].entries()) {
    const source = drawn[index]
    if (source === undefined) continue
    const image = document.createElement('img')
    image.src = source.toDataURL('image/png')
    image.style.cssText = `width:${source.clientWidth}px;height:${source.clientHeight}px;display:block`
    canvas.replaceWith(image)
  }
  for (const hidden of copy.querySelectorAll('.no-print')) hidden.remove()
  return copy
}

function loaded(address: string): Promise<HTMLImageElement> {
  return new Promise((done, failed) => {
    const image = new Image()
    image.addEventListener('load', () => done(image))
    image.addEventListener('error', () => failed(new Error('the page could not be drawn')))
    image.src = address
  })
}

/**
 * A part of the page as a PNG, in base64, drawn by the window itself from the same elements and styles: nothing is loaded
 * and nothing leaves the computer. In the light theme, as on paper.
 */
export async function pictureOf(element: HTMLElement): Promise<string> {
  const width = element.scrollWidth + MARGIN * 2
  const height = element.scrollHeight + MARGIN * 2
  const scale = Math.min(SCALE, LARGEST / Math.max(width, height))
  const body = document.createElement('div')
  body.className = 'report-picture'
  body.style.cssText = `width:${width}px;min-height:${height}px;padding:${MARGIN}px;box-sizing:border-box`
  const style = document.createElement('style')
  style.textContent = allRules()
  body.append(style, copyOf(element))
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  // the root of the picture is what the window's root is, in the light theme
  for (const { name, value } of document.documentElement.attributes) {
    if (name.startsWith('data-')) svg.setAttribute(name, value)
  }
  svg.setAttribute('lang', document.documentElement.lang)
  svg.setAttribute(SCHEME, 'light')
  svg.setAttribute('width', String(width))
  svg.setAttribute('height', String(height))
  svg.innerHTML = `<foreignObject width="100%" height="100%"></foreignObject>`
  svg.firstElementChild?.append(body)
  const markup = new XMLSerializer().serializeToString(svg)
  const image = await loaded(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(markup)}`)
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('the page could not be drawn')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.scale(scale, scale)
  context.drawImage(image, 0, 0)
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '')
}

/** Paper is light, whatever the window is: until the answer is called, a page that is printed takes the light theme. */
export function printLight(): () => void {
  const root = document.documentElement
  let scheme: string | null = null
  const before = (): void => {
    scheme = root.getAttribute(SCHEME)
    root.setAttribute(SCHEME, 'light')
  }
  const after = (): void => {
    if (scheme !== null) root.setAttribute(SCHEME, scheme)
  }
  window.addEventListener('beforeprint', before)
  window.addEventListener('afterprint', after)
  return () => {
    window.removeEventListener('beforeprint', before)
    window.removeEventListener('afterprint', after)
  }
}
