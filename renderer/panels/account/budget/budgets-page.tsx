import { Button, Menu } from '@mantine/core'
import { IconAdjustments, IconChevronDown, IconPlus } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type BudgetView, budgetFills } from '../../../../shared/model/budget.ts'
import { useOpenedRow } from '../../../app/opened-row.ts'
import { useCall, useChange } from '../../../app/queries.ts'
import { Page, PageHeader } from '../../../components/page.tsx'
import { Households } from '../../../components/people.tsx'
import { RateNotes } from '../../../components/small.tsx'
import { Loaded } from '../../../components/states.tsx'
import { AccountTabs } from '../account-tabs.tsx'
import { BudgetDrawer, type BudgetToEdit } from './budget-drawer.tsx'
import { BudgetHeadline } from './budget-headline.tsx'
import { BudgetStart } from './budget-start.tsx'
import { BudgetTable } from './budget-table.tsx'
import { MonthSwitch } from './month-switch.tsx'
import { OutsideBudgets } from './outside-budgets.tsx'
import { PlanDrawer } from './plan-drawer.tsx'

/** What may be spent on what, month by month. */
export function BudgetsPage() {
  const { t } = useTranslation()
  const [month, setMonth] = useState<string | null>(null)
  const query = useCall('budget.get', { month }, { keepPrevious: true })
  return (
    <Page>
      <Loaded query={query}>
        {(view) => (view.plan.startsOn === null ? <NotBegun /> : <Budgets view={view} onMonth={setMonth} />)}
      </Loaded>
      {query.data === undefined ? <PageHeader title={t('budget.title')} /> : null}
    </Page>
  )
}

/** The budget that an address opens, as from the search. */
function budgetAskedFor(view: BudgetView, categoryId: number | null): BudgetToEdit | null {
  return view.lines.some((line) => line.categoryId === categoryId) ? { categoryId, move: null } : null
}

function NotBegun() {
  const { t } = useTranslation()
  return (
    <>
      <PageHeader title={t('budget.title')} />
      <AccountTabs />
      <BudgetStart />
    </>
  )
}

function Budgets({ view, onMonth }: { view: BudgetView; onMonth: (month: string) => void }) {
  const { t } = useTranslation()
  const [asked, setAsked] = useOpenedRow('category')
  const [chosen, setEditing] = useState<BudgetToEdit | null>(null)
  const editing = useMemo(() => chosen ?? budgetAskedFor(view, asked), [chosen, view, asked])
  const [planning, setPlanning] = useState(false)
  const fill = useChange('budget.fill', {
    done: ({ count }) => t('budget.filled', { count }),
    undoable: true,
  })
  return (
    <>
      <PageHeader
        title={t('budget.title')}
        subtitle={
          <>
            {t(`budget.methodSubtitle.${view.plan.method}`)}
            <Households before=" · " />
          </>
        }
        actions={
          <>
            <Menu position="bottom-end">
              <Menu.Target>
                <Button variant="subtle" color="gray" rightSection={<IconChevronDown size={14} aria-hidden="true" />}>
                  {t('budget.fill')}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {budgetFills.map((by) => (
                  <Menu.Item key={by} onClick={() => fill.mutate({ month: view.month, by })}>
                    {t(`budget.fillBy.${by}`)}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
            <Button
              variant="subtle"
              color="gray"
              leftSection={<IconAdjustments size={16} aria-hidden="true" />}
              onClick={() => setPlanning(true)}
            >
              {t('budget.plan')}
            </Button>
            <Button
              leftSection={<IconPlus size={16} aria-hidden="true" />}
              onClick={() => setEditing({ categoryId: null, move: null })}
            >
              {t('budget.add')}
            </Button>
          </>
        }
      />
      <AccountTabs />
      <MonthSwitch view={view} onMonth={onMonth} />
      <BudgetHeadline view={view} />
      <RateNotes notes={view.notes} />
      {view.totals.map((total) => (
        <BudgetTable key={total.period} view={view} total={total} onEdit={setEditing} />
      ))}
      <OutsideBudgets view={view} onEdit={setEditing} />
      <BudgetDrawer
        view={view}
        editing={editing}
        onClose={() => {
          setEditing(null)
          setAsked(null)
        }}
      />
      <PlanDrawer view={view} opened={planning} onClose={() => setPlanning(false)} />
    </>
  )
}
