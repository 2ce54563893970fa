import { call, find, money, onSubmit, parameter, showCount } from './shop.js';

const slug = parameter('slug');

onSubmit(find('.buy'), find('.answer'), async ({ quantity }) => {
  const basket = showCount(await call('POST', `/basket/${slug}`, { quantity: Number(quantity) }));
  const line = basket.lines.find(each => each.slug === slug);
  return `${line.quantity} × ${line.name} in your basket.`;
});

find('.wish').addEventListener('click', async () => {
  await call('PUT', `/wishes/${slug}`, {});
  find('.answer').innerHTML = 'On your <a href="/wishes">wish list</a>.';
});

const product = await call('GET', `/products/${slug}`);
document.title = `${product.name} - Harbour Tea`;
find('h1').textContent = product.name;
find('.facts .kicker').textContent = product.category;
find('.note').textContent = product.note;
find('.price').textContent = money(product.price);
find('.art').classList.add(product.category);
find('.art').style.setProperty('--hue', product.hue);
if (product.stock === 0) {
  const button = find('.buy button');
  button.textContent = 'Sold out';
  button.disabled = true;
}
find('#stock').textContent = (await call('GET', `/stock/${slug}`)).text;
