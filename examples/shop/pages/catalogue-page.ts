import type { Page } from '@playwright/test';

export class CataloguePage {
  constructor(readonly page: Page) {}

  get cards() {
    return this.page.getByTestId('catalogue').locator('article.item');
  }

  get count() {
    return this.page.locator('p.count');
  }

  async open() {
    await this.page.goto('/catalogue');
  }

  async filterBy(category: string) {
    await this.page.getByRole('group', { name: 'Category' }).getByRole('button', { name: category }).click();
  }

  async sortBy(order: string) {
    await this.page.getByLabel('Sort by').selectOption({ label: order });
  }

  async search(word: string) {
    const field = this.page.getByRole('searchbox', { name: 'Search' });
    await field.fill(word);
    await field.press('Enter');
  }

  quickAdd(slug: string) {
    return this.page.getByTestId(`quick-add-${slug}`);
  }
}
