import { z } from 'zod'
import { idSchema, nothingSchema } from '../../model/primitives.ts'
import { ownersSchema, personDraftSchema, personPatchSchema, personSchema, removalSchema } from '../../model/person.ts'
import type { Channel } from '../channel.ts'

/** The household's people and who owns what. */
export const personChannels = {
  /** In the user's order, archived ones too. */
  'person.list': { access: 'read', input: nothingSchema, output: z.array(personSchema) },
  /** `conflict`: there is already one of this name. */
  'person.create': { access: 'write', input: personDraftSchema, output: personSchema },
  'person.update': {
    access: 'write',
    input: z.strictObject({ id: idSchema, patch: personPatchSchema }),
    output: personSchema,
  },
  /** `ids`: everyone, in the new order; else `conflict`. */
  'person.reorder': {
    access: 'write',
    input: z.strictObject({ ids: z.array(idSchema).max(500) }),
    output: nothingSchema,
  },
  /**
   * Removes a person; no account is deleted. Their shares go to `giveTo`; without one, to the other owners in
   * proportion to theirs, and an account without others becomes the whole household's. Answers how many accounts that
   * were. Can be undone.
   */
  'person.delete': {
    access: 'write',
    input: z.strictObject({ id: idSchema, giveTo: idSchema.nullable().default(null) }),
    output: removalSchema,
  },
  /** What `person.delete` would do. */
  'person.removal': { access: 'read', input: z.strictObject({ id: idSchema }), output: removalSchema },
  /** The owners of every account that names any, by account and in the order of `person.list`. */
  'person.owners': {
    access: 'read',
    input: nothingSchema,
    output: z.array(z.strictObject({ accountId: idSchema, owners: ownersSchema })),
  },
  /** Gives all these accounts the same owners, as one change; none: the whole household's. */
  'person.setOwners': {
    access: 'write',
    input: z.strictObject({ accountIds: z.array(idSchema).min(1).max(2000), owners: ownersSchema }),
    output: nothingSchema,
  },
} as const satisfies Record<string, Channel>
