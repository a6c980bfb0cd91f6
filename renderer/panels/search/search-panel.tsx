import { useTranslation } from 'react-i18next'
import { Page, PageHeader } from '../../components/page.tsx'
import { SearchBox } from './search-box.tsx'

export function SearchPanel() {
  const { t } = useTranslation()
  return (
    <Page>
      <PageHeader title={t('search.title')} />
      <div className="section">
        <SearchBox />
      </div>
    </Page>
  )
}
