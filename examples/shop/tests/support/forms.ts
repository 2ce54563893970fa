import type { Page } from '@playwright/test';

/** Fills the field with this label. */
export async function fillField(page: Page, label: string, value: string) {
  await page.getByLabel(label, { exact: true }).fill(value);
}

/** Fills several fields, given by label. */
export async function fillFields(page: Page, fields: Record<string, string>) {
  for (const [label, value] of Object.entries(fields)) await fillField(page, label, value);
}
