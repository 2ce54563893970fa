import { expect, test } from '@playwright/test';

// No browser: this example is about pipelines, and runs in seconds.
test('search adds up', () => {
  expect([1, 2, 3].reduce((a, b) => a + b)).toBe(6);
});

test('search takes a moment', async () => {
  await new Promise(resolve => setTimeout(resolve, 200));
  expect(process.env.EXAMPLE_BROKEN ?? '').not.toBe('search');
});
