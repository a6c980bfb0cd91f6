import { z } from 'zod'
import table from '../../../../resources/categories.json' with { type: 'json' }
import { categoryKinds } from '../../../../shared/model/category.ts'

const leafSchema = z.strictObject({
  key: z.string().regex(/^[a-z-]+$/),
  nameZh: z.string().min(1),
  nameEn: z.string().min(1),
  icon: z.string().min(1),
})
const categorySchema = leafSchema.extend({ kind: z.enum(categoryKinds), children: z.array(leafSchema) })

/** The tree that a new vault begins with; children have the kind of their parent. */
export const defaultCategories = z.array(categorySchema).parse(table.categories)
