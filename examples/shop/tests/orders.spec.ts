import { TEST_IDS } from './support/constants';
import { expect, test } from './support/shop-test';

test.describe('orders', () => {
  test.use({ signedIn: true });

  test('are listed in the account', async ({ page, placeOrder }) => {
    const number = await placeOrder();
    await page.goto('/account');
    await expect(page.locator('table.orders').getByRole('link', { name: number })).toBeVisible();
  });

  test('show what was ordered', async ({ page, placeOrder }) => {
    await page.goto(`/order?number=${await placeOrder()}`);
    await expect(page.locator('ul.ordered > li')).toHaveText(['1 × Sencha, £8.50']);
    await expect(page.getByTestId('order-total')).toHaveText('£12.00');
  });

  test('are followed until they are shipped', async ({ page, placeOrder }) => {
    await page.goto(`/order?number=${await placeOrder()}`);
    await expect(page.getByTestId(TEST_IDS.orderNumber)).not.toBeEmpty();
    await expect(page.locator('#order-state')).toHaveText('packed');
    await expect(page.locator('#order-state')).toHaveText('shipped', { timeout: 8_000 });
  });
});
