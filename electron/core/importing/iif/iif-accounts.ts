import { signOfDecimal } from '../../../../shared/domain/decimal.ts'
import type { Decimal } from '../../../../shared/domain/decimal.ts'
import type { BookAccount } from '../double-entry/book.ts'
import { assetKindByName, debtKindByName } from '../double-entry/book-words.ts'
import { Chart } from '../double-entry/chart.ts'
import { type IifTraits, traitsOfType, typeOfName, typesOfTransaction } from './iif-conventions.ts'

interface Known {
  readonly type: string
  readonly isHidden: boolean
}

const FALLBACK: IifTraits = { role: 'expense' }

/** The accounts of an IIF file: as its list of accounts says, else as its transactions use them. */
export class IifAccounts {
  readonly #listed = new Map<string, Known>()
  /** Types by use: on a first line, on another line, and by the direction of money where the use says nothing. */
  readonly #asFirst = new Map<string, string>()
  readonly #asOther = new Map<string, string>()
  readonly #guessed = new Map<string, string>()
  readonly #names = new Set<string>()

  /** An entry of the list of accounts. */
  list(name: string, type: string, isHidden: boolean): void {
    if (name === '') return
    this.#listed.set(name, { type, isHidden })
    this.#names.add(name)
  }

  /** A line of a transaction. */
  use(name: string, transactionType: string, isFirst: boolean, amount: Decimal | null): void {
    if (name === '') return
    this.#names.add(name)
    const types = typesOfTransaction(transactionType)
    if (types !== undefined) {
      const uses = isFirst ? this.#asFirst : this.#asOther
      if (!uses.has(name)) uses.set(name, isFirst ? types[0] : types[1])
    } else if (!this.#guessed.has(name)) {
      this.#guessed.set(name, guessedType(name, isFirst, amount))
    }
  }

  /** A type that a list names and the importer does not know makes an account of its own: nothing is lost by it. */
  #traitsOf(name: string): IifTraits {
    for (let above = name; above !== ''; above = above.slice(0, Math.max(0, above.lastIndexOf(':')))) {
      const listed = this.#listed.get(above)
      if (listed !== undefined) return traitsOfType(listed.type) ?? { role: 'asset', kind: 'asset' }
    }
    const type = typeOfName(name) ?? this.#asFirst.get(name) ?? this.#asOther.get(name) ?? this.#guessed.get(name) ?? ''
    return traitsOfType(type) ?? FALLBACK
  }

  /** The chart of all accounts met, with those above them. Ids are whole names. */
  chart(): Chart {
    const accounts = new Map<string, BookAccount>()
    for (const name of this.#names) {
      for (let at = name; at !== '' && !accounts.has(at);) {
        const end = at.lastIndexOf(':')
        const traits = this.#traitsOf(at === name ? at : name)
        const isHidden = this.#listed.get(at)?.isHidden === true
        accounts.set(at, {
          id: at,
          name: at.slice(end + 1).trim(),
          parent: end < 0 ? null : at.slice(0, end),
          ...traits,
          ...(isHidden ? { isClosed: true } : {}),
        })
        at = end < 0 ? '' : at.slice(0, end)
      }
    }
    return new Chart(accounts.values(), 'telling')
  }
}

/** What an account may be where neither a list nor the kind of transaction tells: by its name, else by its side. */
function guessedType(name: string, isFirst: boolean, amount: Decimal | null): string {
  const debt = debtKindByName(name)
  if (debt !== undefined) return debt === 'credit-card' ? 'CCARD' : 'LTLIAB'
  if (isFirst || assetKindByName(name) !== undefined) return 'BANK'
  return amount !== null && signOfDecimal(amount) < 0 ? 'INC' : 'EXP'
}
