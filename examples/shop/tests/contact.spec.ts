import { ContactPage } from '../pages/contact-page';
import { expect, test } from './support/shop-test';

test.describe('contact', () => {
  let contact: ContactPage;

  test.beforeEach(async ({ page }) => {
    contact = new ContactPage(page);
    await contact.open();
  });

  test('sends a message', async ({ page }) => {
    await contact.introduce('Ann', 'ann@example.com');
    await page.getByLabel('Topic').selectOption('Brewing advice');
    await page.getByLabel('Message').fill('How hot for Gyokuro?');
    await contact.send();
    await expect(contact.answer).toHaveText('Thank you, Ann. We write back soon.');
  });

  test('asks for the message', async () => {
    await contact.introduce('Ann', 'ann@example.com');
    await contact.send();
    await expect(contact.answer).toHaveText('Please write a message.');
  });
});
