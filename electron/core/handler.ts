import type { CallOf, ChannelName, Contract, InputOf, OutputOf } from '../../shared/ipc/contract.ts'
import type { CoreEvent } from '../../shared/ipc/events.ts'
import type { ReadableVault, WritableVault } from './storage/open-vault.ts'
import type { CivilClock, FileSource, Log } from './ports.ts'

/** How long work tells how far it is and learns that nobody wants it any more. */
export interface Job {
  readonly signal: AbortSignal
  progress(step: string, done: number, total: number | null, subject?: string): void
  /** Lets other calls and a cancellation in, then throws CoreError('cancelled') if the job was cancelled. */
  breathe(): Promise<void>
}

/** What every handler gets beside its input. */
export interface HandlerContext {
  readonly clock: CivilClock
  readonly files: FileSource
  readonly log: Log
  /** Throws CoreError('locked') while no vault is open. */
  readable(): ReadableVault
  /** Throws CoreError('locked') while no vault is open, and an internal fault on a reader worker. */
  writable(): WritableVault
  /** Always there: for channels that are no jobs it reports to nobody. */
  readonly job: Job
  emit(event: CoreEvent): void
}

export type Handler<N extends ChannelName> = (
  input: InputOf<N>,
  context: HandlerContext,
) => CallOutput<N> | Promise<CallOutput<N>>

/** What a handler returns: the output's input side, for the dispatcher parses it again. */
type CallOutput<N extends ChannelName> = OutputOf<N>

/** Handlers for a group of channels: a missing or mistyped one does not compile. */
export type HandlersOf<Group extends Partial<Contract>> = {
  readonly [N in keyof Group & ChannelName]: Handler<N>
}

export type { CallOf, InputOf, OutputOf }
