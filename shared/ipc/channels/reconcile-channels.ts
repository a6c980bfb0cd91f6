import { z } from 'zod'
import {
  enteredDateSchema,
  enteredMinorSchema,
  idSchema,
  isoDateSchema,
  lineSchema,
  minorSchema,
} from '../../model/primitives.ts'
import { reconciliationSchema } from '../../model/reconciliation.ts'
import type { Channel } from '../channel.ts'

export const reconcileChannels = {
  /** The last two years of what an account's statements say, beside its transactions; `from`: as far back as that. */
  'reconcile.account': {
    access: 'read',
    input: z.strictObject({ accountId: idSchema, from: isoDateSchema.optional() }),
    output: reconciliationSchema,
  },
  /** Accounts whose latest stated balance is not what their transactions come to: stated − counted. */
  'reconcile.list': {
    access: 'read',
    input: z.strictObject({}),
    output: z.array(z.strictObject({ accountId: idSchema, on: isoDateSchema, differenceMinor: minorSchema })),
  },
  /** What the bank says today, typed by the user: the balance at the end of a day, debts negative. */
  'reconcile.state': {
    access: 'write',
    input: z.strictObject({ accountId: idSchema, on: enteredDateSchema, minor: enteredMinorSchema }),
    output: reconciliationSchema,
  },
  /** Takes back a balance that the user typed; one of a statement goes with its import. */
  'reconcile.forget': {
    access: 'write',
    input: z.strictObject({ checkpointId: idSchema }),
    output: reconciliationSchema,
  },
  /**
   * Makes the account agree from a break on: by the opening balance where nothing earlier is stated, else by one
   * transaction of the missing amount on the day of the break, called `payee`.
   */
  'reconcile.adjust': {
    access: 'write',
    input: z.strictObject({ checkpointId: idSchema, payee: lineSchema }),
    output: reconciliationSchema,
  },
  /** Leaves a difference as it is, from this balance on; `accepted` false asks again. */
  'reconcile.accept': {
    access: 'write',
    input: z.strictObject({ checkpointId: idSchema, accepted: z.boolean() }),
    output: reconciliationSchema,
  },
} as const satisfies Record<string, Channel>
