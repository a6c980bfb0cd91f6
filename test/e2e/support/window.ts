import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'
import { answerSystemPicker } from './electron.ts'

/** The places of the main navigation, in English. */
export type Place = 'Home' | 'Accounts' | 'Wealth' | 'Credit' | 'Life' | 'Reminders' | 'Import' | 'Search' | 'Settings'

export async function goTo(page: Page, place: Place): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Main navigation' })
    .getByRole('link', { name: place, exact: true })
    .click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
}

/** One choice of a segmented control: its radio is only as large as its label's text. */
export async function chooseSegment(page: Page | Locator, group: string, choice: string): Promise<void> {
  await page.getByRole('radiogroup', { name: group, exact: true }).getByText(choice, { exact: true }).click()
  // the group's own name may be in another language from now on
  await expect(page.getByRole('radio', { name: choice, exact: true })).toBeChecked()
}

/** One entry of a list that drops down from a field. */
export async function chooseOption(page: Page, field: Locator, option: string): Promise<void> {
  await field.click()
  await page.getByRole('option', { name: option, exact: true }).click()
  await expect(field).toHaveValue(option)
}

/** A category by the picker named so, closed or a field. */
export async function chooseCategory(page: Page, picker: Locator, category: string): Promise<void> {
  await picker.click()
  await page.getByRole('textbox', { name: 'Search', exact: true }).fill(category)
  await page.getByRole('option', { name: category }).first().click()
}

/** Files by the button's picker. */
export async function pickFiles(page: Page, paths: readonly string[], button = 'Choose files'): Promise<void> {
  if (await answerSystemPicker(page, paths)) {
    await page.getByRole('button', { name: button }).click()
    return
  }
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: button }).click()
  await (await chooser).setFiles([...paths])
}

/** Files dropped on the window, as the system does it. */
export async function dropFiles(page: Page, paths: readonly string[]): Promise<void> {
  const files = paths.map((path) => ({ name: basename(path), bytes: readFileSync(path).toString('base64') }))
  const carried = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer()
    for (const { name, bytes } of all) {
      transfer.items.add(new File([Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0))], name))
    }
    return transfer
  }, files)
  const content = page.getByRole('main')
  await content.dispatchEvent('dragenter', { dataTransfer: carried })
  await expect(page.getByText('Drop to import')).toBeVisible()
  await content.dispatchEvent('drop', { dataTransfer: carried })
}

/** The card of one file on the import screen. */
export function fileCard(page: Page, name: string): Locator {
  return page.getByRole('article', { name, exact: true })
}

/** Imports statement files from anywhere in an open window and waits until they are saved. */
export async function importFiles(page: Page, paths: readonly string[]): Promise<void> {
  await goTo(page, 'Import')
  await pickFiles(page, paths)
  await page.getByRole('button', { name: 'Import', exact: true }).click({ timeout: 30_000 })
  await expect(page.getByRole('heading', { name: /^Imported$|transactions? imported$/ })).toBeVisible({
    timeout: 60_000,
  })
}

/** The headline figure of a screen by its label. */
export function headline(page: Page, label: string): Locator {
  return page.getByRole('region', { name: label, exact: true })
}

export function drawer(page: Page, title?: string): Locator {
  return page.getByRole('dialog', title === undefined ? {} : { name: title, exact: true })
}
