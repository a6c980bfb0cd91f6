import { settingsPages } from '../../app/places.ts'

export type SettingsSection = (typeof settingsPages)[number]['key']

/** The part of the settings that an address names, or null. */
export function sectionOf(text: string): SettingsSection | null {
  return settingsPages.find(({ key }) => key === text)?.key ?? null
}
