import { expect, test } from './support/shop-test';

test.describe('receipt', () => {
  test.beforeEach(async ({ page, placeOrder }) => {
    await page.goto(`/order?number=${await placeOrder()}`);
    await expect(page.getByTestId('order-total')).toHaveText('£12.00');
  });

  test('is printed', async ({ page }) => {
    await page.getByRole('button', { name: 'Print receipt' }).click();
    await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
    await expect(page.locator('.receipt pre')).toContainText('Total £12.00');
  });

  test('is sent by e-mail', async ({ page }) => {
    await page.getByRole('button', { name: 'E-mail receipt' }).click();
    await expect(page.locator('.receipt-answer')).toContainText('to guest@example.com');
  });
});
