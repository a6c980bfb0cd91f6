import { z } from 'zod'
import { accountSchema } from '../../model/account.ts'
import { creditSchema, loanScheduleSchema } from '../../model/credit.ts'
import { documentDraftSchema, documentSchema, lifeSchema } from '../../model/life.ts'
import { viewedPersonSchema } from '../../model/person.ts'
import {
  currencySchema,
  enteredDateSchema,
  enteredMinorSchema,
  fileTokenSchema,
  idSchema,
  lineSchema,
  notesSchema,
  nothingSchema,
} from '../../model/primitives.ts'
import { homeFactsSchema, loanTermsSchema, vehicleFactsSchema } from '../../model/terms.ts'
import { securityClasses, wealthSchema } from '../../model/wealth.ts'
import type { Channel } from '../channel.ts'

/** Wealth, credit, life, attachments and the history of changes. */

const valuedThingDraft = {
  /** Present: edits that one; absent: makes a new one. */
  accountId: idSchema.optional(),
  name: lineSchema.min(1),
  currency: currencySchema,
  /** A dated value, a positive magnitude; null leaves the values as they are. */
  value: z.strictObject({ on: enteredDateSchema, minor: enteredMinorSchema.nonnegative() }).nullable().default(null),
  notes: notesSchema.default(''),
}

export const attachmentSchema = z.strictObject({
  id: idSchema,
  name: z.string(),
  mediaType: z.string(),
  bytes: z.int(),
  addedAt: z.int(),
})

const ownerSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('account'), id: idSchema }),
  z.strictObject({ type: z.literal('transaction'), id: idSchema }),
  z.strictObject({ type: z.literal('document'), id: idSchema }),
])

export const changeSchema = z.strictObject({
  id: idSchema,
  madeAt: z.int(),
  /** A key under `history.change.*`: "transaction.update", "import.commit". */
  label: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
})
const historySchema = z.strictObject({ undo: changeSchema.nullable(), redo: changeSchema.nullable() })

export const serviceChannels = {
  'wealth.get': { access: 'read', input: z.strictObject({ person: viewedPersonSchema }), output: wealthSchema },
  'security.update': {
    access: 'write',
    input: z.strictObject({
      id: idSchema,
      name: lineSchema.min(1).optional(),
      class: z.enum(securityClasses).optional(),
    }),
    output: nothingSchema,
  },
  'credit.get': { access: 'read', input: z.strictObject({ person: viewedPersonSchema }), output: creditSchema },
  'loan.schedule': { access: 'read', input: z.strictObject({ accountId: idSchema }), output: loanScheduleSchema },
  /** The schedule of terms that are not saved, for trying figures. */
  'loan.preview': {
    access: 'read',
    input: z.strictObject({ terms: loanTermsSchema, currency: currencySchema }),
    output: loanScheduleSchema,
  },
  'life.get': { access: 'read', input: z.strictObject({ person: viewedPersonSchema }), output: lifeSchema },
  'home.save': {
    access: 'write',
    input: z.strictObject({ ...valuedThingDraft, facts: homeFactsSchema }),
    output: accountSchema,
  },
  'vehicle.save': {
    access: 'write',
    input: z.strictObject({ ...valuedThingDraft, facts: vehicleFactsSchema }),
    output: accountSchema,
  },
  'document.create': { access: 'write', input: documentDraftSchema, output: documentSchema },
  'document.update': {
    access: 'write',
    input: z.strictObject({ id: idSchema, document: documentDraftSchema }),
    output: documentSchema,
  },
  'document.delete': { access: 'write', input: z.strictObject({ id: idSchema }), output: nothingSchema },
  'attachment.list': {
    access: 'read',
    input: z.strictObject({ owner: ownerSchema }),
    output: z.array(attachmentSchema),
  },
  /** Copies the file into the vault; at most 25 MB. */
  'attachment.add': {
    access: 'write',
    input: z.strictObject({ owner: ownerSchema, file: fileTokenSchema }),
    output: attachmentSchema,
  },
  'attachment.read': {
    access: 'read',
    input: z.strictObject({ id: idSchema }),
    output: z.strictObject({ name: z.string(), mediaType: z.string(), base64: z.string() }),
  },
  'attachment.delete': { access: 'write', input: z.strictObject({ id: idSchema }), output: nothingSchema },
  'history.get': { access: 'read', input: nothingSchema, output: historySchema },
  'history.undo': { access: 'write', input: nothingSchema, output: changeSchema },
  'history.redo': { access: 'write', input: nothingSchema, output: changeSchema },
} as const satisfies Record<string, Channel>
