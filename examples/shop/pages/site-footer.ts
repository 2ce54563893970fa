import type { Page } from '@playwright/test';

export class SiteFooter {
  constructor(readonly page: Page) {}

  get email() {
    return this.page.locator('#newsletter-email');
  }

  get answer() {
    return this.page.getByRole('contentinfo').getByRole('status');
  }

  async subscribe(address: string) {
    await this.email.fill(address);
    await this.page.getByRole('button', { name: 'Subscribe' }).click();
  }
}
