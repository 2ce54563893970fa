import type { Page } from '@playwright/test';
import { fillFields } from '../tests/support/forms';

export class CheckoutPage {
  constructor(readonly page: Page) {}

  get paymentForm() {
    return this.page.locator('#payment');
  }

  async enterAddress(name: string, street: string, postcode: string) {
    await fillFields(this.page, { Name: name, Street: street, Postcode: postcode });
    await this.page.getByRole('button', { name: 'Continue to delivery' }).click();
  }

  async chooseDelivery(speed: string) {
    await this.page.getByRole('radio', { name: speed }).check();
    await this.page.getByText('Continue to payment').click();
  }

  async pay(card: string) {
    await this.paymentForm.locator('input[name=card]').fill(card);
    await this.paymentForm.getByRole('button').click();
  }
}
