import { call, find, onSubmit } from './shop.js';

onSubmit(find('.sign-in'), find('.sign-in .answer'), async credentials => {
  await call('POST', '/session', credentials);
  location.href = '/account';
});
onSubmit(find('.register'), find('.register .answer'), async person => {
  await call('POST', '/register', person);
  return 'Welcome. You can sign in now.';
});
