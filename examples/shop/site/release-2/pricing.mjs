// What a basket costs, in pence: two pounds for gift wrap, delivery free from 30 pounds.
export function priceOf(lines, code, giftWrap) {
  const subtotal = lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
  const discount = code?.percent ?? 0;
  const delivery = subtotal === 0 || subtotal >= 3000 || code?.freeDelivery ? 0 : 350;
  const wrap = giftWrap ? 200 : 0;
  return { subtotal, discount, delivery, wrap, total: subtotal - discount + delivery + wrap };
}
