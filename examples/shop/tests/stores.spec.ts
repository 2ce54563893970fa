import { expect, test } from './support/shop-test';

test.describe('stores', () => {
  test.beforeEach(async ({ page }) => {
    await page.goto('/stores');
  });

  for (const [postcode, count] of [['BS1 4QA', 2], ['W1', 1]] as const) {
    test(`finds ${count} near ${postcode}`, async ({ page }) => {
      await page.getByPlaceholder('Postcode').fill(postcode);
      await page.getByRole('button', { name: 'Find stores' }).click();
      await expect(page.locator('.store-list > li')).toHaveCount(count);
    });
  }

  test('finds none in the north', async ({ page }) => {
    await page.getByRole('textbox', { name: 'Postcode' }).fill('EH1');
    await page.getByRole('button', { name: 'Find stores' }).click();
    await expect(page.getByText('No store near you yet.')).toBeVisible();
  });
});
