import { PRODUCTS } from './support/constants';
import { expect, test } from './support/shop-test';

test.describe('wish list', () => {
  test('keeps a product', async ({ page, productPage }) => {
    await productPage.open(PRODUCTS.gyokuro.slug);
    await productPage.wishButton.click();
    await page.locator('.facts .answer').getByRole('link').click();
    await expect(page.getByTestId('wishes').getByRole('heading')).toHaveText([PRODUCTS.gyokuro.name]);
  });

  test('forgets a product', async ({ page }) => {
    await page.request.put('/api/wishes/cups');
    await page.goto('/wishes');
    await page.getByTitle('Forget').click();
    await expect(page.getByText('Nothing here yet.')).toBeVisible();
  });
});
