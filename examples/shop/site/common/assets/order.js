import { call, find, me, money, parameter } from './shop.js';

const number = parameter('number');
const states = ['Received', 'Packed', 'Shipped'];
const linesOf = order => order.lines.map(line => `${line.quantity} × ${line.name}, ${money(line.quantity * line.price)}`);

async function refresh() {
  const order = await call('GET', `/orders/${number}`);
  find('#order-state').textContent = order.state.toLowerCase();
  states.forEach((state, index) => find(`.steps li:nth-child(${index + 1})`).classList.toggle('now', states.indexOf(order.state) >= index));
  if (order.state !== 'Shipped') setTimeout(refresh, 500);
  return order;
}

const first = refresh();

find('.print')?.addEventListener('click', async () => {
  const order = await first;
  find('.receipt pre').textContent = [`Harbour Tea, order ${order.number}`, ...linesOf(order), `Total ${money(order.total)}`].join('\n');
  find('.receipt').hidden = false;
});
find('.email').addEventListener('click', async () => {
  const { email = 'guest@example.com' } = await me;
  const { sent } = await call('POST', `/orders/${number}/receipt`, { email });
  find('.receipt-answer').textContent = `We have sent ${sent}.`;
});

const order = await first;
find('[data-testid=order-number]').textContent = order.number;
find('[data-testid=order-total]').textContent = money(order.total);
find('.ordered').innerHTML = linesOf(order).map(line => `<li>${line}</li>`).join('');
