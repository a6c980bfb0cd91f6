import { type DocumentLine, phrasesIn } from './lines.ts'
import { cancellation, type DocumentKind, kindMarkers } from './vocabulary.ts'

export interface KindMark {
  readonly kind: DocumentKind
  readonly line: number
  readonly strong: boolean
  readonly phrase: string
}

/** Sentences explain; titles and fields are short. */
const LONGEST_TITLE = 16
const LONGEST_FOR_ONE_WORD = 8
/** "We have bought for you on 7 February 2023 …": the day makes a sentence a title. */
const LONGEST_WITH_DAY = 24

const SAID =
  /gekauft|verkauft|gezeichnet|bought|sold|købt|solgt|köpt|sålt|acheté|vendu|acquistato|venduto|comprado|vendido/

/** The marks of a kind, in order. A single word counts as a title only in a short line or at its beginning. */
export function kindMarksOf(lines: readonly DocumentLine[]): KindMark[] {
  const marks: KindMark[] = []
  for (const [at, line] of lines.entries()) {
    const dated = line.figures.some(({ type }) => type === 'date')
    if (line.squeezed === null && line.words.length > (dated ? LONGEST_WITH_DAY : LONGEST_TITLE)) continue
    for (const { meaning, phrase, before } of phrasesIn(line, kindMarkers)) {
      const single = !/\s/.test(phrase)
      const title =
        line.squeezed !== null ||
        before === 0 ||
        line.words.length <= LONGEST_FOR_ONE_WORD ||
        (dated && SAID.test(phrase))
      if (single && !title) continue
      marks.push({ kind: meaning.kind, line: at, strong: meaning.strong, phrase })
    }
  }
  return marks
}

/** What a document settles: the first strong mark, else the first weak one. */
export function kindOf(marks: readonly KindMark[]): KindMark | null {
  return marks.find(({ strong }) => strong) ?? marks[0] ?? null
}

/** Whether the document takes back an earlier one. */
export function isCancellation(lines: readonly DocumentLine[]): boolean {
  return lines.some(
    (line) =>
      line.words.length <= 9 && phrasesIn(line, cancellation).some(({ meaning, before }) => meaning && before <= 2),
  )
}
