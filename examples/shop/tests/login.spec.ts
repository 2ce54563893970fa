import { LoginPage } from '../pages/login-page';
import { OTHER_USER } from './support/constants';
import { expect, test } from './support/shop-test';

test.describe('login', () => {
  let login: LoginPage;

  test.beforeEach(async ({ page }) => {
    login = new LoginPage(page);
    await login.open();
  });

  for (const [what, email, password] of [
    ['a wrong password', OTHER_USER.email, 'guess'],
    ['an unknown address', 'nobody@example.com', OTHER_USER.password],
  ]) {
    test(`refuses ${what}`, async () => {
      await login.signIn(email, password);
      await expect(login.error).toHaveText('Address or password is wrong.');
    });
  }

  test('lasts until the customer signs out', { tag: '@mobile' }, async ({ page }) => {
    await login.signIn(OTHER_USER.email, OTHER_USER.password);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible();
  });

  test('protects the account page', async ({ page }) => {
    await page.goto('/account');
    await expect(page).toHaveURL(/login$/);
  });
});
