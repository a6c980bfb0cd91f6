import { useTranslation } from 'react-i18next'
import type { PickedFile } from '../../app/client-context.tsx'
import { usePickFiles } from '../../app/pick-files.tsx'

/** Offers to fill the new vault with a complete JSON export, and names the one that was chosen. */
export function FromExport({
  file,
  onChange,
}: {
  file: PickedFile | null
  onChange: (file: PickedFile | null) => void
}) {
  const { t } = useTranslation()
  const pick = usePickFiles()
  const choose = async () => {
    const [chosen] = await pick({ many: false })
    if (chosen !== undefined) onChange(chosen)
  }
  if (file === null) {
    return (
      <button type="button" className="link-button small" onClick={() => void choose()}>
        {t('vault.fromExport')}
      </button>
    )
  }
  return (
    <p className="small">
      {t('vault.fromExportChosen', { name: file.name })}{' '}
      <button type="button" className="link-button small" onClick={() => onChange(null)}>
        {t('vault.fromExportNot')}
      </button>
    </p>
  )
}
