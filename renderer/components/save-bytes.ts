function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.codePointAt(index) ?? 0
  return bytes
}

/** Hands bytes to the browser's own download: the user says where they go. Never shown in this window, whatever they are. */
export function saveBytes(name: string, mediaType: string, base64Parts: readonly string[]): void {
  const address = URL.createObjectURL(new Blob(base64Parts.map(bytesOf), { type: mediaType }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
