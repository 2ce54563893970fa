import { PRODUCTS } from './support/constants';
import { expect, test } from './support/shop-test';

test.describe('api', { tag: '@api' }, () => {
  for (const { slug, name, price } of Object.values(PRODUCTS)) {
    test(`knows the price of ${name}`, async ({ request }) => {
      const product = await (await request.get(`/api/products/${slug}`)).json();
      expect(`£${(product.price / 100).toFixed(2)}`).toBe(price);
    });
  }

  for (const path of ['products/coffee', 'orders/HT-9999', 'nothing']) {
    test(`answers 404 for ${path}`, async ({ request }) => {
      expect((await request.get(`/api/${path}`)).status()).toBe(404);
    });
  }

  test('keeps account data to its owner', async ({ request }) => {
    expect((await request.get('/api/orders')).status()).toBe(401);
  });
});
