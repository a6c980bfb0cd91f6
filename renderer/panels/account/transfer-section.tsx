import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Transaction } from '../../../shared/model/transaction.ts'
import { useLanguage } from '../../app/preferences.tsx'
import { useCall, useChange } from '../../app/queries.ts'
import { Money } from '../../components/money.tsx'
import { Loaded } from '../../components/states.tsx'
import { formatDate } from '../../format/date-format.ts'
import { useAccountName } from './transaction-row.tsx'

/** The other half of a transfer: shown, found or let go. */
export function TransferSection({ transaction, onOpen }: { transaction: Transaction; onOpen: (id: number) => void }) {
  const { t } = useTranslation()
  const accountName = useAccountName()
  const [searching, setSearching] = useState(false)
  const unlink = useChange('transfer.unlink', { done: t('account.unlinked'), undoable: true })
  const other = transaction.transfer
  if (other !== null) {
    return (
      <div className="spread">
        <span>{t('account.linkedTo', { account: accountName(other.accountId) })}</span>
        <span className="inline">
          <Button size="xs" variant="default" onClick={() => onOpen(other.transactionId)}>
            {t('account.openOther')}
          </Button>
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            onClick={() => unlink.mutate({ transactionId: transaction.id })}
          >
            {t('account.unlinkTransfer')}
          </Button>
        </span>
      </div>
    )
  }
  return searching ? (
    <Candidates transaction={transaction} onDone={() => setSearching(false)} />
  ) : (
    <div>
      <Button size="xs" variant="default" onClick={() => setSearching(true)}>
        {t('account.linkTransfer')}
      </Button>
    </div>
  )
}

function Candidates({ transaction, onDone }: { transaction: Transaction; onDone: () => void }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const accountName = useAccountName()
  const query = useCall('transfer.candidates', { transactionId: transaction.id })
  const link = useChange('transfer.link', { done: t('account.linked'), undoable: true, onDone })
  return (
    <Loaded query={query}>
      {(candidates) =>
        candidates.length === 0 ? (
          <p className="muted small">{t('account.noCandidates')}</p>
        ) : (
          <ul className="plain-list">
            {candidates.map((candidate) => (
              <li key={candidate.id} className="spread">
                <span className="clip">
                  {formatDate(candidate.bookedOn, language, 'short')} · {accountName(candidate.accountId)} ·{' '}
                  {candidate.payee}
                </span>
                <span className="inline">
                  <Money value={candidate.amount} sign="always" />
                  <Button
                    size="compact-xs"
                    variant="light"
                    onClick={() =>
                      link.mutate(
                        transaction.amount.minor < 0
                          ? { fromId: transaction.id, toId: candidate.id }
                          : { fromId: candidate.id, toId: transaction.id },
                      )
                    }
                  >
                    {t('account.linkThis')}
                  </Button>
                </span>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}
