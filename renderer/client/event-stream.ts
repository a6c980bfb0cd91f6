/** Splits a stream of server-sent events (WHATWG HTML, 9.2.6) into the data of each; comments and other fields go. */
export function createEventParser(onData: (data: string) => void): (chunk: string) => void {
  let rest = ''
  return (chunk) => {
    rest += chunk
    const blocks = rest.split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const data = block
        .split('\n')
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice('data:'.length).replace(/^ /, ''))
      if (data.length > 0) onData(data.join('\n'))
    }
  }
}
