import { call, card, find, parameter } from './shop.js';

const buttons = [...document.querySelectorAll('.filters button')];
let category = 'all';

async function show() {
  const word = parameter('q');
  const query = word === null ? `/products?category=${category}&sort=${find('#sort').value}` : `/search?q=${encodeURIComponent(word)}`;
  const found = await call('GET', query);
  find('[data-testid=catalogue]').replaceChildren(...found.map(card));
  find('.count').textContent = word === null ? `${found.length} products` : `${found.length} results for “${word}”`;
}

for (const button of buttons)
  button.addEventListener('click', () => {
    category = button.value;
    for (const each of buttons) each.setAttribute('aria-pressed', each === button);
    show();
  });
find('#sort').addEventListener('change', show);
await show();
