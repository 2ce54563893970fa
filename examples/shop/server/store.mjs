import { randomUUID } from 'node:crypto';
import { codes, products } from './catalogue.mjs';

/** Raised for anything a customer can do wrong; the message is shown on the page. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Everything the shop remembers, in memory. Prices are computed by the release's own rule. */
export class Store {
  #priceOf;
  #baskets = new Map();
  #sessions = new Map();
  #orders = new Map();
  #users = new Map();

  constructor(priceOf) {
    this.#priceOf = priceOf;
    this.register('Ann Archer', 'ann@example.com', 'harbour-tea');
    this.register('Ben Byrne', 'ben@example.com', 'assam-at-four');
  }

  register(name, email, password) {
    if (!name) throw new Refused(400, 'Please tell us your name.');
    if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email ?? '')) throw new Refused(400, 'This is not an e-mail address.');
    if ((password ?? '').length < 8) throw new Refused(400, 'A password has at least 8 characters.');
    if (this.#users.has(email)) throw new Refused(409, 'There is an account with this address already.');
    this.#users.set(email, { name, email, password, phone: '' });
  }

  signIn(email, password) {
    const user = this.#users.get(email);
    if (!user || user.password !== password) throw new Refused(401, 'Address or password is wrong.');
    const session = randomUUID();
    this.#sessions.set(session, user);
    return session;
  }

  signOut(session) {
    this.#sessions.delete(session);
  }

  /** The signed-in user, or undefined. */
  user(session) {
    return this.#sessions.get(session);
  }

  newBasket() {
    const id = randomUUID();
    this.#baskets.set(id, { lines: new Map(), wishes: new Set(), code: undefined, giftWrap: false });
    return id;
  }

  basket(id) {
    return this.#baskets.get(id);
  }

  /** Sets how many of a product are in the basket; 0 removes the line. */
  setQuantity(basket, slug, quantity) {
    const product = products.find(each => each.slug === slug);
    if (!product) throw new Refused(404, 'We do not sell this.');
    if (!Number.isInteger(quantity) || quantity < 0 || quantity > 20) throw new Refused(400, 'Please choose between 1 and 20.');
    if (quantity > product.stock) throw new Refused(409, `Only ${product.stock} left.`);
    if (quantity === 0) basket.lines.delete(slug);
    else basket.lines.set(slug, quantity);
  }

  applyCode(basket, text) {
    const code = codes[String(text).trim().toUpperCase()];
    if (!code) throw new Refused(404, 'We do not know this code.');
    if (code.expired) throw new Refused(410, 'This code has expired.');
    basket.code = code;
  }

  /** The basket as pages show it: lines with names and prices, and what they cost together. */
  view(basket) {
    const lines = [...(basket?.lines ?? [])].map(([slug, quantity]) => {
      const { name, price, hue, category } = products.find(each => each.slug === slug);
      return { slug, name, price, hue, category, quantity };
    });
    const count = lines.reduce((sum, line) => sum + line.quantity, 0);
    const wishes = [...(basket?.wishes ?? [])].map(slug => products.find(each => each.slug === slug));
    return { lines, count, wishes, giftWrap: basket?.giftWrap ?? false, ...this.#priceOf(lines, basket?.code, basket?.giftWrap) };
  }

  /** Turns the basket into an order and empties it. */
  order(basket, user, address) {
    const bill = this.view(basket);
    if (bill.count === 0) throw new Refused(400, 'Your basket is empty.');
    if (!address?.name || !address?.street) throw new Refused(400, 'Please complete the address.');
    const number = `HT-${1001 + this.#orders.size}`;
    this.#orders.set(number, { number, owner: user?.email, address, lines: bill.lines, total: bill.total, placed: Date.now() });
    basket.lines.clear();
    basket.code = undefined;
    basket.giftWrap = false;
    return number;
  }

  /** An order with its state, which changes while the warehouse works on it. */
  orderState(number) {
    const order = this.#orders.get(number);
    if (!order) throw new Refused(404, 'There is no such order.');
    const age = Date.now() - order.placed;
    return { ...order, state: age < 1_500 ? 'Received' : age < 3_500 ? 'Packed' : 'Shipped' };
  }

  ordersOf(user) {
    return [...this.#orders.values()].filter(order => order.owner === user.email).reverse();
  }
}
