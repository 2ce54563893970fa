import { LoginPage } from '../pages/login-page';
import { expect, test } from './support/shop-test';

test.describe('registration', () => {
  let login: LoginPage;

  test.beforeEach(async ({ page }) => {
    login = new LoginPage(page);
    await login.open();
  });

  for (const { title, person, answer } of [
    { title: 'asks for a name', person: ['', 'cat@example.com', 'long enough'], answer: 'Please tell us your name.' },
    { title: 'knows who is there already', person: ['Ann', 'ann@example.com', 'long enough'], answer: 'There is an account with this address already.' },
  ] as const) {
    test(title, async ({ page }) => {
      await login.register(...person);
      await expect(page.locator('form.register .answer')).toHaveText(answer);
    });
  }

  test('makes an account', async ({ page }) => {
    const email = `cat-${Date.now()}@example.com`;
    await login.register('Cat Cole', email, 'lapsang-please');
    await expect(page.getByText('Welcome. You can sign in now.')).toBeVisible();
    await login.signIn(email, 'lapsang-please');
    await expect(page.getByTestId('greeting')).toContainText('Cat Cole');
  });
});
