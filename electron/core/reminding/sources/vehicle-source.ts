import { type DueDate, dueDate, type ReminderSource } from '../due-date.ts'
import type { StoredAccount } from '../../storage/repositories/account-repository.ts'

const ID = 'vehicle'

/** Inspection and insurance of vehicles. */
export const vehicleSource: ReminderSource<readonly StoredAccount[]> = {
  id: ID,
  load: (_vault, _window, shared) => shared.accounts.filter(({ terms }) => terms.vehicle !== undefined),
  due: (accounts) =>
    accounts.flatMap(({ id, name, terms }): DueDate[] => {
      const common = { title: name, subject: { type: 'account', id } } as const
      const { inspectionDueOn = null, insuranceDueOn = null } = terms.vehicle ?? {}
      return [
        ...(inspectionDueOn === null
          ? []
          : [dueDate(ID, { ...common, kind: 'vehicle-inspection', on: inspectionDueOn }, 'inspection')]),
        ...(insuranceDueOn === null
          ? []
          : [
              dueDate(
                ID,
                { ...common, kind: 'vehicle-insurance', on: insuranceDueOn, sameAs: `insurance:account:${id}` },
                'insurance',
              ),
            ]),
      ]
    }),
}
