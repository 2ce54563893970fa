export const USER = { name: 'Ann Archer', email: 'ann@example.com', password: 'harbour-tea' };
export const OTHER_USER = { name: 'Ben Byrne', email: 'ben@example.com', password: 'assam-at-four' };

export const TEST_IDS = {
  basketCount: 'basket-count',
  checkout: 'checkout-button',
  orderNumber: 'order-number',
  total: 'total',
} as const;

export const PRODUCTS = {
  sencha: { slug: 'sencha', name: 'Sencha', price: '£8.50' },
  assam: { slug: 'assam', name: 'Assam', price: '£6.90' },
  earlGrey: { slug: 'earl-grey', name: 'Earl Grey', price: '£7.90' },
  gyokuro: { slug: 'gyokuro', name: 'Gyokuro', price: '£18.50' },
  lapsang: { slug: 'lapsang', name: 'Lapsang Souchong', price: '£9.80' },
  kettle: { slug: 'kettle', name: 'Copper Kettle', price: '£64.00' },
} as const;
