'use strict';
// Loaded by NODE_OPTIONS=--require into every Node process of the user's command; it acts in the one that is Playwright's
// test runner and leaves all others alone. It does three things there, each only when it is asked to:
//
// Options. Hands options to Playwright when it is started by a script that arguments do not reach (npm test, make, a shell
// script). EVENKEEL_OPTIONS is a JSON array of options. It is taken out of the environment when the options are in place, so the
// reporter can tell that they arrived.
//
// The gate. With EVENKEEL_GATE (address of the agent, on this machine) each test group waits in the runner until the agent
// grants it. What another machine has is answered for at once, as if a worker had skipped it; the reporter keeps that out of the
// results. Set-up and teardown projects and retries always pass. Whatever goes wrong here, the tests run: a test that runs
// twice is better than one that is lost.
//
// Live healing. With EVENKEEL_HEAL (address of the agent, on this machine) each worker loads evenkeel-heal.cjs, which lies beside this file.
//
// EVENKEEL_TESTS is a file with all ids, one a line, in the order to meet them. EVENKEEL_NODE_OPTIONS is what NODE_OPTIONS was before.

const LONGEST_ANSWER = 60_000; // more than the agent waits for a coordinator that is slow

function isPlaywright(program) {
  try {
    const file = require('fs').realpathSync(program);
    return /[\\/](@playwright[\\/][^\\/]+|playwright)[\\/]cli\.js$/.test(file);
  } catch {
    return false;
  }
}

/** What Playwright starts in turn has no need of this file. */
function restoreNodeOptions(env) {
  if (!('EVENKEEL_NODE_OPTIONS' in env)) return;
  if (env.EVENKEEL_NODE_OPTIONS) env.NODE_OPTIONS = env.EVENKEEL_NODE_OPTIONS;
  else delete env.NODE_OPTIONS;
  delete env.EVENKEEL_NODE_OPTIONS;
}

function safely(work, otherwise) {
  try {
    return work();
  } catch (e) {
    try {
      require('fs').writeSync(2, `evenkeel: the gate is off, the tests run without it: ${e && e.message}\n`);
    } catch {
      // stderr is gone: nobody listens
    }
    return otherwise;
  }
}

function openGate() {
  const gate = new Gate(new URL(process.env.EVENKEEL_GATE));
  // The reporter finds the gate here: it tells what must always pass and what has ended, and leaves out what ran elsewhere.
  globalThis[Symbol.for('evenkeel.gate')] = gate;
  sortGroups();
  return gate;
}

/** Stands where Playwright starts its workers. */
function attendWorkers(gate) {
  const childProcess = require('child_process');
  const fork = childProcess.fork;
  childProcess.fork = function (entry, ...rest) {
    if (/[\\/]cli\.js$/.test(String(entry))) return fork.call(this, entry, ...rest);
    const options = rest.find(argument => argument && typeof argument === 'object' && !Array.isArray(argument));
    if (options && options.env) {
      delete options.env.EVENKEEL_GATE;
      if (options.env.EVENKEEL_HEAL) healLive(options.env);
      else restoreNodeOptions(options.env);
    }
    const child = fork.call(this, entry, ...rest);
    if (gate) safely(() => gate.watch(child));
    return child;
  };
}

