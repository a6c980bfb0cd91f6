import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppInfo } from '../../../shared/ipc/channels/host-channels.ts'
import { useCall } from '../../app/queries.ts'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { Facts, Section } from '../../components/page.tsx'
import { type Licence, licences } from './licences.ts'

export function AboutSection({ info }: { info: AppInfo }) {
  const { t } = useTranslation()
  const status = useCall('vault.status', {}).data
  const demo = info.demo || status?.demo === true
  const columns = useMemo<readonly Column<Licence>[]>(
    () => [
      { key: 'name', title: t('settings.licenceName'), cell: ({ name }) => name },
      { key: 'licence', title: t('settings.licence'), cell: ({ licence }) => licence },
    ],
    [t],
  )
  return (
    <>
      <Section title={t('common.appName')} hint={t('settings.aboutText')}>
        <Facts
          rows={[
            { name: t('settings.version'), value: <span className="numeric">{info.version}</span> },
            { name: t('settings.host'), value: t(`settings.hosts.${info.host}`) },
            {
              name: t('settings.dataWhere'),
              value: demo ? t('settings.dataDemoText') : t('settings.dataWhereText', { name: status?.name ?? '' }),
            },
            { name: t('settings.encryption'), value: t('settings.encryptionText') },
          ]}
        />
      </Section>
      <Section title={t('settings.licences')} hint={t('settings.licencesText')} flush>
        <DataTable label={t('settings.licences')} columns={columns} rows={licences} rowKey={({ name }) => name} dense />
      </Section>
    </>
  )
}
