import { call, find, me, money, onSubmit, values } from './shop.js';

const steps = ['address', 'delivery', 'payment'];

function go(step) {
  steps.forEach((each, index) => {
    find(`#${each}`).hidden = each !== step;
    find(`.steps li:nth-child(${index + 1})`).classList.toggle('now', each === step);
  });
}

const answer = find('main > .answer');
onSubmit(find('#address'), answer, async () => go('delivery'));
onSubmit(find('#delivery'), answer, async () => {
  find('[data-testid=to-pay]').textContent = money((await call('GET', '/basket')).total);
  go('payment');
});
onSubmit(find('#payment'), answer, async ({ card }) => {
  if (card.replaceAll(' ', '').length !== 16) throw new Error('A card number has 16 digits.');
  answer.textContent = 'Talking to the bank …';
  const { number } = await call('POST', '/orders', values(find('#address')));
  location.href = `/order?number=${number}`;
});
me.then(user => {
  if (user.name) find('#name').value = user.name;
});