/** Has a worker load our other file instead of this one. */
function healLive(env) {
  const file = require('path').join(__dirname, 'evenkeel-heal.cjs').replace(/\\/g, '\\\\').replace(/"/g, '\\"');
  env.NODE_OPTIONS = `${env.EVENKEEL_NODE_OPTIONS || ''} --require "${file}"`.trim();
}

class Gate {
  constructor(address) {
    const http = require('http');
    this.http = http;
    this.address = address;
    this.connections = new http.Agent({ keepAlive: true });
    this.always = new Set(); // ids of set-up and teardown projects; the reporter fills it
    this.passed = new Set(); // ids that went on to a worker
    this.elsewhere = new Set(); // ids that another machine has
    this.ended = [];
    this.open = true;
    this.asked = 0;
    this.waitedMs = 0;
  }

  /** Holds the groups on their way to a worker. */
  watch(child) {
    const send = child.send.bind(child);
    const emit = child.emit;
    let used = false;
    // Playwright (1.41 to 1.57) expects that a worker has run something when it ends; one that only had groups of other machines stumbles
    // and would turn the run red, though nothing was set up in it that could fail.
    child.emit = function (event, message, ...rest) {
      const told = event === 'message' && message && message.method === '__dispatch__' && message.params;
      if (told && told.method === 'teardownErrors' && !used) return true;
      return emit.call(this, event, message, ...rest);
    };
    child.send = (message, ...rest) => {
      const call = message && message.method === '__dispatch__' ? message.params : undefined;
      const entries = call && call.method === 'runTestGroup' && call.params && call.params.entries;
      if (!Array.isArray(entries)) return send(message, ...rest);
      if (!this.holds(entries)) {
        used = true;
        entries.forEach(e => this.passed.add(e.testId));
        return send(message, ...rest);
      }
      const begin = process.hrtime.bigint();
      this.claim(entries.map(e => e.testId)).then(granted => {
        this.asked++;
        this.waitedMs += Number(process.hrtime.bigint() - begin) / 1e6;
        if (!child.connected) return; // the run was stopped in the meantime
        const mine = entries.filter(e => granted.has(e.testId));
        used = used || mine.length > 0;
        mine.forEach(e => this.passed.add(e.testId));
        for (const entry of entries) if (!granted.has(entry.testId)) this.skip(child, entry.testId);
        if (mine.length === entries.length) send(message, ...rest);
        else if (mine.length > 0) send({ ...message, params: { ...call, params: { ...call.params, entries: mine } } }, ...rest);
        else this.answer(child, 'done', { fatalErrors: [], skipTestsDueToSetupFailure: [], fatalUnknownTestIds: undefined });
      }).catch(() => {
        used = true;
        if (child.connected) send(message, ...rest);
      });
      return true;
    };
  }

  holds(entries) {
    return this.open && entries.length > 0 && entries.every(e => typeof e.testId === 'string' && !(e.retry > 0) && !this.always.has(e.testId));
  }

  skip(child, testId) {
    this.elsewhere.add(testId);
    this.answer(child, 'testBegin', { testId, startWallTime: Date.now() });
    this.answer(child, 'testEnd', {
      testId,
      duration: 0,
      status: 'skipped',
      expectedStatus: 'skipped',
      errors: [],
      hasNonRetriableError: false,
      annotations: [{ type: 'runs on another machine' }],
      timeout: 0,
    });
  }

  answer(child, method, params) {
    child.emit('message', { method: '__dispatch__', params: { method, params } });
  }

  /** Returns whether a test has come to its end without a worker, so that nobody has asked whose it is: Playwright does so with tests that are skipped anyway. */
  unasked(testId) {
    return this.open && !this.passed.has(testId) && !this.always.has(testId) && !this.elsewhere.has(testId);
  }

  /** Returns the ids that may run here; all of them when the agent does not answer. */
  async claim(ids) {
    try {
      const answer = await this.post('/claim', { ids });
      return new Set(answer.granted);
    } catch (e) {
      safely(() => {
        this.open = false;
        throw new Error(`the agent does not answer (${e.message})`);
      });
      return new Set(ids);
    }
  }

  /** Tells the agent of a test that will not be tried again here; never waits. */
  tell(test, result) {
    this.ended.push({ test, result });
    if (this.telling) return;
    this.telling = new Promise(done => setImmediate(done)).then(() => {
      const ended = this.ended.splice(0);
      this.telling = undefined;
      return this.post('/ended', { ended });
    }).catch(() => {});
  }

  /** Waits for what is still under way, at most for a second. */
  async close() {
    if (this.telling) await Promise.race([this.telling, new Promise(done => setTimeout(done, 1000).unref())]);
    await Promise.race([
      this.post('/closed', { asked: this.asked, waitedMs: Math.round(this.waitedMs) }).catch(() => {}),
      new Promise(done => setTimeout(done, 1000).unref()),
    ]);
    this.connections.destroy();
  }

  post(route, body) {
    return new Promise((done, failed) => {
      const text = JSON.stringify(body);
      const request = this.http.request(
        {
          host: this.address.hostname,
          port: this.address.port,
          path: this.address.pathname.replace(/\/$/, '') + route,
          method: 'POST',
          agent: this.connections,
          timeout: LONGEST_ANSWER,
          headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) },
        },
        response => {
          const chunks = [];
          response.on('data', chunk => chunks.push(chunk));
          response.on('error', failed);
          response.on('end', () => {
            if (response.statusCode !== 200) return failed(new Error(`it answered ${response.statusCode}`));
            try {
              done(JSON.parse(Buffer.concat(chunks).toString('utf8')));
            } catch (e) {
              failed(e);
            }
          });
        },
      );
      request.on('timeout', () => request.destroy(new Error(`no answer in ${LONGEST_ANSWER / 1000} s`)));
      request.on('error', failed);
      request.end(text);
    });
  }
}

