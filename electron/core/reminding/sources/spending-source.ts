import type { Anomaly } from '../../../../shared/model/check.ts'
import { loadAnomalies } from '../../handlers/anomaly-view.ts'
import { dueDate, type ReminderSource } from '../due-date.ts'

const ID = 'spending'

/** Payments that stand out and were not called right: a large one to somebody new, and unusual ones. */
export const spendingSource: ReminderSource<readonly Anomaly[]> = {
  id: ID,
  load: (vault, { today }) => loadAnomalies(vault, today).findings.filter(({ dismissed }) => !dismissed),
  due: (findings) =>
    findings.map(({ kind, transactionId, accountId, on, payee, amount }) =>
      dueDate(ID, {
        kind: kind === 'new-payee' ? 'large-spending' : 'unusual-spending',
        on,
        title: payee,
        subject: { type: 'transaction', id: transactionId },
        amount,
        facts: { finding: kind, accountId },
      }),
    ),
}
