import { PRODUCTS, TEST_IDS } from './support/constants';
import { expect, test } from './support/shop-test';

const { sencha, earlGrey } = PRODUCTS;

test.describe('product', () => {
  test('goes into the basket', { tag: ['@smoke', '@mobile'] }, async ({ productPage, page }) => {
    await productPage.open(sencha.slug);
    await productPage.addButton.click();
    await expect(productPage.answer).toHaveText('1 × Sencha in your basket.');
    await expect(page.getByTestId(TEST_IDS.basketCount)).toHaveText('1');
  });

  test('goes into the basket three times', async ({ productPage }) => {
    await productPage.open(earlGrey.slug);
    await productPage.add(3);
    await expect(productPage.answer).toHaveText('3 × Earl Grey in your basket.');
  });

  test('is not sold beyond its stock', async ({ productPage }) => {
    await productPage.open(PRODUCTS.kettle.slug);
    await productPage.add(4);
    await expect(productPage.answer).toHaveText('Only 3 left.');
  });

  test('tells how to brew', { tag: '@mobile' }, async ({ productPage, page }) => {
    await productPage.open(sencha.slug);
    await page.getByText('How to brew').click();
    await expect(page.getByText('Two grams for each 100 ml')).toBeVisible();
  });
});
