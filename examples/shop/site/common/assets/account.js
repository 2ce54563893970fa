import { call, find, me, money, onSubmit } from './shop.js';

onSubmit(find('.profile'), find('.profile .answer'), async ({ phone }) => {
  await call('PUT', '/me', { phone });
  return 'Profile saved.';
});
find('.sign-out').addEventListener('click', async () => {
  await call('DELETE', '/session');
  location.href = '/';
});

const user = await me;
if (!user.name) location.href = '/login';
find('[data-testid=greeting]').textContent = `Good to see you, ${user.name}.`;
find('#profile-email').value = user.email;
find('#phone').value = user.phone;

const orders = await call('GET', '/orders');
find('.no-orders').hidden = orders.length > 0;
find('.orders tbody').innerHTML = orders
  .map(order => `<tr><td><a href="/order?number=${order.number}">${order.number}</a></td><td>${money(order.total)}</td></tr>`)
  .join('');
