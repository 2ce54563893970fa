import type { Locator, Page } from '@playwright/test';
import { fillFields } from '../tests/support/forms';

export class LoginPage {
  readonly error: Locator;

  constructor(readonly page: Page) {
    this.error = page.getByRole('alert');
  }

  async open() {
    await this.page.goto('/login');
  }

  async signIn(email: string, password: string) {
    await fillFields(this.page, { 'E-mail': email, Password: password });
    await this.page.locator('form.sign-in').getByRole('button').click();
  }

  async register(name: string, email: string, password: string) {
    await fillFields(this.page, { Name: name, 'E-mail address': email, 'Choose a password': password });
    await this.page.getByRole('button', { name: 'Create account' }).click();
  }
}
