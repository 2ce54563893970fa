import { find } from './shop.js';

const articles = [...document.querySelectorAll('.faq article')];
for (const article of articles) {
  const button = article.querySelector('button');
  button.addEventListener('click', () => {
    const answer = article.querySelector('p');
    answer.hidden = !answer.hidden;
    button.setAttribute('aria-expanded', !answer.hidden);
  });
}
find('#faq-filter').addEventListener('input', event => {
  const word = event.target.value.toLowerCase();
  for (const article of articles) article.hidden = !article.textContent.toLowerCase().includes(word);
});
