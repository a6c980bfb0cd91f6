import { useTranslation } from 'react-i18next'
import type { english } from '../i18n/resources.ts'
import { Term } from './small.tsx'

/** A figure that `definition.json` defines; `docs/definitions.md` is made of the same texts. */
export type DefinedFigure = keyof (typeof english)['definition']

/** The name of a figure, with what counts towards it on hover and on focus. */
export function Defined({ figure }: { figure: DefinedFigure }) {
  const { t } = useTranslation()
  return <Term meaning={t(`definition.${figure}.text`)}>{t(`definition.${figure}.name`)}</Term>
}
