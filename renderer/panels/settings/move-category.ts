import { useCallback } from 'react'
import type { Category } from '../../../shared/model/category.ts'
import { useClient } from '../../app/client-context.tsx'
import { failureOf } from '../../app/failure.ts'
import { useNotify } from '../../components/toast.tsx'
import { positionsAfterMove } from './category-order.ts'

/** Moves a category one place among its siblings. */
export function useMoveCategory(categories: readonly Category[]): (id: number, step: -1 | 1) => Promise<void> {
  const client = useClient()
  const notify = useNotify()
  return useCallback(
    async (id, step) => {
      try {
        for (const change of positionsAfterMove(categories, id, step)) {
          await client.call('category.update', { id: change.id, patch: { position: change.position } })
        }
      } catch (error) {
        notify.failed(failureOf(error))
      }
    },
    [categories, client, notify],
  )
}
