import { art, call, card, find } from './shop.js';

const all = await call('GET', '/products');
find('.shelf').innerHTML = all.slice(0, 3).map(each => art(each)).join('');
find('[data-testid=best-sellers]').append(...all.filter(each => ['sencha', 'assam', 'earl-grey', 'peppermint'].includes(each.slug)).map(card));
