import { z } from 'zod'
import { idSchema, lineSchema } from './primitives.ts'

export const categoryKinds = ['income', 'expense', 'transfer'] as const

/**
 * Why a transaction has its category, the strongest first: the user's own choice, a rule of the user's, what the file
 * called it, a sure guess of the learner, its merchant category code.
 */
export const categorySources = ['user', 'rule', 'file', 'learned', 'merchant-code'] as const
export type CategorySource = (typeof categorySources)[number]

export const categorySchema = z.strictObject({
  id: idSchema,
  /** Stable name of a default category; null for one that the user made. */
  key: z.string().nullable(),
  parentId: idSchema.nullable(),
  kind: z.enum(categoryKinds),
  nameZh: z.string(),
  nameEn: z.string(),
  icon: z.string().nullable(),
  position: z.int(),
  archived: z.boolean(),
})
export type Category = z.infer<typeof categorySchema>

export const categoryDraftSchema = z.strictObject({
  parentId: idSchema.nullable().default(null),
  kind: z.enum(categoryKinds),
  /** One name is enough: the other language then shows the same. */
  nameZh: lineSchema.default(''),
  nameEn: lineSchema.default(''),
  icon: z.string().max(40).nullable().default(null),
})
export const categoryPatchSchema = z.strictObject({
  parentId: idSchema.nullable().optional(),
  nameZh: lineSchema.optional(),
  nameEn: lineSchema.optional(),
  icon: z.string().max(40).nullable().optional(),
  position: z.int().optional(),
  archived: z.boolean().optional(),
})
