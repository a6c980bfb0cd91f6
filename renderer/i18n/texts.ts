import { exists, t } from 'i18next'

/** The text of a key that is only known at run time (a code from the core), or the fallback where there is none. */
export function textOr(key: string, fallback: string, values: Readonly<Record<string, string | number>> = {}): string {
  if (!exists(key)) return fallback
  const translate = t as unknown as (key: string, values: Readonly<Record<string, string | number>>) => unknown
  const text = translate(key, values)
  return typeof text === 'string' ? text : fallback
}
