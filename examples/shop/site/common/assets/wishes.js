import { call, card, find } from './shop.js';

function show({ wishes }) {
  find('.none').hidden = wishes.length > 0;
  find('[data-testid=wishes]').replaceChildren(
    ...wishes.map(product => {
      const item = card(product);
      const remove = document.createElement('button');
      remove.className = 'link';
      remove.title = 'Forget';
      remove.textContent = 'Forget it';
      remove.addEventListener('click', async () => show(await call('DELETE', `/wishes/${product.slug}`)));
      item.append(remove);
      return item;
    }),
  );
}

show(await call('GET', '/basket'));
