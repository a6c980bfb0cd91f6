/** The parts of the settings in their order; also the last part of their addresses. */
export const settingsSections = [
  'general',
  'people',
  'privacy',
  'backups',
  'export',
  'check',
  'categories',
  'rules',
  'tags',
  'reminders',
  'rates',
  'about',
] as const
export type SettingsSection = (typeof settingsSections)[number]

/** The part that an address names, or null. */
export function sectionOf(text: string): SettingsSection | null {
  return settingsSections.find((section) => section === text) ?? null
}
