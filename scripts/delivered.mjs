// Proves that a coordinator has every attempt of a run:  delivered.mjs URL RUN_KEY EVENKEEL_FOLDER
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const [url, key, folder] = process.argv.slice(2);
const spool = path.join(folder, 'spool');
const tests = new Set();
for (const name of readdirSync(spool).filter(n => n.startsWith(`${key}_s`) && n.endsWith('.ndjson'))) {
  for (const line of readFileSync(path.join(spool, name), 'utf8').split('\n')) {
    const event = line ? JSON.parse(line) : {};
    if (event.ev === 'attempt.end') tests.add(event.id);
  }
}
const list = await (await fetch(`${url}/api/v1/runs`)).json();
const run = list.runs.find(r => r.runKey === key || r.key === key);
if (!run) {
  console.error(`delivered: the coordinator does not know run ${key}.`);
  process.exit(1);
}
const detail = await (await fetch(`${url}/api/v1/runs/${run.runId ?? run.id}`)).json();
const there = new Set(JSON.stringify(detail).match(/[0-9a-f]{20}-[0-9a-f]{20}/g) ?? []);
const missing = [...tests].filter(id => !there.has(id));
console.log(`results delivered after restart: ${tests.size - missing.length} of ${tests.size} tests of run ${key}`);
process.exit(missing.length === 0 ? 0 : 1);
