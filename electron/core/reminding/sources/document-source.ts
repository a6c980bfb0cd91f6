import type { LifeDocument } from '../../../../shared/model/life.ts'
import { loadDocuments } from '../../storage/repositories/document-repository.ts'
import { type DueDate, dueDate, type ReminderSource } from '../due-date.ts'

const ID = 'document'

/** Documents that expire. One that names a policy of an account is the same as what that account tells. */
export const documentSource: ReminderSource<readonly LifeDocument[]> = {
  id: ID,
  load: (vault) => loadDocuments(vault),
  due: (documents) =>
    documents.flatMap(({ id, kind, name, holder, accountId, expiresOn }): DueDate[] =>
      expiresOn === null
        ? []
        : [
            dueDate(ID, {
              kind: 'document-expiry',
              on: expiresOn,
              title: name,
              subject: { type: 'document', id },
              facts: { document: kind, holder, ...(accountId === null ? {} : { accountId }) },
              sameAs: kind === 'insurance-policy' && accountId !== null ? `insurance:account:${accountId}` : null,
            }),
          ],
    ),
}
