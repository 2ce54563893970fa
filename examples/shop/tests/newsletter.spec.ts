import { SiteFooter } from '../pages/site-footer';
import { expect, test } from './support/shop-test';

test.describe('newsletter', () => {
  let footer: SiteFooter;

  test.beforeEach(async ({ page }) => {
    footer = new SiteFooter(page);
    await page.goto('/stores');
  });

  test('subscribes', { tag: '@mobile' }, async () => {
    await footer.subscribe('ann@example.com');
    await expect(footer.answer).toHaveText('The next letter goes to ann@example.com.');
  });

  test('refuses what is no address', async () => {
    await footer.subscribe('ann at example');
    await expect(footer.answer).toHaveText('This is not an e-mail address.');
  });
});
