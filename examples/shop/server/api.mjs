import { setTimeout as delay } from 'node:timers/promises';
import { products, stores } from './catalogue.mjs';
import { Refused } from './store.mjs';

const maxBody = 64 * 1024;

/** Makes the request handler of everything below /api/. */
export function createApi(store) {
  // [method, path, milliseconds the work behind it takes, handler]; {name} matches one path segment.
  const routes = [
    ['GET', '/products', 0, ({ query }) => listed(query)],
    ['GET', '/search', 250, ({ query }) => found(query.get('q') ?? '')],
    ['GET', '/products/{slug}', 0, ({ slug }) => product(slug)],
    ['GET', '/stock/{slug}', 400, ({ slug }) => ({ text: stockText(product(slug)) })],
    ['GET', '/stores', 800, ({ query }) => near(query.get('postcode') ?? '')],
    ['GET', '/basket', 0, ({ basket }) => store.view(basket())],
    ['PUT', '/basket/{slug}', 0, ({ basket, slug, body }) => (store.setQuantity(basket(), slug, body.quantity), store.view(basket()))],
    ['POST', '/basket/{slug}', 100, ({ basket, slug, body }) => add(basket(), slug, body.quantity ?? 1)],
    ['POST', '/discount', 300, ({ basket, body }) => (store.applyCode(basket(), body.code), store.view(basket()))],
    ['PUT', '/gift-wrap', 100, ({ basket, body }) => ((basket().giftWrap = body.on === true), store.view(basket()))],
    ['PUT', '/wishes/{slug}', 100, ({ basket, slug }) => (basket().wishes.add(product(slug).slug), store.view(basket()))],
    ['DELETE', '/wishes/{slug}', 100, ({ basket, slug }) => (basket().wishes.delete(slug), store.view(basket()))],
    ['POST', '/orders', 1_200, ({ basket, user, body }) => ({ number: store.order(basket(), user, body) })],
    ['GET', '/orders', 100, ({ user }) => store.ordersOf(signedIn(user))],
    ['GET', '/orders/{number}', 0, ({ number }) => store.orderState(number)],
    ['POST', '/orders/{number}/receipt', 500, ({ number, body }) => ({ sent: sent(store.orderState(number), body.email) })],
    ['GET', '/me', 0, ({ user }) => (user ? { name: user.name, email: user.email, phone: user.phone } : {})],
    ['PUT', '/me', 300, ({ user, body }) => ((signedIn(user).phone = String(body.phone ?? '')), {})],
    ['POST', '/register', 300, ({ body }) => (store.register(body.name, body.email, body.password), {})],
    ['POST', '/session', 150, ({ body, setCookie }) => (setCookie('session', store.signIn(body.email, body.password)), {})],
    ['DELETE', '/session', 0, ({ cookies }) => (store.signOut(cookies.session), {})],
    ['POST', '/newsletter', 250, ({ body }) => ({ address: address(body.email) })],
    ['POST', '/contact', 600, ({ body }) => (address(body.email), required(body.message, 'Please write a message.'), {})],
  ].map(([method, path, work, handle]) => ({ method, work, handle, pattern: pattern(path) }));

  function add(basket, slug, quantity) {
    store.setQuantity(basket, slug, (basket.lines.get(slug) ?? 0) + quantity);
    return store.view(basket);
  }

  return async (request, response, url) => {
    const headers = [['content-type', 'application/json']];
    const cookies = Object.fromEntries((request.headers.cookie ?? '').split('; ').map(pair => pair.split('=')));
    const setCookie = (name, value) => {
      cookies[name] = value;
      headers.push(['set-cookie', `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=86400`]);
    };
    const basket = () => {
      if (!store.basket(cookies.basket)) setCookie('basket', store.newBasket());
      return store.basket(cookies.basket);
    };
    let [status, answer] = [404, { error: 'There is nothing here.' }];
    for (const { method, work, handle, pattern } of routes) {
      const match = pattern.exec(url.pathname);
      if (method !== request.method || !match) continue;
      try {
        const body = request.method === 'GET' ? {} : await json(request);
        await delay(work);
        const user = store.user(cookies.session);
        [status, answer] = [200, await handle({ ...match.groups, query: url.searchParams, body, cookies, setCookie, basket, user })];
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        [status, answer] = [error.status, { error: error.message }];
      }
      break;
    }
    for (const [name, value] of headers) response.appendHeader(name, value);
    response.writeHead(status).end(JSON.stringify(answer));
  };
}

function pattern(path) {
  return new RegExp(`^/api${path.replace(/\{(\w+)\}/g, '(?<$1>[\\w-]+)')}$`);
}

async function json(request) {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > maxBody) throw new Refused(413, 'This is too long.');
  }
  try {
    return Object(JSON.parse(text || '{}'));
  } catch {
    throw new Refused(400, 'The request is not JSON.');
  }
}

function listed(query) {
  const category = query.get('category') ?? 'all';
  const chosen = products.filter(each => category === 'all' || each.category === category);
  return query.get('sort') === 'price' ? chosen.toSorted((a, b) => a.price - b.price) : chosen;
}

function found(text) {
  const word = text.trim().toLowerCase();
  return word ? products.filter(each => `${each.name} ${each.note}`.toLowerCase().includes(word)) : [];
}

function product(slug) {
  const one = products.find(each => each.slug === slug);
  if (!one) throw new Refused(404, 'We do not sell this.');
  return one;
}

function stockText({ stock }) {
  return stock === 0 ? 'Sold out' : stock < 6 ? `Only ${stock} left` : 'In stock';
}

function near(postcode) {
  const area = /^[A-Z]+\d?/.exec(postcode.trim().toUpperCase())?.[0];
  if (!area) throw new Refused(400, 'Please enter a postcode.');
  return stores.filter(each => area.startsWith(each.area) || each.area.startsWith(area));
}

function signedIn(user) {
  if (!user) throw new Refused(401, 'Please sign in.');
  return user;
}

function address(text) {
  if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text ?? '')) throw new Refused(400, 'This is not an e-mail address.');
  return text;
}

function required(text, message) {
  if (!text) throw new Refused(400, message);
  return text;
}

function sent(order, email) {
  return `${order.number} to ${address(email)}`;
}
