import { type Browser, type Page } from '@playwright/test';
import { expect, test } from './support/shop-test';

// What every page must have, looked at in one tab.
test.describe('every page', () => {
  let page: Page;
  test.beforeAll(async ({ browser }: { browser: Browser }) => {
    page = await browser.newPage();
  });
  test.afterAll(async () => {
    await page.close();
  });

  for (const path of ['/', '/catalogue', '/stores', '/help', '/contact', '/login']) {
    test(`has one main heading: ${path}`, async () => {
      await page.goto(path);
      await expect(page.locator('h1:visible')).toHaveCount(1);
      await expect(page).toHaveTitle(/ - Harbour Tea$/);
    });
  }

  test('unknown pages say so', async () => {
    const response = await page.goto('/coffee');
    expect(response?.status()).toBe(404);
    await expect(page.getByText('This page does not exist.')).toBeVisible();
  });
});
