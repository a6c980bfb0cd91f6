import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Holding, securityClasses } from '../../../shared/model/wealth.ts'
import { usePreferences } from '../../app/preferences.tsx'
import { useChange } from '../../app/queries.ts'
import { Defined } from '../../components/defined.tsx'
import { Change, Money, MoneyWithBase } from '../../components/money.tsx'
import { Facts } from '../../components/page.tsx'
import { SideDrawer } from '../../components/side-drawer.tsx'
import { formatDate } from '../../format/date-format.ts'
import { masked, unknown } from '../../format/money-format.ts'
import { formatPercent, formatQuantity } from '../../format/number-format.ts'

/** All that is known of one holding; its name and class can be put right. */
export function HoldingDrawer({ holding, onClose }: { holding: Holding | null; onClose: () => void }) {
  return (
    <SideDrawer opened={holding !== null} title={holding?.security.name ?? ''} onClose={onClose}>
      {holding === null ? null : <Content key={holding.security.id} holding={holding} onClose={onClose} />}
    </SideDrawer>
  )
}

function Content({ holding, onClose }: { holding: Holding; onClose: () => void }) {
  const { t } = useTranslation()
  const { language, mask } = usePreferences()
  const { security } = holding
  return (
    <div className="stack">
      <Facts
        rows={[
          { name: t('wealth.account'), value: holding.accountName },
          { name: t('wealth.isin'), value: security.isin ?? unknown },
          { name: t('wealth.symbol'), value: security.symbol ?? unknown },
          {
            name: t('wealth.quantity'),
            value: <span className="numeric">{mask ? masked : formatQuantity(holding.quantity)}</span>,
          },
          {
            name: t('wealth.price'),
            value:
              holding.price === null ? (
                t('wealth.noValue')
              ) : (
                <span className="two-lines">
                  <span className="numeric">{formatQuantity(holding.price)}</span>
                  {holding.pricedOn === null ? null : (
                    <span className="faint small">
                      {t('wealth.pricedOn', { date: formatDate(holding.pricedOn, language) })}
                    </span>
                  )}
                </span>
              ),
          },
          {
            name: t('wealth.value'),
            value: holding.value === null ? unknown : <MoneyWithBase value={holding.value} base={holding.baseValue} />,
          },
          { name: t('wealth.share'), value: formatPercent(holding.share, language) },
        ]}
      />
      <dl className="facts">
        <div className="facts-row">
          <dt>
            <Defined figure="costBasis" />
          </dt>
          <dd>
            <span className="two-lines">
              <Money value={holding.cost} />
              {holding.costFrom === null ? null : (
                <span className="faint small">
                  {t(holding.costFrom === 'trades' ? 'wealth.costFromTrades' : 'wealth.costFromStatement')}
                </span>
              )}
            </span>
          </dd>
        </div>
        <div className="facts-row">
          <dt>
            <Defined figure="unrealisedGain" />
          </dt>
          <dd>
            <Change value={holding.gain} />
          </dd>
        </div>
      </dl>
      <SecurityForm holding={holding} onSaved={onClose} />
    </div>
  )
}

function SecurityForm({ holding, onSaved }: { holding: Holding; onSaved: () => void }) {
  const { t } = useTranslation()
  const { security } = holding
  const [name, setName] = useState(security.name)
  const [assetClass, setAssetClass] = useState(security.class)
  const save = useChange('security.update', { done: t('wealth.saved'), undoable: true, onDone: onSaved })
  return (
    <form
      className="stack-tight"
      aria-label={t('wealth.edit')}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ id: security.id, name: name.trim(), class: assetClass })
      }}
    >
      <h3>{t('wealth.edit')}</h3>
      <TextInput
        label={t('wealth.name')}
        required
        withAsterisk={false}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label={t('wealth.assetClass')}
        description={t('wealth.classHint')}
        allowDeselect={false}
        data={securityClasses.map((key) => ({ value: key, label: t(`wealth.class.${key}`) }))}
        value={assetClass}
        onChange={(next) => {
          const found = securityClasses.find((key) => key === next)
          if (found !== undefined) setAssetClass(found)
        }}
      />
      <div className="inline-end">
        <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  )
}
