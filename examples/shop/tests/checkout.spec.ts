import type { Page } from '@playwright/test';
import { CheckoutPage } from '../pages/checkout-page';
import { TEST_IDS } from './support/constants';
import { expect, test } from './support/shop-test';

// One customer walks through the steps; each test goes on where the one before stopped.
test.describe.serial('checkout', () => {
  let page: Page;
  let checkout: CheckoutPage;

  test.beforeAll(async ({ browser }) => {
    page = await browser.newPage();
    await page.request.put('/api/basket/earl-grey', { data: { quantity: 2 } });
    checkout = new CheckoutPage(page);
    await page.goto('/checkout');
  });

  test.afterAll(async () => {
    await page.close();
  });

  test('takes the address', { tag: '@smoke' }, async () => {
    await checkout.enterAddress('Ann Archer', '1 Narrow Quay', 'BS1 4QA');
    await expect(page.getByRole('heading', { name: 'Delivery' })).toBeVisible();
  });

  test('takes the delivery', async () => {
    await checkout.chooseDelivery('Saturday morning');
    await expect(page.getByTestId('to-pay')).toHaveText('£19.30');
  });

  test('refuses a short card number', async () => {
    await checkout.pay('4000 1234');
    await expect(page.getByText('A card number has 16 digits.')).toBeVisible();
  });

  test('takes the payment', async () => {
    await checkout.pay('4000 0000 0000 0000');
    await expect(page.getByRole('heading', { name: 'Thank you' })).toBeVisible();
    await expect(page.getByTestId(TEST_IDS.orderNumber)).toHaveText(/^HT-\d{4}$/);
  });
});
