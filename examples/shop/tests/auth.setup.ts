import { LoginPage } from '../pages/login-page';
import { USER } from './support/constants';
import { expect, stateFile, test as setup } from './support/shop-test';

setup('signs in', async ({ page }, testInfo) => {
  const login = new LoginPage(page);
  await login.open();
  await login.signIn(USER.email, USER.password);
  await expect(page.getByTestId('greeting')).toContainText(USER.name);
  await page.context().storageState({ path: stateFile(testInfo) });
});
