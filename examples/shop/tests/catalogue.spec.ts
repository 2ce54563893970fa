import { PRODUCTS, TEST_IDS } from './support/constants';
import { expect, test } from './support/shop-test';

test.describe('catalogue', () => {
  test.beforeEach(async ({ cataloguePage }) => {
    await cataloguePage.open();
  });

  test('lists every product', { tag: ['@smoke', '@mobile'] }, async ({ cataloguePage }) => {
    await expect(cataloguePage.cards).toHaveCount(12);
    await expect(cataloguePage.count).toHaveText('12 products');
  });

  for (const [category, size] of [['Green', 3], ['Teaware', 2]] as const) {
    test(`filters by ${category}`, async ({ cataloguePage }) => {
      await cataloguePage.filterBy(category);
      await expect(cataloguePage.cards).toHaveCount(size);
    });
  }

  test('sorts by price', async ({ cataloguePage }) => {
    await cataloguePage.sortBy('Price');
    await expect(cataloguePage.cards.first()).toContainText('Peppermint');
    await expect(cataloguePage.cards.last()).toContainText(PRODUCTS.kettle.name);
  });

  test('adds quickly', { tag: '@mobile' }, async ({ cataloguePage, page }) => {
    await cataloguePage.quickAdd(PRODUCTS.assam.slug).click();
    await expect(page.getByTestId(TEST_IDS.basketCount)).toHaveText('1');
  });

  test('opens a product', async ({ cataloguePage, page }) => {
    await cataloguePage.cards.filter({ hasText: PRODUCTS.gyokuro.name }).getByRole('link').click();
    await expect(page.getByRole('heading', { name: PRODUCTS.gyokuro.name })).toBeVisible();
  });
});
