import { useCallback, useState } from 'react'
import { useLocation, useSearch } from 'wouter'

/** The positive whole number that an address gives under a name, or null. */
export function idInAddress(question: string, name: string): number | null {
  const id = Number(new URLSearchParams(question).get(name) ?? '')
  return Number.isSafeInteger(id) && id > 0 ? id : null
}

/** What an address opens, and how it is opened and closed by hand. */
function useOpened<T>(asked: T | null): readonly [T | null, (next: T | null) => void] {
  const [location, navigate] = useLocation()
  const [state, setState] = useState({ asked, opened: asked })
  if (state.asked !== asked) setState({ asked, opened: asked })
  const open = useCallback(
    (next: T | null) => {
      setState((now) => ({ ...now, opened: next }))
      if (asked !== null) navigate(location, { replace: true })
    },
    [asked, location, navigate],
  )
  return [state.opened, open]
}

/**
 * The row whose drawer is open. An address such as `/account/3?open=12` opens it too; closing cleans the address, so
 * that the same link works again.
 */
export function useOpenedRow(name = 'open'): readonly [number | null, (id: number | null) => void] {
  return useOpened(idInAddress(useSearch(), name))
}

/** The same for what has a key in place of a number: `/account/bills?series=…`. */
export function useOpenedKey(name: string): readonly [string | null, (key: string | null) => void] {
  return useOpened(new URLSearchParams(useSearch()).get(name))
}
