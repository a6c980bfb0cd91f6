import { type ErrorCode, errorCodes } from '../../shared/ipc/errors.ts'

export interface Failure {
  readonly code: ErrorCode
  readonly values: Readonly<Record<string, string | number>>
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function isErrorCode(value: unknown): value is ErrorCode {
  return errorCodes.some((code) => code === value)
}

/** What went wrong, from anything thrown: by its code where it has one of ours, else `internal`. */
export function failureOf(thrown: unknown): Failure {
  if (!isRecord(thrown) || !isErrorCode(thrown['code'])) return { code: 'internal', values: {} }
  const values: Record<string, string | number> = {}
  if (isRecord(thrown['values'])) {
    for (const [key, value] of Object.entries(thrown['values'])) {
      if (typeof value === 'string' || typeof value === 'number') values[key] = value
    }
  }
  return { code: thrown['code'], values }
}
