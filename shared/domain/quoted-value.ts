/**
 * How a name is written in a query of the search (docs/search.md), so that it reads back as one value, whatever stands
 * in it. A quotation mark within quotation marks is written twice, as in CSV: `category:"5"" pans"`.
 */
export function inQuotationMarks(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

/** As it is where it reads back as one value, else in quotation marks. */
export function quotedWhereNeeded(text: string): string {
  return text === '' || /[\s\u3000,，、:："“”「」]/.test(text) ? inQuotationMarks(text) : text
}
