import { call, find, onSubmit } from './shop.js';

onSubmit(find('.find'), find('.answer'), async ({ postcode }) => {
  find('.answer').textContent = 'Looking …';
  find('.store-list').replaceChildren();
  const stores = await call('GET', `/stores?postcode=${encodeURIComponent(postcode)}`);
  find('.store-list').innerHTML = stores
    .map(store => `<li class="card"><h2>${store.name}</h2><p>${store.street}</p><p class="hours">${store.hours}</p></li>`)
    .join('');
  return stores.length ? `${stores.length} near you` : 'No store near you yet.';
});
