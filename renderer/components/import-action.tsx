import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'

/** The way on from a page that has nothing to show yet: to the statements that fill it. */
export function ImportAction() {
  const { t } = useTranslation()
  const [, navigate] = useLocation()
  return <Button onClick={() => navigate('/import')}>{t('common.importStatement')}</Button>
}
