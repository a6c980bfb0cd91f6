/** A valid statement to be changed. */
export interface Sample {
  readonly name: string
  readonly bytes: Uint8Array
}

export const textSample = (name: string, content: string): Sample => ({
  name,
  bytes: new Uint8Array(Buffer.from(content)),
})
