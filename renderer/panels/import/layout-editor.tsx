import { NativeSelect, NumberInput, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isCurrencyCode } from '../../../shared/domain/currency.ts'
import { columnRoles, type DelimitedLayout } from '../../../shared/model/delimited-layout.ts'
import type { FilePreview } from '../../../shared/model/importing.ts'
import { usePreferences } from '../../app/preferences.tsx'
import { CurrencyField } from '../../components/fields.tsx'
import { numbered } from '../../components/numbered.ts'
import { Badge } from '../../components/small.tsx'
import { roleOf, withRole } from './layout.ts'

const dateOrders = { ymd: '2026-04-13', dmy: '13.04.2026', mdy: '04/13/2026' } as const

/** How a table is read, column by column; every change is tried on the file at once. */
export function LayoutEditor({
  layout: proposal,
  opened,
  onChange,
}: {
  layout: NonNullable<FilePreview['layout']>
  opened: boolean
  onChange: (layout: DelimitedLayout) => void
}) {
  const { t } = useTranslation()
  const { baseCurrency } = usePreferences()
  // a correction makes the proposal certain: that must not close it under the hand that corrects
  const [openedAtFirst] = useState(opened)
  const { layout, columns, sample, remembered, confidence } = proposal
  const width = Math.max(columns.length, ...sample.map((row) => row.length))
  const indexes = Array.from({ length: width }, (_, index) => index)
  const sure = confidence >= 0.9
  const whole = (value: string | number): number | null => {
    const number = Number(value)
    return Number.isInteger(number) && number > 0 ? number : null
  }
  return (
    <details className="fold" open={openedAtFirst}>
      <summary>
        {t('import.layout')}{' '}
        <Badge tone={remembered || sure ? 'neutral' : 'attention'}>
          {t(remembered ? 'import.layoutRemembered' : sure ? 'import.layoutSure' : 'import.layoutUnsure')}
        </Badge>
      </summary>
      <div className="layout-options">
        <label className="stack-tight">
          <span className="small muted">{t('import.dateOrder')}</span>
          <NativeSelect
            size="xs"
            value={layout.dateOrder}
            data={Object.entries(dateOrders).map(([value, label]) => ({ value, label }))}
            onChange={(event) => {
              const value = event.currentTarget.value
              if (value === 'ymd' || value === 'dmy' || value === 'mdy') onChange({ ...layout, dateOrder: value })
            }}
          />
        </label>
        <div className="stack-tight">
          <span className="small muted">{t('import.decimalMark')}</span>
          <SegmentedControl
            size="xs"
            aria-label={t('import.decimalMark')}
            value={layout.decimalMark}
            data={[
              { value: '.', label: '1,234.50' },
              { value: ',', label: '1.234,50' },
            ]}
            onChange={(value) => onChange({ ...layout, decimalMark: value === ',' ? ',' : '.' })}
          />
        </div>
        <div className="stack-tight">
          <span className="small muted">{t('import.sign')}</span>
          <SegmentedControl
            size="xs"
            aria-label={t('import.sign')}
            value={layout.sign}
            data={[
              { value: 'as-written', label: t('import.signs.as-written') },
              { value: 'inverted', label: t('import.signs.inverted') },
            ]}
            onChange={(value) => onChange({ ...layout, sign: value === 'inverted' ? 'inverted' : 'as-written' })}
          />
        </div>
        {baseCurrency === null ? null : (
          <div className="layout-currency">
            <CurrencyField
              size="xs"
              label={t('import.fileCurrency')}
              value={layout.currency !== null && isCurrencyCode(layout.currency) ? layout.currency : baseCurrency}
              onChange={(currency) => onChange({ ...layout, currency })}
            />
          </div>
        )}
        <NumberInput
          size="xs"
          w={120}
          label={t('import.headerRow')}
          min={1}
          allowDecimal={false}
          value={layout.headerRow ?? ''}
          onBlur={(event) => {
            const headerRow = whole(event.currentTarget.value)
            if (headerRow !== layout.headerRow) onChange({ ...layout, headerRow })
          }}
        />
        <NumberInput
          size="xs"
          w={120}
          label={t('import.firstRow')}
          min={1}
          allowDecimal={false}
          value={layout.firstRow}
          onBlur={(event) => {
            const firstRow = whole(event.currentTarget.value)
            if (firstRow !== null && firstRow !== layout.firstRow) onChange({ ...layout, firstRow })
          }}
        />
      </div>
      <div className="table-scroll">
        <table className="table layout-table" data-dense="true">
          <thead>
            <tr>
              {indexes.map((index) => (
                <th key={index} scope="col">
                  <div className="layout-head">
                    <span className="clip">{columns[index] ?? `${index + 1}`}</span>
                    <NativeSelect
                      size="xs"
                      aria-label={t('import.columnRole', { column: columns[index] ?? `${index + 1}` })}
                      value={roleOf(layout, index) ?? ''}
                      data={[
                        { value: '', label: t('import.unused') },
                        ...columnRoles.map((role) => ({ value: role, label: t(`import.roles.${role}`) })),
                      ]}
                      onChange={(event) => {
                        const role = columnRoles.find((one) => one === event.currentTarget.value) ?? null
                        onChange(withRole(layout, index, role))
                      }}
                    />
                  </div>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {numbered(sample.slice(0, 5)).map(({ key, item: row }) => (
              <tr key={key}>
                {indexes.map((index) => (
                  <td key={index} className="layout-cell" title={row[index]}>
                    {row[index] ?? ''}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
