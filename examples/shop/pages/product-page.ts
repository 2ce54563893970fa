import type { Locator, Page } from '@playwright/test';

export class ProductPage {
  readonly addButton: Locator;
  readonly answer: Locator;

  constructor(readonly page: Page) {
    this.addButton = page.getByRole('button', { name: 'Add to basket' });
    this.answer = page.locator('.facts').getByRole('status');
  }

  get stock() {
    return this.page.locator('#stock');
  }

  get wishButton() {
    return this.page.getByRole('button', { name: 'Add to wish list' });
  }

  async open(slug: string) {
    await this.page.goto(`/product?slug=${slug}`);
  }

  async add(quantity = 1) {
    await this.page.getByLabel('Quantity').fill(String(quantity));
    await this.addButton.click();
  }
}