/**
 * Lets the dispatcher begin with the groups that stand first in EVENKEEL_TESTS; the tests of a project, and those that share a worker, stay together. The one line is put
 * into Playwright's own file while it is loaded (dispatcher.js, or index.js of the runner from 1.60); where it does not fit, the reporter's order of files has to do.
 */
function sortGroups() {
  if (!process.env.EVENKEEL_TESTS) return;
  const Module = require('module');
  const compile = Module.prototype._compile;
  const begin = 'async run(testGroups, extraEnvByProjectId) {';
  Module.prototype._compile = function (content, file, ...rest) {
    if (typeof content === 'string' && /[\\/]runner[\\/](dispatcher|index)\.js$/.test(file) && content.includes(begin)) {
      Module.prototype._compile = compile;
      const symbol = "globalThis[Symbol.for('evenkeel.order')]";
      content = content.replace(begin, `${begin} if (${symbol}) testGroups = ${symbol}(testGroups);`);
    }
    return compile.call(this, content, file, ...rest);
  };
  globalThis[Symbol.for('evenkeel.order')] = groups => safely(() => sorted(groups), groups);
}

function sorted(groups) {
  const ids = require('fs').readFileSync(process.env.EVENKEEL_TESTS, 'utf8').split('\n').filter(Boolean);
  const place = new Map(ids.map((id, i) => [id, i]));
  const first = group => Math.min(...group.tests.map(test => (place.has(test.id) ? place.get(test.id) : Infinity)));
  const projects = new Map();
  const workers = new Map();
  const keyed = groups.map(group => ({ group, first: first(group) }));
  keyed.forEach(({ group }) => projects.has(group.projectId) || projects.set(group.projectId, projects.size));
  for (const { group, first: rank } of keyed) {
    const key = `${group.projectId} ${group.workerHash}`;
    workers.set(key, Math.min(rank, workers.has(key) ? workers.get(key) : Infinity));
  }
  const difference = (a, b) => (a === b ? 0 : a - b);
  return keyed
    .sort(
      (a, b) =>
        difference(projects.get(a.group.projectId), projects.get(b.group.projectId)) ||
        difference(workers.get(`${a.group.projectId} ${a.group.workerHash}`), workers.get(`${b.group.projectId} ${b.group.workerHash}`)) ||
        difference(a.first, b.first),
    )
    .map(({ group }) => group);
}

if (process.argv[2] === 'test' && isPlaywright(process.argv[1])) {
  const options = process.env.EVENKEEL_OPTIONS;
  if (options) {
    const end = process.argv.indexOf('--', 3);
    process.argv.splice(end < 0 ? process.argv.length : end, 0, ...JSON.parse(options));
    delete process.env.EVENKEEL_OPTIONS;
  }
  // Playwright before 1.58 starts itself once more for ESM projects; that process needs this file too.
  if (process.env.EVENKEEL_GATE || process.env.EVENKEEL_HEAL) safely(() => attendWorkers(process.env.EVENKEEL_GATE ? openGate() : undefined));
  else restoreNodeOptions(process.env);
}
