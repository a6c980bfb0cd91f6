import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'
import type { Person } from '../../shared/model/person.ts'
import { useCall } from './queries.ts'

/** Whose figures are on screen. */
export interface PersonView {
  /** Whom the switch offers: nobody while there is only one person. */
  readonly choices: readonly Person[]
  /** Null: the whole household. */
  readonly person: Person | null
  readonly choose: (id: number | null) => void
}

const PersonViewContext = createContext<PersonView | null>(null)

/** Kept for as long as this window is open, so that loading it again shows the same person. */
const KEPT = 'onebook.person'

function keptId(): number | null {
  const id = Number(sessionStorage.getItem(KEPT))
  return Number.isSafeInteger(id) && id > 0 ? id : null
}

/** Those who are there, and those who are not any more but still own something. */
export function choicesOf(persons: readonly Person[]): readonly Person[] {
  const shown = persons.filter(({ archived, accountCount }) => !archived || accountCount > 0)
  return shown.length < 2 ? [] : shown
}

/** Knows whose figures are asked for; waits for the people where that is not yet known. */
export function PersonViewProvider({ children }: { children: ReactNode }) {
  const [id, setId] = useState(keptId)
  const persons = useCall('person.list', {}).data
  const choose = useCallback((next: number | null) => {
    if (next === null) sessionStorage.removeItem(KEPT)
    else sessionStorage.setItem(KEPT, String(next))
    setId(next)
  }, [])
  const value = useMemo(() => {
    const choices = choicesOf(persons ?? [])
    return { choices, person: choices.find((one) => one.id === id) ?? null, choose }
  }, [persons, id, choose])
  if (id !== null && persons === undefined) return null
  return <PersonViewContext.Provider value={value}>{children}</PersonViewContext.Provider>
}

export function usePersonView(): PersonView {
  const value = useContext(PersonViewContext)
  if (value === null) throw new Error('there are no people here')
  return value
}

/** What a channel takes as `person`: the id of the person on view, or null for the whole household. */
export function useViewedPerson(): number | null {
  return usePersonView().person?.id ?? null
}
