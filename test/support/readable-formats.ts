import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { z } from 'zod'
import { importers } from '../../electron/core/importing/registry.ts'
import list from '../../resources/readable-formats.json' with { type: 'json' }

/** The README's list of what is read, made of the registry, the profiles in `resources/` and `readable-formats.json`. */

const formatSchema = z.strictObject({
  importers: z.array(z.string()).min(1),
  name: z.string(),
  files: z.string(),
  profiles: z.string().optional(),
})
type Format = z.infer<typeof formatSchema>

const formats: readonly Format[] = z
  .strictObject({ about: z.string(), formats: z.array(formatSchema) })
  .parse(list).formats
const resources = fileURLToPath(new URL('../../resources', import.meta.url))

const fits = (format: Format, id: string): boolean =>
  format.importers.some((pattern) => (pattern.endsWith('*') ? id.startsWith(pattern.slice(0, -1)) : id === pattern))

/** Which entries of the list an importer belongs to: exactly one, if the list is right. An exact id goes before a pattern. */
export function formatsOf(id: string): readonly string[] {
  const exact = formats.filter(({ importers: ids }) => ids.includes(id))
  return (exact.length > 0 ? exact : formats.filter((format) => fits(format, id))).map(({ name }) => name)
}

const namedSchema = z.looseObject({ institution: z.string().optional() })
const profileFileSchema = z.looseObject({ profiles: z.array(namedSchema).optional() })

/** Names of institutions that have a profile: those of the importers themselves, and those of a folder of profiles. */
function institutionsOf(format: Format): string[] {
  const titles = importers.filter(({ id }) => formatsOf(id)[0] === format.name).flatMap(({ title }) => title ?? [])
  if (format.profiles !== 'broker-profiles') return [...new Set(titles)]
  const folder = join(resources, format.profiles)
  const names = readdirSync(folder).flatMap((file) => {
    const { profiles = [] } = profileFileSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')))
    return profiles.flatMap(({ institution }) => institution ?? [])
  })
  return [...new Set(names)].toSorted((left, right) => left.localeCompare(right, 'en'))
}

/** The entries of the list. */
export function readableFormats(): readonly (readonly [name: string, files: string])[] {
  return formats.map((format) => {
    const known = format.profiles === undefined ? [] : institutionsOf(format)
    return [format.name, known.length === 0 ? format.files : `${format.files}. Profiles: ${known.join(', ')}`]
  })
}

export const importerIds: readonly string[] = importers.map(({ id }) => id)
