import { expect, test } from './support/shop-test';

test.describe('basket', () => {
  test('is empty at first', { tag: '@mobile' }, async ({ basketPage, page }) => {
    await basketPage.open();
    await expect(page.getByText('Your basket is empty.')).toBeVisible();
  });

  test.describe('with two teas', () => {
    test.beforeEach(async ({ basketPage, fillBasket }) => {
      await fillBasket({ sencha: 2, assam: 1 });
      await basketPage.open();
    });

    test('adds up', async ({ basketPage }) => {
      await expect(basketPage.lines).toHaveCount(2);
      await expect(basketPage.total).toHaveText('£27.40');
    });

    test('changes a quantity', { tag: '@mobile' }, async ({ basketPage }) => {
      await basketPage.setQuantity('Assam', 3);
      await expect(basketPage.line('Assam').locator('.sum')).toHaveText('£20.70');
    });

    test('removes a line', async ({ basketPage }) => {
      await basketPage.remove('Sencha');
      await expect(basketPage.lines).toHaveCount(1);
      await expect(basketPage.line('Sencha')).toHaveCount(0);
    });

    test('is wrapped as a gift', async ({ basketPage }) => {
      await basketPage.wrapAsGift();
      await expect(basketPage.total).toHaveText('£29.40');
    });
  });
});
