import { type MessagePort, parentPort } from 'node:worker_threads'
import { writePageText } from '../document/page-text.ts'
import { extractText, PdfError, type PdfLimits, type PdfRefusal } from './extract-text.ts'

/** What the thread is asked: one PDF after another. */
export interface PdfTask {
  readonly bytes: Uint8Array
  readonly password: string | undefined
  readonly limits: PdfLimits
}

/** Its answer to each. */
export type PdfAnswer =
  | { readonly type: 'text'; readonly bytes: Uint8Array }
  | { readonly type: 'refused'; readonly refusal: PdfRefusal }

async function answerTo({ bytes, password, limits }: PdfTask): Promise<PdfAnswer> {
  try {
    const document = await extractText(bytes, password, limits)
    return { type: 'text', bytes: new TextEncoder().encode(writePageText(document)) }
  } catch (error) {
    if (error instanceof PdfError) return { type: 'refused', refusal: error.refusal }
    throw error
  }
}

function serve(port: MessagePort): void {
  // a PDF has nothing to fetch
  Object.assign(globalThis, { fetch: undefined, XMLHttpRequest: undefined, WebSocket: undefined })
  port.on('message', (task: PdfTask) => {
    // what is no refusal ends the thread, which tells its owner
    void answerTo(task).then((answer) => port.postMessage(answer, []))
  })
}

if (parentPort !== null) serve(parentPort)
