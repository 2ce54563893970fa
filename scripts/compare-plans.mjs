// Rates two plans by what the tests really took:  compare-plans.mjs FIRST_PLAN_FOLDER EVENKEEL_FOLDER
// The load of a shard is the sum of its tests; no plan can be shorter than the mean load.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const [first, second] = process.argv.slice(2);
const timings = JSON.parse(readFileSync(path.join(second, 'timings.json'), 'utf8')).tests;
const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

function rate(folder) {
  const loads = readdirSync(folder)
    .filter(name => /^shard-\d+\.txt$/.test(name))
    .map(name =>
      readFileSync(path.join(folder, name), 'utf8')
        .split('\n')
        .filter(id => timings[id])
        .reduce((sum, id) => sum + median(timings[id].recentMs), 0));
  const bound = loads.reduce((a, b) => a + b, 0) / loads.length;
  return { makespan: Math.max(...loads) / 1000, bound: bound / 1000, ratio: Math.max(...loads) / bound };
}

const say = (name, { makespan, bound, ratio }) =>
  console.log(`${name}: makespan ${makespan.toFixed(1)} s, lower bound ${bound.toFixed(1)} s, ratio ${ratio.toFixed(3)}`);
console.log('By what the tests really took:');
say('  planned without history', rate(first));
say('  planned from history   ', rate(second));
