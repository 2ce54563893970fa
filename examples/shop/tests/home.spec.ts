import { expect, test } from './support/shop-test';

const NAVIGATION = [
  ['Shop', 'All teas'],
  ['Stores', 'Our stores'],
] as const;

test.describe('home', () => {
  test.beforeEach(async ({ page }) => {
    await page.goto('/');
  });

  test('shows four best sellers', { tag: ['@smoke', '@mobile'] }, async ({ page }) => {
    await expect(page.getByTestId('best-sellers').getByRole('article')).toHaveCount(4);
  });

  test('leads to all teas', { tag: '@smoke' }, async ({ page }) => {
    await page.getByRole('link', { name: 'Browse all teas' }).click();
    await expect(page).toHaveURL(/catalogue/);
  });

  for (const [link, heading] of NAVIGATION) {
    test(`has a way to "${heading}"`, async ({ page }) => {
      await page.getByRole('navigation', { name: 'Main' }).getByText(link).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
    });
  }
});
