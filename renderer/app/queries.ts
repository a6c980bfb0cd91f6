import {
  keepPreviousData,
  type QueryClient,
  useMutation,
  type UseMutationResult,
  useQuery,
  type UseQueryResult,
} from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { CallOf, ChannelName, OutputOf } from '../../shared/ipc/contract.ts'
import type { CoreEvent } from '../../shared/ipc/events.ts'
import { type Notify, useNotify } from '../components/toast.tsx'
import { type Client, useClient } from './client-context.tsx'
import { failureOf } from './failure.ts'

/** The answer of a read channel, kept until something in the vault changes. */
export function useCall<N extends ChannelName>(
  channel: N,
  input: CallOf<N>,
  options: { enabled?: boolean; keepPrevious?: boolean } = {},
): UseQueryResult<OutputOf<N>> {
  const client = useClient()
  return useQuery<OutputOf<N>>({
    queryKey: [channel, input],
    queryFn: ({ signal }): Promise<OutputOf<N>> => client.call(channel, input, { signal }),
    enabled: options.enabled ?? true,
    ...(options.keepPrevious === true ? { placeholderData: keepPreviousData } : {}),
  })
}

export interface ChangeOptions<N extends ChannelName> {
  /** Said when it is done; with "Undo" where `undoable`. */
  readonly done?: string | ((output: OutputOf<N>) => string)
  readonly undoable?: boolean
  /** The caller shows the failure itself. */
  readonly quiet?: boolean
  readonly onDone?: (output: OutputOf<N>) => void
}

/** Takes back the change that was just made, and only that one: if another came after it, it says so instead. */
function undoOfThis(client: Client, notify: Notify): () => void {
  const newest = () => client.call('history.get', {}).then(({ undo }) => undo?.id ?? null)
  const made = newest().catch(() => null)
  const undo = async () => {
    try {
      const id = await made
      if (id === null || id !== (await newest())) notify.failed({ code: 'conflict', values: {} })
      else await client.call('history.undo', {})
    } catch (error) {
      notify.failed(failureOf(error))
    }
  }
  return () => void undo()
}

/** A change through a write channel. Failures are told in a toast unless `quiet`. */
export function useChange<N extends ChannelName>(
  channel: N,
  options: ChangeOptions<N> = {},
): UseMutationResult<OutputOf<N>, unknown, CallOf<N>> {
  const client = useClient()
  const notify = useNotify()
  return useMutation({
    mutationFn: (input: CallOf<N>) => client.call(channel, input),
    onSuccess: (output) => {
      if (options.done !== undefined) {
        const message = typeof options.done === 'string' ? options.done : options.done(output)
        notify.done(message, options.undoable === true ? undoOfThis(client, notify) : undefined)
      }
      options.onDone?.(output)
    },
    onError: (error) => {
      if (options.quiet !== true) notify.failed(failureOf(error))
    },
  })
}

const unaffectedByChanges = new Set(['import.preview', 'import.rows', 'attachment.read', 'app.info', 'settings.get'])

/** Asks again for what an event may have changed. Only what is on screen is fetched; the rest when it is next shown. */
export function refreshAfter(event: CoreEvent, queries: QueryClient): void {
  if (event.type === 'changed' && event.nouns.every((noun) => noun === 'search')) {
    // the index has caught up: nothing else is different
    void queries.invalidateQueries({ queryKey: ['search.query'] })
  } else if (event.type === 'changed') {
    void queries.invalidateQueries({ predicate: (query) => !unaffectedByChanges.has(String(query.queryKey[0])) })
  }
  if (event.type === 'settings') void queries.invalidateQueries({ queryKey: ['settings.get'] })
  if (event.type === 'calendar-file' || event.type === 'settings') {
    void queries.invalidateQueries({ queryKey: ['calendar.file'] })
  }
  if (event.type === 'inbox' || event.type === 'settings') void queries.invalidateQueries({ queryKey: ['inbox.get'] })
  if (event.type === 'vault') {
    if (event.state === 'locked') {
      queries.removeQueries({
        predicate: (query) => !['app.info', 'settings.get', 'vault.status'].includes(String(query.queryKey[0])),
      })
    }
    void queries.invalidateQueries({ queryKey: ['vault.status'] })
  }
}

export interface JobProgress {
  readonly step: string
  readonly done: number
  readonly total: number | null
  readonly subject: string | null
}

export interface Job<N extends ChannelName> {
  readonly running: boolean
  readonly progress: JobProgress | null
  readonly failure: ReturnType<typeof failureOf> | null
  /** Runs it; null where it failed or was cancelled. */
  readonly run: (input: CallOf<N>) => Promise<OutputOf<N> | null>
  readonly cancel: () => void
  readonly reset: () => void
}

/**
 * Long work with its progress and a way to stop it. One at a time. `onFailure` is told also when its screen is gone by
 * then, as after work that locks the vault.
 */
export function useJob<N extends ChannelName>(
  channel: N,
  onFailure?: (failure: ReturnType<typeof failureOf>) => void,
): Job<N> {
  const client = useClient()
  const [running, setRunning] = useState(false)
  const [progress, setProgress] = useState<JobProgress | null>(null)
  const [failure, setFailure] = useState<ReturnType<typeof failureOf> | null>(null)
  const current = useRef<string | null>(null)

  useEffect(
    () =>
      client.subscribe((event) => {
        if (event.type === 'progress' && event.job === current.current) setProgress(event)
      }),
    [client],
  )

  const run = useCallback(
    async (input: CallOf<N>) => {
      const job = crypto.randomUUID()
      current.current = job
      setRunning(true)
      setProgress(null)
      setFailure(null)
      try {
        const output = await client.call(channel, input, { job })
        return current.current === job ? output : null
      } catch (error) {
        const failed = failureOf(error)
        if (current.current === job && failed.code !== 'cancelled') {
          setFailure(failed)
          onFailure?.(failed)
        }
        return null
      } finally {
        if (current.current === job) {
          current.current = null
          setRunning(false)
        }
      }
    },
    [client, channel, onFailure],
  )
  const cancel = useCallback(() => {
    const job = current.current
    if (job !== null) void client.call('job.cancel', { job }).catch(() => undefined)
  }, [client])
  const reset = useCallback(() => setFailure(null), [])
  return { running, progress, failure, run, cancel, reset }
}
