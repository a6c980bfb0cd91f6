/** pdf.js describes its library, but not the worker that comes with it: all that is needed is to have it loaded. */
declare module 'pdfjs-dist/legacy/build/pdf.worker.mjs' {
  export const WorkerMessageHandler: unknown
}
