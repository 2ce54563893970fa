import { expect, test } from './support/shop-test';

const CODES = [
  { code: 'HARBOUR10', effect: 'takes ten per cent off', total: '£18.80', answer: 'Code HARBOUR10 applied.' },
  { code: 'postfree', effect: 'delivers for free', total: '£17.00', answer: 'Code POSTFREE applied.' },
  { code: 'SPRING24', effect: 'has expired', total: '£20.50', answer: 'This code has expired.' },
  { code: 'FREETEA', effect: 'is unknown', total: '£20.50', answer: 'We do not know this code.' },
];

test.describe('discount', () => {
  for (const { code, effect, total, answer } of CODES) {
    test(`code ${code} ${effect}`, async ({ basketPage, fillBasket }) => {
      await fillBasket({ sencha: 2 });
      await basketPage.open();
      await basketPage.applyCode(code);
      await expect(basketPage.answer).toHaveText(answer);
      await expect(basketPage.total).toHaveText(total);
    });
  }
});
