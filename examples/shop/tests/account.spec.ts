import { fillField } from './support/forms';
import { USER } from './support/constants';
import { expect, test } from './support/shop-test';

test.use({ signedIn: true });

test.describe('account', () => {
  test('greets its owner', { tag: '@smoke' }, async ({ page }) => {
    await page.goto('/account');
    await expect(page.getByTestId('greeting')).toHaveText(`Good to see you, ${USER.name}.`);
  });

  test('is linked from every page', async ({ page }) => {
    await page.goto('/stores');
    await page.getByRole('link', { name: USER.name }).click();
    await expect(page).toHaveURL(/account$/);
  });
});

test.describe.serial('profile', () => {
  test('takes a phone number', async ({ page }) => {
    await page.goto('/account');
    await expect(page.getByLabel('E-mail', { exact: true })).toHaveValue(USER.email);
    await fillField(page, 'Phone', '0117 496 0000');
    await page.getByRole('button', { name: 'Save profile' }).click();
    await expect(page.getByText('Profile saved.')).toBeVisible();
  });

  test('remembers the phone number', async ({ page }) => {
    await page.goto('/account');
    await expect(page.getByLabel('Phone')).toHaveValue('0117 496 0000');
  });
});
