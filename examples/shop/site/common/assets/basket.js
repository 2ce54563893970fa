import { art, call, find, money, onSubmit, showCount } from './shop.js';

function row(line) {
  const row = document.createElement('tr');
  row.innerHTML = `<td>${art(line, 'tiny')}<a href="/product?slug=${line.slug}">${line.name}</a></td>
    <td>${money(line.price)}</td>
    <td><input type="number" min="1" max="20" value="${line.quantity}" aria-label="Quantity of ${line.name}"></td>
    <td class="sum">${money(line.price * line.quantity)}</td>
    <td><button class="link" aria-label="Remove ${line.name}">×</button></td>`;
  row.querySelector('input').addEventListener('change', event => set(line.slug, Number(event.target.value)));
  row.querySelector('button').addEventListener('click', () => set(line.slug, 0));
  return row;
}

async function set(slug, quantity) {
  try {
    show(await call('PUT', `/basket/${slug}`, { quantity }));
    find('.answer').textContent = '';
  } catch (error) {
    find('.answer').textContent = error.message;
  }
}

function show(basket) {
  showCount(basket);
  find('.empty').hidden = basket.count > 0;
  find('.basket').hidden = basket.count === 0;
  find('.lines tbody').replaceChildren(...basket.lines.map(row));
  find('.gift-wrap input').checked = basket.giftWrap;
  for (const part of ['subtotal', 'delivery', 'wrap', 'total']) find(`[data-testid=${part}]`).textContent = money(basket[part]);
  find('[data-testid=discount]').textContent = basket.discount ? `-${money(basket.discount)}` : money(0);
}

find('.gift-wrap input').addEventListener('change', async event => show(await call('PUT', '/gift-wrap', { on: event.target.checked })));
onSubmit(find('.code'), find('.options .answer'), async ({ code }) => {
  show(await call('POST', '/discount', { code }));
  return `Code ${code.trim().toUpperCase()} applied.`;
});
show(await call('GET', '/basket'));
