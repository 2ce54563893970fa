import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { PRODUCTS } from './support/constants';
import { expect, test } from './support/shop-test';

// The shop's test network is now and then slow at the first try. SHOP_SEED decides whether it is in this run.
const seed = process.env.SHOP_SEED ?? 'harbour';
const isSlowAtFirst = createHash('sha256').update(seed).digest()[0] % 2 === 0;

test.describe('stock', () => {
  test('is shown at once', async ({ productPage, page }, testInfo) => {
    if (isSlowAtFirst && testInfo.retry === 0)
      await page.route('**/api/stock/*', async route => {
        await delay(2_700);
        await route.continue().catch(() => {}); // the page may be gone by then
      });
    await productPage.open(PRODUCTS.assam.slug);
    await expect(productPage.stock).toHaveText('In stock', { timeout: 2_500 });
  });

  test('warns when little is left', async ({ productPage }) => {
    await productPage.open(PRODUCTS.gyokuro.slug);
    await expect(productPage.stock).toHaveText('Only 5 left');
  });

  test('offers no button when sold out', async ({ productPage, page }) => {
    await productPage.open(PRODUCTS.lapsang.slug);
    await expect(page.getByRole('button', { name: 'Sold out' })).toBeDisabled();
  });
});
