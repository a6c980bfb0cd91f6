import { Button } from '@mantine/core'
import { IconCar, IconHome, IconId, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { money } from '../../../shared/domain/money.ts'
import type { Life } from '../../../shared/model/life.ts'
import { useOpenedRow } from '../../app/opened-row.ts'
import { useViewedPerson } from '../../app/person-view.tsx'
import { useCall } from '../../app/queries.ts'
import { Money } from '../../components/money.tsx'
import { Whose } from '../../components/people.tsx'
import { Defined } from '../../components/defined.tsx'
import { Headline, Page, PageHeader, Section } from '../../components/page.tsx'
import { EmptyState, Loaded } from '../../components/states.tsx'
import { DocumentDrawer, type DocumentTarget } from './document-drawer.tsx'
import { DocumentsTable } from './documents-table.tsx'
import { DueList } from './due-list.tsx'
import { HomeDrawer, type HomeTarget } from './home-drawer.tsx'
import { ThingCards } from './thing-cards.tsx'
import { VehicleDrawer, type VehicleTarget } from './vehicle-drawer.tsx'

/** Homes, vehicles and documents: what they are worth and when something is due. */
export function LifePanel() {
  const { t } = useTranslation()
  const query = useCall('life.get', { person: useViewedPerson() }, { keepPrevious: true })
  return (
    <Page>
      <PageHeader title={t('life.title')} subtitle={<Whose />} />
      <Loaded query={query}>{(life) => <LifeContent life={life} />}</Loaded>
    </Page>
  )
}

function LifeContent({ life }: { life: Life }) {
  const { t } = useTranslation()
  const [home, setHome] = useState<HomeTarget>(null)
  const [vehicle, setVehicle] = useState<VehicleTarget>(null)
  const [asked, setAsked] = useOpenedRow('document')
  const [chosen, setDocument] = useState<DocumentTarget>(null)
  const document = chosen ?? life.documents.find((one) => one.id === asked) ?? null
  const empty = life.homes.length + life.vehicles.length + life.documents.length === 0
  const add = (
    <>
      <Button variant="default" leftSection={<IconHome size={16} aria-hidden="true" />} onClick={() => setHome('new')}>
        {t('life.addHome')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconCar size={16} aria-hidden="true" />}
        onClick={() => setVehicle('new')}
      >
        {t('life.addVehicle')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconId size={16} aria-hidden="true" />}
        onClick={() => setDocument('new')}
      >
        {t('life.addDocument')}
      </Button>
    </>
  )
  return (
    <>
      {empty ? (
        <EmptyState
          icon={<IconHome size={32} stroke={1.4} />}
          title={t('life.emptyTitle')}
          action={<div className="inline">{add}</div>}
        >
          {t('life.emptyText')}
        </EmptyState>
      ) : (
        <div className="stack">
          <Headline
            label={<Defined figure="things" />}
            figure={<Money value={money(life.totalMinor, life.currency)} />}
          />
          <div className="inline">{add}</div>
          <div className="columns-2">
            <Section title={t('life.dates')}>
              <DueList life={life} />
            </Section>
            <Section
              title={t('life.documents')}
              flush={life.documents.length > 0}
              actions={
                <Button
                  variant="subtle"
                  size="compact-sm"
                  leftSection={<IconPlus size={14} aria-hidden="true" />}
                  onClick={() => setDocument('new')}
                >
                  {t('common.add')}
                </Button>
              }
            >
              {life.documents.length === 0 ? (
                <p className="muted">{t('life.noDocuments')}</p>
              ) : (
                <DocumentsTable documents={life.documents} onOpen={setDocument} />
              )}
            </Section>
          </div>
          {life.homes.length === 0 ? null : (
            <Section title={t('life.homes')}>
              <ThingCards things={life.homes} beneath={(thing) => thing.facts.address} onOpen={setHome} />
            </Section>
          )}
          {life.vehicles.length === 0 ? null : (
            <Section title={t('life.vehicles')}>
              <ThingCards things={life.vehicles} beneath={(thing) => thing.facts.plate} onOpen={setVehicle} />
            </Section>
          )}
        </div>
      )}
      <HomeDrawer target={home} currency={life.currency} onClose={() => setHome(null)} />
      <VehicleDrawer target={vehicle} currency={life.currency} onClose={() => setVehicle(null)} />
      <DocumentDrawer
        target={document}
        onClose={() => {
          setDocument(null)
          setAsked(null)
        }}
      />
    </>
  )
}
