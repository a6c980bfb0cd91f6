import { useCallback, useState } from 'react'
import { useLocation, useSearch } from 'wouter'

/** The positive whole number that an address gives under a name, or null. */
export function idInAddress(question: string, name: string): number | null {
  const id = Number(new URLSearchParams(question).get(name) ?? '')
  return Number.isSafeInteger(id) && id > 0 ? id : null
}

/**
 * The row whose drawer is open. An address such as `/account/3?open=12` opens it too; closing cleans the address, so
 * that the same link works again.
 */
export function useOpenedRow(name = 'open'): readonly [number | null, (id: number | null) => void] {
  const asked = idInAddress(useSearch(), name)
  const [location, navigate] = useLocation()
  const [state, setState] = useState({ asked, opened: asked })
  if (state.asked !== asked) setState({ asked, opened: asked })
  const open = useCallback(
    (id: number | null) => {
      setState((now) => ({ ...now, opened: id }))
      if (asked !== null) navigate(location, { replace: true })
    },
    [asked, location, navigate],
  )
  return [state.opened, open]
}
