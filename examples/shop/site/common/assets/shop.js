// What every page needs: the API, money, the header and the newsletter.

/** Calls the shop's API; a refusal is thrown with the message for the customer. */
export async function call(method, path, body) {
  const response = await fetch(`/api${path}`, { method, headers: { 'content-type': 'application/json' }, body: body && JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

export const find = selector => document.querySelector(selector);
export const money = pence => `£${(pence / 100).toFixed(2)}`;
export const values = form => Object.fromEntries(new FormData(form));
export const parameter = name => new URLSearchParams(location.search).get(name);

/** Runs the action when the form is sent, and shows its answer or its error in the element. */
export function onSubmit(form, output, action) {
  form.addEventListener('submit', async event => {
    event.preventDefault();
    try {
      output.textContent = (await action(values(form))) ?? '';
      output.classList.remove('bad');
    } catch (error) {
      output.textContent = error.message;
      output.classList.add('bad');
    }
  });
}

export function showCount(basket) {
  find('[data-testid=basket-count]').textContent = basket.count;
  return basket;
}

/** The picture of a product, drawn by the style sheet in the product's colour. */
export const art = (product, size = '') => `<div class="art ${product.category} ${size}" style="--hue: ${product.hue}"></div>`;

/** A product's card; its button puts one into the basket. */
export function card(product) {
  const article = document.createElement('article');
  article.className = 'item';
  article.innerHTML = `<a href="/product?slug=${product.slug}">${art(product)}<h3>${product.name}</h3></a>
    <p>${product.note}</p>
    <div class="row"><span class="price">${money(product.price)}</span>
    <button class="quiet" data-testid="quick-add-${product.slug}" ${product.stock ? '' : 'disabled'}>${product.stock ? 'Quick add' : 'Sold out'}</button></div>`;
  article.querySelector('button').addEventListener('click', async () => showCount(await call('POST', `/basket/${product.slug}`, {})));
  return article;
}

// Until the page's scripts have run, its controls would do nothing; the style sheet lets clicks wait for this mark.
document.addEventListener('DOMContentLoaded', () => document.documentElement.classList.add('ready'));

const menuButton = find('.menu-button');
menuButton.addEventListener('click', () => {
  const open = find('#menu').classList.toggle('open');
  menuButton.setAttribute('aria-expanded', open);
});

onSubmit(find('.newsletter'), find('.newsletter-answer'), async ({ email }) => {
  const { address } = await call('POST', '/newsletter', { email });
  return `The next letter goes to ${address}.`;
});

export const me = call('GET', '/me').then(user => {
  if (user.name) {
    find('.account-link').textContent = user.name;
    find('.account-link').href = '/account';
  }
  return user;
});

if (!find('.basket')) call('GET', '/basket').then(showCount);
