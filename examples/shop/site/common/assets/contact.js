import { call, find, onSubmit } from './shop.js';

onSubmit(find('.contact'), find('.contact .answer'), async message => {
  await call('POST', '/contact', message);
  find('.contact').reset();
  return `Thank you, ${message.name || 'friend of tea'}. We write back soon.`;
});
