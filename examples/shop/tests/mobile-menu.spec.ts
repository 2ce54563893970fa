import { expect, test } from './support/shop-test';

test.describe('menu on a phone', { tag: '@mobile' }, () => {
  test.beforeEach(async ({ page }) => {
    await page.goto('/help');
  });

  test('opens', async ({ page }) => {
    await page.getByRole('button', { name: 'Menu' }).tap();
    await expect(page.getByRole('link', { name: 'Stores' })).toBeVisible();
  });

  test('closes again', async ({ page }) => {
    const button = page.getByRole('button', { name: 'Menu' });
    await button.tap();
    await button.tap();
    await expect(button).toHaveAttribute('aria-expanded', 'false');
  });
});
