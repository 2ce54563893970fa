// Prices in pence. The hue colours the tin on the page.
export const products = [
  { slug: 'sencha', name: 'Sencha', category: 'green', price: 850, hue: 95, stock: 14, note: 'Fresh, grassy, first harvest from Shizuoka.' },
  { slug: 'gyokuro', name: 'Gyokuro', category: 'green', price: 1850, hue: 140, stock: 5, note: 'Shaded for three weeks; sweet and deep.' },
  { slug: 'jasmine-pearls', name: 'Jasmine Pearls', category: 'green', price: 1250, hue: 75, stock: 9, note: 'Hand-rolled pearls scented with jasmine.' },
  { slug: 'assam', name: 'Assam', category: 'black', price: 690, hue: 18, stock: 30, note: 'Malty and strong; stands up to milk.' },
  { slug: 'darjeeling', name: 'Darjeeling', category: 'black', price: 1150, hue: 32, stock: 11, note: 'First flush from a single garden; floral.' },
  { slug: 'earl-grey', name: 'Earl Grey', category: 'black', price: 790, hue: 215, stock: 22, note: 'Ceylon leaf with Calabrian bergamot.' },
  { slug: 'lapsang', name: 'Lapsang Souchong', category: 'black', price: 980, hue: 8, stock: 0, note: 'Dried over pine fires; smoky.' },
  { slug: 'rooibos', name: 'Rooibos', category: 'herbal', price: 560, hue: 5, stock: 18, note: 'Red bush from the Cederberg; no caffeine.' },
  { slug: 'peppermint', name: 'Peppermint', category: 'herbal', price: 490, hue: 165, stock: 25, note: 'Whole leaves, bright and cooling.' },
  { slug: 'chamomile', name: 'Chamomile', category: 'herbal', price: 520, hue: 48, stock: 16, note: 'Whole flowers for quiet evenings.' },
  { slug: 'kettle', name: 'Copper Kettle', category: 'teaware', price: 6400, hue: 25, stock: 3, note: 'One litre, hand-hammered in Sheffield.' },
  { slug: 'cups', name: 'Pair of Cups', category: 'teaware', price: 2200, hue: 200, stock: 7, note: 'Stoneware, celadon glaze, 180 ml.' },
];

export const stores = [
  { name: 'Bristol, Harbourside', area: 'BS', street: '12 Narrow Quay', hours: '9:00 to 18:00' },
  { name: 'Bristol, Clifton', area: 'BS', street: '3 The Mall', hours: '10:00 to 17:00' },
  { name: 'Bath, Walcot', area: 'BA', street: '88 Walcot Street', hours: '9:30 to 17:30' },
  { name: 'London, Marylebone', area: 'W1', street: '41 Marylebone Lane', hours: '9:00 to 20:00' },
];

export const codes = {
  HARBOUR10: { percent: 10 },
  POSTFREE: { freeDelivery: true },
  SPRING24: { expired: true },
};
