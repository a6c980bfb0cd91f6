/**
 * Columns of whole numbers in one buffer, each as narrow as its values allow (their distance from the smallest in 1, 2 or
 * 4 bytes, else as doubles), to be read in place without parsing. Little-endian, as every machine that runs this is.
 */

export type Packed = Uint8Array | Uint16Array | Uint32Array | Float64Array

export interface Column {
  /** The value at a place is `values[place] + base`. */
  readonly values: Packed
  readonly base: number
}

const DIRECTORY_ENTRY = 24
const makers = [Uint8Array, Uint16Array, Uint32Array, Float64Array] as const

function narrow(numbers: readonly number[]): { kind: number; base: number } {
  let least = Infinity
  let most = -Infinity
  for (const value of numbers) {
    if (value < least) least = value
    if (value > most) most = value
  }
  if (numbers.length === 0) return { kind: 0, base: 0 }
  const span = most - least
  if (span > 0xffff_ffff) return { kind: 3, base: 0 }
  return { kind: span <= 0xff ? 0 : span <= 0xffff ? 1 : 2, base: least }
}

const aligned = (offset: number): number => Math.ceil(offset / 8) * 8

/** Writes columns of numbers, and of bytes as they are, one after another. */
export function packColumns(columns: readonly (readonly number[] | Uint8Array)[]): Buffer<ArrayBuffer> {
  const plans = columns.map((values) => (values instanceof Uint8Array ? { kind: 0, base: 0 } : narrow(values)))
  let end = aligned(8 + columns.length * DIRECTORY_ENTRY)
  const offsets = columns.map((values, index) => {
    const offset = end
    end = aligned(end + values.length * (makers[plans[index]?.kind ?? 3]?.BYTES_PER_ELEMENT ?? 8))
    return offset
  })
  const whole = new ArrayBuffer(end)
  const view = new DataView(whole)
  view.setUint32(0, columns.length, true)
  for (const [index, values] of columns.entries()) {
    const { kind, base } = plans[index] ?? { kind: 3, base: 0 }
    const offset = offsets[index] ?? 0
    const entry = 8 + index * DIRECTORY_ENTRY
    view.setUint32(entry, kind, true)
    view.setUint32(entry + 4, values.length, true)
    view.setFloat64(entry + 8, base, true)
    view.setUint32(entry + 16, offset, true)
    const target = new (makers[kind] ?? Float64Array)(whole, offset, values.length)
    if (values instanceof Uint8Array) target.set(values)
    else for (let place = 0; place < values.length; place += 1) target[place] = (values[place] ?? 0) - base
  }
  return Buffer.from(whole)
}

/** The columns of a buffer. Throws RangeError where it does not hold that many. */
export function unpackColumns(packed: Uint8Array, count: number): Column[] {
  // the views need their places in the memory to be even
  const bytes = packed.byteOffset % 8 === 0 ? packed : Uint8Array.from(packed)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.byteLength < 8 || view.getUint32(0, true) !== count) throw new RangeError('not so many columns')
  return Array.from({ length: count }, (_, index) => {
    const entry = 8 + index * DIRECTORY_ENTRY
    const make = makers[view.getUint32(entry, true)]
    const length = view.getUint32(entry + 4, true)
    const offset = view.getUint32(entry + 16, true)
    if (make === undefined || offset + length * make.BYTES_PER_ELEMENT > bytes.byteLength) {
      throw new RangeError('a column lies outside')
    }
    return {
      values: new make(bytes.buffer as ArrayBuffer, bytes.byteOffset + offset, length),
      base: view.getFloat64(entry + 8, true),
    }
  })
}
