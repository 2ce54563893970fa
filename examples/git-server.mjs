#!/usr/bin/env node
// A git server over smart HTTP with basic authentication, for the demo: git's own http-backend behind Node's HTTP server.
//
//   node examples/git-server.mjs --root FOLDER [--port N] [--user NAME --password-file FILE]
//
// Serves every bare repository below FOLDER at http://127.0.0.1:PORT/<path>.git. Prints one line, the address, on standard
// output when it is ready; ends with SIGTERM, SIGINT or the end of standard input (so that it never outlives a script that
// holds the other end). Repositories take pushes when their config says http.receivepack=true.

import { spawn, execFileSync } from 'node:child_process';
import { createHash, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';

const options = {};
for (let i = 2; i < process.argv.length; i += 2) {
  const name = process.argv[i].replace(/^--/, '');
  if (!['root', 'port', 'user', 'password-file'].includes(name) || process.argv[i + 1] === undefined) {
    fail('usage: git-server.mjs --root FOLDER [--port N] [--user NAME --password-file FILE]');
  }
  options[name] = process.argv[i + 1];
}
if (!options.root || !existsSync(options.root) || !statSync(options.root).isDirectory()) {
  fail('--root must name an existing folder that holds bare repositories.');
}
if (!options.user !== !options['password-file']) fail('--user and --password-file belong together.');

const root = realpathSync(options.root);
const backend = path.join(execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim(), 'git-http-backend');
if (!existsSync(backend)) fail(`git has no http-backend (${backend}). Install the full git package.`);
const login = options.user
  ? `${options.user}:${readFileSync(options['password-file'], 'utf8').replace(/\r?\n$/, '')}`
  : undefined;

function fail(message) {
  process.stderr.write(`git-server: ${message}\n`);
  process.exit(2);
}

const digest = text => createHash('sha256').update(text).digest();

function authorized(request) {
  if (login === undefined) return true;
  const [scheme, value = ''] = (request.headers.authorization ?? '').split(' ');
  if (scheme.toLowerCase() !== 'basic') return false;
  return timingSafeEqual(digest(Buffer.from(value, 'base64').toString('utf8')), digest(login));
}

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://127.0.0.1');
  if (!authorized(request)) {
    request.resume();
    response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="git"', 'Content-Type': 'text/plain' }).end('log in\n');
    return;
  }
  const backendProcess = spawn(backend, [], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_COUNT: '1', // the folder may belong to somebody else in a container
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: '*',
      PATH_INFO: decodeURIComponent(url.pathname),
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      CONTENT_LENGTH: request.headers['content-length'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      HTTP_GIT_PROTOCOL: request.headers['git-protocol'] ?? '',
      GIT_PROTOCOL: request.headers['git-protocol'] ?? '',
      REMOTE_ADDR: '127.0.0.1',
      ...(login === undefined ? {} : { REMOTE_USER: options.user }),
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  backendProcess.on('error', () => response.headersSent || response.writeHead(500).end());
  backendProcess.stdin.on('error', () => {}); // the backend may answer before it has read everything
  request.pipe(backendProcess.stdin);
  response.on('close', () => backendProcess.kill());

  // CGI: headers, an empty line, the body.
  let head = Buffer.alloc(0);
  const readHead = chunk => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    backendProcess.stdout.off('data', readHead);
    let status = 200;
    const headers = {};
    for (const line of head.subarray(0, end).toString('latin1').split('\r\n')) {
      const colon = line.indexOf(':');
      const name = line.slice(0, colon);
      const value = line.slice(colon + 1).trim();
      if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10);
      else headers[name] = value;
    }
    response.writeHead(status, headers);
    response.write(head.subarray(end + 4));
    backendProcess.stdout.pipe(response);
  };
  backendProcess.stdout.on('data', readHead);
  backendProcess.stdout.on('end', () => {
    if (!response.headersSent) response.writeHead(500).end('git-http-backend gave no answer\n');
  });
});

const end = () => {
  server.close();
  server.closeAllConnections();
  process.exit(0);
};
process.on('SIGTERM', end);
process.on('SIGINT', end);
process.stdin.on('end', end).on('error', end).resume();
server.on('error', error => fail(`cannot listen (${error.message}). Choose another --port.`));
server.listen(Number(options.port ?? 0), '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${server.address().port}\n`);
});
