/** A number in [0, 1) of a repeatable sequence. */
export type Random = () => number

/** The same numbers for the same seed (mulberry32). */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** No mutated file is larger: what matters shows in small ones, and time is measured by size. */
const LARGEST = 192 * 1024

const below = (random: Random, limit: number): number => Math.floor(random() * limit)
const pick = <T>(random: Random, list: readonly T[]): T => list[below(random, list.length)] as T

/** What parsers of money, dates, XML, JSON, tables and archives are known to stumble over. */
const HOSTILE: readonly string[] = [
  '',
  '-',
  '--1',
  '0x10',
  '1e999',
  '-1e-400',
  'NaN',
  'Infinity',
  '9'.repeat(400),
  '0.'.padEnd(400, '0') + '1',
  '1,2,3,4.5.6',
  '٣٫٥',
  '99/99/9999',
  '0000-00-00',
  '2026-02-30',
  '__proto__',
  'constructor',
  '"__proto__":{"polluted":true},',
  '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>&b;',
  '&#x0;&#xFFFFFFF;&unknown;',
  '<![CDATA[',
  ']]>',
  '<!--',
  "=cmd|' /C calc'!A0",
  '../../../../etc/passwd',
  '\u0000',
  '\uFEFF',
  '\u202E',
  '\uD800',
  '"',
  '""""""',
  "'",
  '\\',
  '\t\t\t\t',
  '\r\r\n\n',
  ';'.repeat(2000),
  '['.repeat(5000),
  '{"a":'.repeat(3000),
  '<a>'.repeat(3000),
  '('.repeat(5000),
  'a'.repeat(20_000),
  ' '.repeat(20_000),
  '1'.repeat(20_000),
  'ab '.repeat(5000),
]

type Operator = (bytes: Uint8Array, random: Random, others: readonly Uint8Array[]) => Uint8Array

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}

function region(bytes: Uint8Array, random: Random, most: number): [from: number, to: number] {
  const from = below(random, bytes.length + 1)
  return [from, Math.min(bytes.length, from + below(random, most) + 1)]
}

/** Where lines begin: structure that every text format has. */
function lineStarts(bytes: Uint8Array): number[] {
  const starts = [0]
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) starts.push(at + 1)
  return starts
}

function lineAt(bytes: Uint8Array, random: Random): [from: number, to: number] {
  const starts = lineStarts(bytes)
  const index = below(random, starts.length)
  return [starts[index] ?? 0, starts[index + 1] ?? bytes.length]
}

/** A run of letters or digits: a value, a tag, a key. */
function tokenAt(bytes: Uint8Array, random: Random): [from: number, to: number] {
  const isWord = (byte: number | undefined): boolean =>
    byte !== undefined &&
    ((byte >= 48 && byte <= 57) ||
      (byte >= 65 && byte <= 90) ||
      (byte >= 97 && byte <= 122) ||
      byte >= 128 ||
      byte === 46)
  let from = below(random, bytes.length + 1)
  while (from > 0 && isWord(bytes[from - 1])) from -= 1
  let to = from
  while (to < bytes.length && isWord(bytes[to])) to += 1
  return [from, to]
}

const replaced = (bytes: Uint8Array, [from, to]: readonly [number, number], by: Uint8Array): Uint8Array =>
  joined(bytes.subarray(0, from), by, bytes.subarray(to))

const nothing = new Uint8Array(0)

const operators: readonly Operator[] = [
  (bytes, random) => {
    const copy = Uint8Array.from(bytes)
    for (let count = below(random, 8) + 1; count > 0; count -= 1) copy[below(random, copy.length)] = below(random, 256)
    return copy
  },
  (bytes, random) => replaced(bytes, region(bytes, random, 400), nothing),
  (bytes, random) => {
    const [from, to] = region(bytes, random, 400)
    const at = below(random, bytes.length + 1)
    return replaced(bytes, [at, at], bytes.subarray(from, to))
  },
  (bytes, random) => bytes.subarray(0, below(random, bytes.length + 1)),
  (bytes, random) => replaced(bytes, lineAt(bytes, random), nothing),
  (bytes, random) => {
    const [from, to] = lineAt(bytes, random)
    const [at] = lineAt(bytes, random)
    return replaced(bytes, [at, at], bytes.subarray(from, to))
  },
  (bytes, random) => replaced(bytes, tokenAt(bytes, random), Buffer.from(pick(random, HOSTILE))),
  (bytes, random) => {
    const at = below(random, bytes.length + 1)
    return replaced(bytes, [at, at], Buffer.from(pick(random, HOSTILE)))
  },
  (bytes, random) => {
    const [from, to] = tokenAt(bytes, random)
    return replaced(bytes, tokenAt(bytes, random), bytes.slice(from, to))
  },
  (bytes, random, others) => {
    const other = pick(random, others)
    return joined(bytes.subarray(0, below(random, bytes.length + 1)), other.subarray(below(random, other.length + 1)))
  },
  (bytes, random) => {
    const [from, to] = lineAt(bytes, random)
    const line = bytes.subarray(from, to)
    return replaced(bytes, [from, to], joined(...Array.from({ length: below(random, 300) + 2 }, () => line)))
  },
]

/** One to four changes of a valid file, most of them along its lines and values, cut to a bounded size. */
export function mutate(sample: Uint8Array, random: Random, others: readonly Uint8Array[]): Uint8Array {
  let bytes = sample
  for (let count = below(random, 4) + 1; count > 0; count -= 1) {
    if (bytes.length === 0) break
    bytes = pick(random, operators)(bytes, random, others).subarray(0, LARGEST)
  }
  return bytes
}
