import { expect, test } from './support/shop-test';

test.describe('help', () => {
  test.beforeEach(async ({ page }) => {
    await page.goto('/help');
  });

  test('answers a question', async ({ page }) => {
    await page.getByText('How long does delivery take?').click();
    await expect(page.getByText('Two working days in Britain')).toBeVisible();
  });

  test('filters the questions', async ({ page }) => {
    await page.locator('#faq-filter').fill('caffeine');
    await expect(page.locator('.faq article:visible')).toHaveCount(1);
  });

  test('leads to the contact page', { tag: '@mobile' }, async ({ page }) => {
    await page.getByRole('link', { name: 'Ask us' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Write to us');
  });
});
