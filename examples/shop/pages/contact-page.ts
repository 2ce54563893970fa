import type { Page } from '@playwright/test';
import { fillField } from '../tests/support/forms';

export class ContactPage {
  constructor(readonly page: Page) {}

  get answer() {
    return this.page.locator('form.contact').getByRole('status');
  }

  async open() {
    await this.page.goto('/contact');
  }

  async introduce(name: string, email: string) {
    await fillField(this.page, 'Your name', name);
    await fillField(this.page, 'E-mail', email);
  }

  async send() {
    await this.page.locator('form.contact button').click();
  }
}
