// The shop's server:  node server.mjs [--port N] [--release 1|2]
// Port: --port, else PORT, else 0 (any free one). Release: --release, else RELEASE, else the file site/RELEASE.
// All state lives in this process; two servers know nothing of each other.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createApi } from './server/api.mjs';
import { Store } from './server/store.mjs';

const site = join(fileURLToPath(new URL('.', import.meta.url)), 'site');
const options = parseArgs({ options: { port: { type: 'string' }, release: { type: 'string' } } }).values;
const release = options.release ?? process.env.RELEASE ?? readFileSync(join(site, 'RELEASE'), 'utf8').trim();
const port = Number(options.port ?? process.env.PORT ?? 0);

if (!['1', '2'].includes(release)) fail(`The release (${release}) must be 1 or 2.`);
if (!Number.isInteger(port) || port < 0 || port > 65535) fail(`The port (${options.port ?? process.env.PORT}) must be a number up to 65535.`);

const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml' };
const { priceOf } = await import(`./site/release-${release}/pricing.mjs`);
const api = createApi(new Store(priceOf));

const server = createServer(async (request, response) => {
  try {
    const url = new URL(request.url, 'http://shop');
    if (url.pathname === '/healthz') return response.end('ok\n');
    if (url.pathname.startsWith('/api/')) return await api(request, response, url);
    await sendFile(response, url.pathname);
  } catch (error) {
    if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
    response.end(`${error.message}\n`);
  }
});
server.on('error', error => fail(error.code === 'EADDRINUSE' ? `Port ${port} is taken. Choose another with --port.` : error.message));
server.listen(port, '127.0.0.1', () => console.log(`Harbour Tea, release ${release}: http://127.0.0.1:${server.address().port}`));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));

// A release holds the files it changes; everything else comes from site/common.
async function read(name) {
  for (const folder of [`release-${release}`, 'common']) {
    try {
      return await readFile(join(site, folder, name));
    } catch (error) {
      if (!['ENOENT', 'EISDIR', 'ENOTDIR'].includes(error.code)) throw error;
    }
  }
  return undefined;
}

async function sendFile(response, path) {
  const name = path === '/' ? 'index.html' : normalize(decodeURIComponent(path)).replace(/^(\.\.[/\\]|[/\\])+/, '');
  const file = extname(name) ? name : `${name}.html`;
  const content = types[extname(file)] && (await read(file));
  const status = content ? 200 : 404;
  const body = content ?? (await read('not-found.html'));
  const type = content ? types[extname(file)] : types['.html'];
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(type === types['.html'] ? await withPartials(body.toString()) : body);
}

// <!-- include header.html --> stands for the content of that file.
async function withPartials(html) {
  const names = [...html.matchAll(/<!-- include (\S+) -->/g)].map(match => match[1]);
  for (const name of names) html = html.replace(`<!-- include ${name} -->`, (await read(name)).toString());
  return html;
}

function fail(message) {
  console.error(message);
  process.exit(2);
}
