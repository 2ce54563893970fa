import { join } from 'node:path';
import { test as base, type APIRequestContext, type TestInfo } from '@playwright/test';
import { BasketPage } from '../../pages/basket-page';
import { CataloguePage } from '../../pages/catalogue-page';
import { ProductPage } from '../../pages/product-page';

/** Where the setup project leaves the signed-in state: below the run's own output folder, so that runs do not meet. */
export const stateFile = (testInfo: TestInfo) => join(testInfo.project.outputDir, 'signed-in', 'user.json');

type Fixtures = {
  /** True for tests that need a signed-in customer. */
  signedIn: boolean;
  basketPage: BasketPage;
  cataloguePage: CataloguePage;
  productPage: ProductPage;
  /** Puts products into the test's own basket without going through pages. */
  fillBasket: (quantities: Record<string, number>) => Promise<void>;
  /** Orders one tin of Sencha and returns the order's number. */
  placeOrder: () => Promise<string>;
};

export const test = base.extend<Fixtures>({
  signedIn: [false, { option: true }],
  storageState: async ({ signedIn }, use, testInfo) => use(signedIn ? stateFile(testInfo) : undefined),
  basketPage: async ({ page }, use) => use(new BasketPage(page)),
  cataloguePage: async ({ page }, use) => use(new CataloguePage(page)),
  productPage: async ({ page }, use) => use(new ProductPage(page)),
  fillBasket: async ({ page }, use) => use(quantities => putIntoBasket(page.request, quantities)),
  placeOrder: async ({ page }, use) =>
    use(async () => {
      await putIntoBasket(page.request, { sencha: 1 });
      const response = await page.request.post('/api/orders', { data: { name: 'Ann Archer', street: '1 Quay' } });
      return (await response.json()).number;
    }),
});

export { expect } from '@playwright/test';

async function putIntoBasket(request: APIRequestContext, quantities: Record<string, number>) {
  for (const [slug, quantity] of Object.entries(quantities)) await request.put(`/api/basket/${slug}`, { data: { quantity } });
}
