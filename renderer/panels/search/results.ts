import type { OutputOf } from '../../../shared/ipc/contract.ts'

export type Found = OutputOf<'search.query'>

export interface Hit {
  readonly key: string
  readonly group: 'places' | 'accounts' | 'transactions' | 'documents' | 'securities'
  readonly to: string
  readonly title: string
  readonly transaction?: Found['transactions'][number]
}

/** Everything that was found in the order it is shown, and where each leads. */
export function hitsOf(found: Found, allTransactions: (text: string) => string, text: string): Hit[] {
  const hits: Hit[] = [
    ...found.accounts.map((account) => ({
      key: `account ${account.id}`,
      group: 'accounts' as const,
      to: `/account/${account.id}`,
      title: account.name,
    })),
    ...found.transactions.map((transaction) => ({
      key: `transaction ${transaction.id}`,
      group: 'transactions' as const,
      to: `/account/all?text=${encodeURIComponent(transaction.payee === '' ? transaction.memo : transaction.payee)}`,
      title: transaction.payee === '' ? transaction.memo : transaction.payee,
      transaction,
    })),
  ]
  if (found.transactions.length > 0) {
    hits.push({
      key: 'all',
      group: 'transactions',
      to: `/account/all?text=${encodeURIComponent(text)}`,
      title: allTransactions(text),
    })
  }
  return [
    ...hits,
    ...found.documents.map((document) => ({
      key: `document ${document.id}`,
      group: 'documents' as const,
      to: '/life',
      title: document.name,
    })),
    ...found.securities.map((security) => ({
      key: `security ${security.id}`,
      group: 'securities' as const,
      to: '/wealth',
      title: security.name,
    })),
  ]
}
