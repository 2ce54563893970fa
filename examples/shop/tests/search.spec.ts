import { expect, test } from './support/shop-test';

test.describe('search', () => {
  for (const [word, hits] of [['flower', 1], ['hand', 2], ['coffee', 0]] as const) {
    test(`finds ${hits} for "${word}"`, async ({ cataloguePage, page }) => {
      await page.goto('/help');
      await cataloguePage.search(word);
      await expect(cataloguePage.count).toHaveText(`${hits} results for “${word}”`);
      await expect(cataloguePage.cards).toHaveCount(hits);
    });
  }
});
