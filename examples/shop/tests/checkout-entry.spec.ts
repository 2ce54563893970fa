import { USER } from './support/constants';
import { expect, test } from './support/shop-test';

test.describe('way to the checkout', () => {
  test.beforeEach(async ({ basketPage, fillBasket }) => {
    await fillBasket({ 'jasmine-pearls': 1 });
    await basketPage.open();
  });

  test('is open to guests', async ({ basketPage, page }) => {
    await basketPage.checkoutButton.click();
    await expect(page.getByRole('heading', { name: 'Checkout' })).toBeVisible();
    await expect(page.locator('#name')).toHaveValue('');
  });

  test.describe('signed in', () => {
    test.use({ signedIn: true });

    test('knows the name', async ({ basketPage, page }) => {
      await basketPage.checkoutButton.click();
      await expect(page.locator('#name')).toHaveValue(USER.name);
    });
  });
});
