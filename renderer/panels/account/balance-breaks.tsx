import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { addDays } from '../../../shared/domain/iso-date.ts'
import { money } from '../../../shared/domain/money.ts'
import type { Account } from '../../../shared/model/account.ts'
import type { BalanceBreak, Reconciliation } from '../../../shared/model/reconciliation.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { useChange } from '../../app/queries.ts'
import { useMoneyText } from '../../components/money.tsx'
import { Section } from '../../components/page.tsx'
import { formatDate } from '../../format/date-format.ts'

/** Every place where statements and transactions part: what is missing, when, why that may be, and three ways out. */
export function BalanceBreaks({ account, view }: { account: Account; view: Reconciliation }) {
  const { t } = useTranslation()
  if (view.breaks.length === 0) return null
  return (
    <Section title={t('reconcile.breaks', { count: view.breaks.length })}>
      <ul className="stack">
        {view.breaks.map((found) => (
          <OneBreak key={found.checkpointId} account={account} found={found} view={view} />
        ))}
      </ul>
    </Section>
  )
}

function OneBreak({ account, found, view }: { account: Account; found: BalanceBreak; view: Reconciliation }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const text = useMoneyText()
  const adjust = useChange('reconcile.adjust', { done: t('reconcile.adjusted'), undoable: true })
  const accept = useChange('reconcile.accept', { done: t('reconcile.left'), undoable: true })
  const { checkpointId, after, on, missingMinor, cause } = found
  const amount = text.exact(money(Math.abs(missingMinor), view.currency))
  // the first day that may hold the fault
  const since = after === null ? on : addDays(after, 1)
  const when =
    since >= on
      ? t('reconcile.onDay', { date: formatDate(on, language) })
      : t('reconcile.between', { from: formatDate(since, language), to: formatDate(on, language) })
  const rows = `/account/all?account=${account.id}&from=${since < on ? since : on}&to=${on}`
  return (
    <li className="break-card">
      <p>
        <strong>
          {cause === 'opening'
            ? t('reconcile.openingOff', { amount })
            : t(missingMinor > 0 ? 'reconcile.missingIn' : 'reconcile.missingOut', { amount, when })}
        </strong>
      </p>
      <p className="muted">{t(`reconcile.causes.${cause}`, { when })}</p>
      <div className="inline">
        <Button component={Link} href="/import" size="xs" variant={cause === 'gap' ? 'filled' : 'default'}>
          {t(cause === 'gap' ? 'reconcile.importMissing' : 'reconcile.importAgain')}
        </Button>
        <Button
          size="xs"
          variant="default"
          loading={adjust.isPending}
          onClick={() => adjust.mutate({ checkpointId, payee: t('reconcile.adjustmentPayee') })}
        >
          {t(cause === 'opening' ? 'reconcile.moveOpening' : 'reconcile.adjust')}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          loading={accept.isPending}
          onClick={() => accept.mutate({ checkpointId, accepted: true })}
        >
          {t('reconcile.leave')}
        </Button>
        {cause === 'opening' ? null : (
          <Link href={rows} className="small">
            {t('reconcile.seeRows')}
          </Link>
        )}
      </div>
    </li>
  )
}
