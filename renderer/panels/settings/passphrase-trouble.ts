import { useTranslation } from 'react-i18next'
import { type Failure, failureOf } from '../../app/failure.ts'

/** What to say at a passphrase field after a try: null where the trouble is another one. */
export function usePassphraseTrouble(error: unknown): { atField: string | undefined; other: Failure | null } {
  const { t } = useTranslation()
  if (error === null || error === undefined) return { atField: undefined, other: null }
  const failure = failureOf(error)
  if (failure.code !== 'wrong-passphrase') return { atField: undefined, other: failure }
  const wait = Number(failure.values['waitMilliseconds'] ?? 0)
  return {
    atField: wait > 0 ? t('settings.waitToTry', { count: Math.ceil(wait / 1000) }) : t('settings.wrongPassphrase'),
    other: null,
  }
}
