import type { Locator, Page } from '@playwright/test';
import { TEST_IDS } from '../tests/support/constants';

export class BasketPage {
  readonly lines: Locator;
  readonly checkoutButton: Locator;
  readonly answer: Locator;

  constructor(readonly page: Page) {
    this.lines = page.locator('table.lines tbody tr');
    this.checkoutButton = page.getByTestId(TEST_IDS.checkout);
    this.answer = page.locator('.options').getByRole('status');
  }

  get total() {
    return this.page.getByTestId(TEST_IDS.total);
  }

  async open() {
    await this.page.goto('/basket');
  }

  line(name: string) {
    return this.lines.filter({ hasText: name });
  }

  async setQuantity(name: string, quantity: number) {
    const input = this.page.getByLabel(`Quantity of ${name}`);
    await input.fill(String(quantity));
    await input.press('Tab');
  }

  async remove(name: string) {
    await this.page.getByRole('button', { name: `Remove ${name}` }).click();
  }

  async wrapAsGift() {
    await this.page.locator('aside.basket-summary .gift-wrap input').check();
  }

  async applyCode(code: string) {
    await this.page.getByPlaceholder('Discount code').fill(code);
    await this.page.locator('form.code').getByText('Apply').click();
  }
}
