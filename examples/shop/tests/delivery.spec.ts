import { expect, test } from './support/shop-test';

test.describe('delivery', { tag: '@api' }, () => {
  for (const [what, basket, cost] of [
    ['a small basket', { assam: 1 }, 350],
    ['just below the limit', { sencha: 3 }, 350],
    ['a large basket', { kettle: 1 }, 0],
  ] as const) {
    test(`costs £${(cost / 100).toFixed(2)} for ${what}`, async ({ request }) => {
      for (const [slug, quantity] of Object.entries(basket)) await request.put(`/api/basket/${slug}`, { data: { quantity } });
      expect(await (await request.get('/api/basket')).json()).toMatchObject({ delivery: cost });
    });
  }
});
