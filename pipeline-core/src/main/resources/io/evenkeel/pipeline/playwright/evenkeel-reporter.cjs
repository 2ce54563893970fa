'use strict';
// Writes what Playwright does to a local spool, selects a share of the tests, and keeps a blob report of the run.
//
// Added through PW_TEST_REPORTER, so it replaces nothing and needs no change to the project. The format of the spool is
// docs/reference/spool-events.md. It must never fail a run: whatever goes wrong inside of it is one line on stderr,
// and the tests go on. Needs Node 18; known to work with Playwright 1.40 to 1.65.
//
// Environment (the agent sets all of it; without one only EVENKEEL_DIR, _PLAN, _SHARD, _URL, _TOKEN and _RUN matter):
//   EVENKEEL_AGENT           set when an agent ships the spool
//   EVENKEEL_SPOOL           file to write; default <EVENKEEL_DIR>/spool/<executor>-<pid>-<time>.ndjson
//   EVENKEEL_PROJECT_DIR     folder that the config's path is told relative to; default the working folder
//   EVENKEEL_LIST            set when nothing may run (the agent lists the suite)
//   EVENKEEL_OPTIONS         JSON array of options that the preload had to add; still there: they were lost
//   EVENKEEL_TESTS           file with the ids to run, one a line, in the planned order (Playwright 1.62 and newer)
//   EVENKEEL_GATE            address of the agent's gate, which the preload keeps: then EVENKEEL_TESTS is an order only
//   EVENKEEL_BLOB            zip file to write; empty: none
//   EVENKEEL_CHAIN_REPORTER  a value of PW_TEST_REPORTER that was there before
const fs = require('fs');
const os = require('os');
const path = require('path');

const TEXT_LIMIT = 64 * 1024;
const BACKLOG_LIMIT = 16 * 1024 * 1024;
const NOTHING_MAY_RUN = 86; // exit status that the agent understands as "the options never arrived"
const NO_GATE = 87; // exit status that the agent understands as "the gate never opened"

const env = process.env;
const ANSI = /[\u001B\u009B](?:\][^\u0007\u001B]*(?:\u0007|\u001B\\)|[[\]()#;?]*(?:\d{1,4}(?:;\d{0,4})*)?[\dA-PR-TZcf-nq-uy=><~])/g;

function say(text) {
  try {
    fs.writeSync(2, `evenkeel: ${text}\n`);
  } catch {
    // stderr is gone: nobody listens
  }
}

function cut(value) {
  if (value === undefined || value === null) return undefined;
  const text = String(value).replace(ANSI, '');
  const bytes = Buffer.byteLength(text);
  if (bytes <= TEXT_LIMIT) return text;
  return `${Buffer.from(text).subarray(0, TEXT_LIMIT - 100).toString('utf8')} … [cut by evenkeel: ${bytes} bytes in all]`;
}

function posix(file) {
  return path.sep === '/' ? file : file.split(path.sep).join('/');
}

/** The file of events: one writer, one write for each line, never half a line that stays. */
class Spool {
  constructor(file) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    this.file = file;
    this.fd = fs.openSync(file, 'wx');
    this.seq = 0;
    this.size = 0;
    this.backlog = []; // lines that did not fit on the disk
    this.backlogBytes = 0;
    this.lost = 0;
  }

  /** Opens the file asked for, or `<name>.2.ndjson` … when one command runs Playwright more than once. */
  static open(file) {
    for (let n = 1; ; n++) {
      const name = n === 1 ? file : file.replace(/\.ndjson$/, `.${n}.ndjson`);
      try {
        return new Spool(name);
      } catch (e) {
        if (e.code !== 'EEXIST' || n >= 99) throw e;
      }
    }
  }

  event(ev, fields) {
    const line = `${JSON.stringify({ v: 1, seq: ++this.seq, t: Date.now(), ev, ...fields })}\n`;
    this.write(line);
    return line;
  }

  write(line) {
    if (this.backlog.length === 0 && this.put(line)) return;
    if (this.backlogBytes + line.length <= BACKLOG_LIMIT) {
      this.backlog.push(line);
      this.backlogBytes += line.length;
    } else {
      this.lost++;
    }
    this.retry();
  }

  retry() {
    while (this.backlog.length > 0 && this.put(this.backlog[0])) this.backlogBytes -= this.backlog.shift().length;
  }

  put(line) {
    try {
      const bytes = Buffer.from(line);
      for (let at = 0; at < bytes.length; ) at += fs.writeSync(this.fd, bytes, at, bytes.length - at, this.size + at);
      this.size += bytes.length;
      return true;
    } catch (e) {
      if (!this.complained) say(`cannot write ${this.file} (${e.code || e.message}); events are held in memory until there is room`);
      this.complained = true;
      try {
        fs.ftruncateSync(this.fd, this.size);
      } catch {
        // the cut line is ignored by every reader
      }
      return false;
    }
  }

  /** What still does not fit goes beside the system's temporary files, where the agent looks for it. */
  close() {
    if (this.fd === undefined) return;
    this.retry();
    if (this.backlog.length > 0) {
      const rest = env.EVENKEEL_SPOOL_REST || path.join(os.tmpdir(), `${path.basename(this.file, '.ndjson')}.rest.ndjson`);
      try {
        fs.writeFileSync(rest, this.backlog.join(''), { flag: 'wx', mode: 0o600 });
        say(`the disk of ${this.file} is full; its last ${this.backlog.length} events are in ${rest}`);
      } catch (e) {
        this.lost += this.backlog.length;
        say(`${this.lost} events are lost because ${this.file} cannot be written (${e.code || e.message}); free some room and run again`);
      }
    } else if (this.lost > 0) {
      say(`${this.lost} events are lost because ${this.file} could not be written for too long; free some room and run again`);
    }
    fs.closeSync(this.fd);
    this.fd = undefined;
  }
}

/** Reads which tests to run: ids in the planned order, or undefined for all. */
function share() {
  if (env.EVENKEEL_TESTS) return lines(env.EVENKEEL_TESTS);
  if (env.EVENKEEL_AGENT || !env.EVENKEEL_PLAN || !env.EVENKEEL_SHARD) return undefined;
  const index = Number(env.EVENKEEL_SHARD.split('/')[0]);
  const shard = JSON.parse(fs.readFileSync(env.EVENKEEL_PLAN, 'utf8')).shards.find(s => s.index === index);
  if (!shard) throw new Error(`${env.EVENKEEL_PLAN} has no shard ${env.EVENKEEL_SHARD}`);
  return shard.tests;
}

function lines(file) {
  return fs.readFileSync(file, 'utf8').split('\n').filter(Boolean);
}

function projectOf(suite) {
  return suite && suite.project ? suite.project() : undefined;
}

/** Playwright's own description of the whole configuration; private, so it may be missing. */
function internals(suite) {
  const project = suite.suites.map(s => s._fullProject).find(Boolean);
  return project && project.fullConfig;
}

/** The mode that rules a test: Playwright's rule for what stays in one worker. */
function modeOf(test) {
  for (let s = test.parent; s; s = s.parent) {
    const mode = s._parallelMode;
    if (mode === 'serial' || mode === 'parallel' || mode === 'default') return mode;
  }
  return 'default';
}

/**
 * Names what must stay together with a test: its file, or in a parallel file the outermost sequential block, or itself.
 * The same decision as Playwright's own createTestGroups.
 */
function groupOf(test) {
  let parallel = false;
  let sequential;
  let file = '';
  for (let s = test.parent; s; s = s.parent) {
    if (s._parallelMode === 'serial' || s._parallelMode === 'default') sequential = s;
    parallel = parallel || s._parallelMode === 'parallel';
    if (s.parent && s.parent.parent && !s.parent.parent.parent) file = s.title;
  }
  const project = (projectOf(test.parent) || {}).name || '';
  if (!parallel) return [project, file].join('\u001e');
  if (!sequential || sequential === undefined) return test.id;
  const where = sequential.location ? `${sequential.location.line}:${sequential.location.column}` : '';
  return [project, file, where, sequential.title, test.repeatEachIndex || 0].join('\u001e');
}

/** In list mode Playwright ignores test.only; a run does not. Returns the tests a run would keep. */
function afterOnly(root, tests) {
  const kept = new Set();
  const visit = suite => {
    const suites = suite.suites.filter(s => visit(s) || s._only);
    const own = (suite.tests || []).filter(t => t._only);
    for (const s of suites) if (!holds(s)) s.allTests().forEach(t => kept.add(t));
    own.forEach(t => kept.add(t));
    return suites.length + own.length > 0;
  };
  const holds = suite => suite.allTests().some(t => kept.has(t));
  return visit(root) ? tests.filter(t => kept.has(t)) : tests;
}

function serverInfo(server) {
  let port = Number(server.port) || 0;
  if (!port && server.url) {
    try {
      const url = new URL(server.url);
      if (['localhost', '127.0.0.1', '[::1]', '0.0.0.0', os.hostname()].includes(url.hostname))
        port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
    } catch {
      // no address: nothing is known of its port
    }
  }
  return { command: cut(server.command) || '', port };
}

/** Playwright's own machinery, found in the copy that is already loaded; a second copy would break the run. */
function createReporters() {
  for (const file of Object.keys(require.cache)) {
    if (!/[\\/]playwright(-test|-core)?[\\/]lib[\\/]/.test(file)) continue;
    const exported = (require.cache[file] || {}).exports;
    if (!exported || typeof exported !== 'object') continue;
    if (/[\\/]runner[\\/]reporters\.js$/.test(file) && typeof exported.createReporters === 'function') return exported.createReporters;
    if (/[\\/]runner[\\/]index\.js$/.test(file) && exported.runnerReporters && typeof exported.runnerReporters.createReporters === 'function')
      return exported.runnerReporters.createReporters;
  }
  return undefined;
}

/** Reporters that Playwright makes for us and that get every call ours gets; they may be loading when calls arrive. */
class Others {
  constructor(options) {
    this.options = options;
    this.all = [];
    this.waiting = [];
    this.loading = 0;
  }

  /** Asks Playwright for one reporter; `prepare` may change it before its first call. */
  add(what, description, chained, prepare) {
    const create = createReporters();
    if (!create) {
      say(`this Playwright is too new or too old for ${what}`);
      return;
    }
    const before = env.PW_TEST_REPORTER;
    try {
      if (chained) env.PW_TEST_REPORTER = chained;
      else delete env.PW_TEST_REPORTER;
      const config = { configDir: this.options.configDir, config: { reporter: description, tags: [] }, configCLIOverrides: {}, cliArgs: [] };
      this.loading++;
      create(config, 'merge') // the mode in which it adds no terminal reporter
        .then(made => {
          const reporter = made[made.length - 1];
          if (reporter) {
            if (prepare) prepare(reporter);
            this.all.push({ what, reporter });
          }
        })
        .catch(e => say(`${what} cannot be used: ${e.message}`))
        .then(() => {
          if (--this.loading === 0) this.waiting.splice(0).forEach(call => call());
        });
    } finally {
      env.PW_TEST_REPORTER = before;
    }
  }

  call(method, ...args) {
    if (this.loading > 0) {
      this.waiting.push(() => this.call(method, ...args));
      return;
    }
    for (const one of this.all) this.one(one, method, args);
  }

  one(one, method, args) {
    if (one.broken || typeof one.reporter[method] !== 'function') return undefined;
    try {
      return one.reporter[method](...args);
    } catch (e) {
      this.broken(one, e);
      return undefined;
    }
  }

  broken(one, e) {
    one.broken = true;
    say(`${one.what} failed: ${e && e.message}`);
  }

  async callAll(method, ...args) {
    for (let tries = 0; this.loading > 0 && tries < 1000; tries++) await new Promise(done => setTimeout(done, 5));
    for (const one of this.all) {
      try {
        await this.one(one, method, args);
      } catch (e) {
        this.broken(one, e);
      }
    }
  }
}

/** Sends the lines to the coordinator where no agent does; best effort, bounded in memory and time. */
class Shipper {
  constructor(spoolId) {
    this.base = `${env.EVENKEEL_URL.replace(/\/+$/, '')}/api/v1/runs/${encodeURIComponent(Shipper.runKey())}`;
    this.spoolId = spoolId;
    this.lines = [];
    this.bytes = 0;
    this.failures = 0;
    this.busy = Promise.resolve();
    this.timer = setInterval(() => this.send(2_000), 1_000);
    this.timer.unref();
  }

  static runKey() {
    const key = (...parts) => parts.join('-').replace(/[^A-Za-z0-9._-]/g, '-').slice(-200);
    if (env.EVENKEEL_RUN) return env.EVENKEEL_RUN;
    if (env.GITHUB_ACTIONS) return key('github', env.GITHUB_RUN_ID || '0', env.GITHUB_RUN_ATTEMPT || '1');
    if (env.GITLAB_CI) return key('gitlab', env.CI_PIPELINE_ID || '0');
    if (env.JENKINS_URL) return key('jenkins', env.BUILD_TAG || env.BUILD_ID || '0');
    if (env.CIRCLECI) return key('circle', env.CIRCLE_WORKFLOW_ID || '0');
    if (env.BUILDKITE) return key('buildkite', env.BUILDKITE_BUILD_ID || '0');
    if (env.TF_BUILD) return key('azure', env.BUILD_BUILDID || '0');
    return key('local', os.hostname(), String(Date.now()));
  }

  add(line) {
    if (this.bytes > BACKLOG_LIMIT) return; // the spool has it
    this.lines.push(line);
    this.bytes += line.length;
  }

  send(patience) {
    this.busy = this.busy.then(() => this.sendNow(patience)).catch(() => {});
    return this.busy;
  }

  async sendNow(patience) {
    const end = Date.now() + patience;
    while (this.lines.length > 0 && Date.now() < end && this.failures < 5) {
      let bytes = 0;
      let count = 0;
      while (count < this.lines.length && count < 1_000 && bytes < 4 * 1024 * 1024) bytes += this.lines[count++].length;
      const batch = this.lines.slice(0, count);
      if (!(await this.post(batch, Math.max(1, end - Date.now())))) {
        this.failures++;
        return;
      }
      this.lines.splice(0, count);
      this.bytes -= bytes;
    }
  }

  async post(batch, patience) {
    const request = (method, url, body) =>
      fetch(url, {
        method,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${env.EVENKEEL_TOKEN || ''}` },
        body,
        signal: AbortSignal.timeout(patience),
      });
    try {
      if (!this.opened) {
        const suite = env.EVENKEEL_SUITE || 'playwright';
        const answer = await request('PUT', this.base, JSON.stringify({ suite }));
        if (!answer.ok) throw new Error(`answer ${answer.status}`);
        this.opened = true;
      }
      const shard = Number((env.EVENKEEL_SHARD || '').split('/')[0]) || 0;
      const executor = env.EVENKEEL_EXECUTOR || os.hostname();
      const head = JSON.stringify({ spool: this.spoolId, shard, executor }).slice(0, -1);
      const answer = await request('POST', `${this.base}/events`, `${head},"events":[${batch.map(l => l.trim()).join(',')}]}`);
      if (!answer.ok) throw new Error(`answer ${answer.status}`);
      return true;
    } catch (e) {
      this.reason = e.message;
      return false;
    }
  }

  async finish() {
    clearInterval(this.timer);
    this.failures = 0;
    await this.send(5_000);
    if (this.lines.length > 0) say(`the coordinator did not take ${this.lines.length} events (${this.reason || 'no time left'}); they are in the spool`);
  }
}

class EvenkeelReporter {
  constructor(options) {
    this.options = options || {};
    this.outputs = new Map();
    this.undecided = []; // tests that ended without a worker, until the gate says whose they are
    this.begun = Date.now();
    if (this.options._mode === 'merge') {
      this.off = true;
      return;
    }
    this.listing = this.options._mode === 'list' || process.argv.includes('--list'); // 1.40 does not tell the mode
    this.guard(() => this.refuseWhatCannotWork());
    this.others = new Others(this.options);
    this.guard(() => {
      const id = `${(env.EVENKEEL_EXECUTOR || os.hostname()).replace(/[^A-Za-z0-9._-]/g, '-')}-${process.pid}-${Date.now()}`;
      this.spool = Spool.open(env.EVENKEEL_SPOOL || path.resolve(env.EVENKEEL_DIR || '.evenkeel', 'spool', `${id}.ndjson`));
      if (env.EVENKEEL_URL && !env.EVENKEEL_AGENT && !this.listing)
        this.shipper = new Shipper(path.basename(this.spool.file, '.ndjson'));
    });
    this.guard(() => {
      if (env.EVENKEEL_CHAIN_REPORTER)
        this.others.add(`the reporter ${env.EVENKEEL_CHAIN_REPORTER}`, [], env.EVENKEEL_CHAIN_REPORTER, undefined);
      this.addBlob();
    });
  }

  /** A run that would do something else than asked is worse than none: nothing has started yet, so leave. */
  refuseWhatCannotWork() {
    if (env.EVENKEEL_OPTIONS || (env.EVENKEEL_LIST && !process.argv.includes('--list'))) {
      say('the options of this run did not reach Playwright, so nothing was run. A script of yours sets NODE_OPTIONS: call playwright directly, or keep the value of NODE_OPTIONS in it');
      process.exit(NOTHING_MAY_RUN);
    }
    this.gate = globalThis[Symbol.for('evenkeel.gate')];
    if (env.EVENKEEL_GATE && !this.gate && !this.listing) {
      say('the gate did not open: a script of yours sets NODE_OPTIONS, or Node was started in another way; the agent goes on in batches');
      process.exit(NO_GATE);
    }
  }

  /** Returns whether another machine has the test: then nothing is told of it here. */
  elsewhere(test) {
    return this.gate !== undefined && this.gate.elsewhere.has(test.id);
  }

  addBlob() {
    if (!this.spool || this.listing) return;
    const wanted = env.EVENKEEL_BLOB;
    if (wanted === '') return;
    const name = path.basename(this.spool.file, '.ndjson');
    const file = path.resolve(wanted ? path.dirname(wanted) : path.join(path.dirname(this.spool.file), '..', 'blob'), `${name}.zip`);
    const temporary = path.join(path.dirname(file), `.${name}`);
    this.others.add('the blob report', [['blob', { outputDir: temporary }]], undefined, blob => {
      // The user's PLAYWRIGHT_BLOB_OUTPUT_… variables are for the user's own blob report.
      if (typeof blob._prepareOutputFile === 'function')
        blob._prepareOutputFile = async () => {
          fs.mkdirSync(temporary, { recursive: true });
          return path.join(temporary, 'report.zip');
        };
      this.moveBlob = () => {
        const zip = fs.existsSync(temporary) && fs.readdirSync(temporary).find(f => f.endsWith('.zip'));
        if (zip) fs.renameSync(path.join(temporary, zip), file);
        fs.rmSync(temporary, { recursive: true, force: true });
      };
    });
  }

  guard(work) {
    if (this.off) return undefined;
    try {
      return work();
    } catch (e) {
      this.off = true;
      say(`switched off, the tests go on: ${e && e.message}`);
      return undefined;
    }
  }

  event(ev, fields) {
    if (!this.spool) return;
    const line = this.spool.event(ev, fields);
    if (this.shipper) this.shipper.add(line);
  }

  printsToStdio() {
    return false;
  }

  async preprocess(params) {
    this.guard(() => this.select(params));
    if (this.others) await this.others.callAll('preprocess', params);
  }

  /** Leaves out what is not of this share and puts the rest in the planned order; with a gate, nothing is left out. */
  select({ suite, testRun }) {
    const ids = this.listing ? undefined : share();
    if (!ids) return;
    const place = new Map(ids.map((id, i) => [id, i]));
    const needed = neededOnly(suite);
    for (const project of suite.suites) {
      if (needed.has(project)) continue;
      for (const test of project.allTests()) {
        if (place.has(test.id) || this.gate) continue;
        try {
          testRun.exclude(test);
        } catch {
          // a set-up or teardown project: it runs wherever it is needed
        }
      }
      reorder(project, place, testRun);
    }
  }

  onBegin(config, suite) {
    this.guard(() => this.begin(config, suite));
    if (this.others) {
      this.others.call('onConfigure', config);
      this.others.call('onBegin', suite);
    }
  }

  begin(config, suite) {
    const inner = internals(suite) || {};
    const tests = this.listing ? afterOnly(suite, suite.allTests()) : suite.allTests();
    const roles = rolesOf(suite);
    const servers = inner.webServers || (config.webServer ? [config.webServer] : []);
    const projectDir = env.EVENKEEL_PROJECT_DIR || process.cwd();
    this.event('run.begin', {
      playwright: config.version,
      config: config.configFile ? posix(path.relative(projectDir, config.configFile)) : '',
      rootDir: config.rootDir,
      workers: config.workers,
      projects: suite.suites.map(s => this.project(config, s, roles)),
      selected: tests.length,
      outputDirs: [...new Set((config.projects || []).map(p => p.outputDir).filter(Boolean))],
      webServers: servers.map(serverInfo),
      shard: config.shard || undefined,
    });
    for (const test of tests) this.event('test', this.test(config, test));
    if (this.gate) for (const project of roles.keys()) for (const test of project.allTests()) this.gate.always.add(test.id);
  }

  project(config, suite, roles) {
    const project = projectOf(suite) || {};
    return {
      name: project.name || '',
      testDir: posix(path.relative(config.rootDir, project.testDir || config.rootDir)),
      retries: project.retries || 0,
      dependencies: project.dependencies || [],
      role: roles.get(suite) || 'test',
      outputDir: project.outputDir,
    };
  }

  test(config, test) {
    return {
      id: test.id,
      project: (projectOf(test.parent) || {}).name || '',
      file: posix(path.relative(config.rootDir, fileOf(test))),
      titles: test.titlePath().slice(3),
      line: test.location.line,
      column: test.location.column,
      tags: test.tags || test.titlePath().slice(3).join(' ').match(/@\S+/g) || [],
      mode: modeOf(test),
      expected: test.expectedStatus,
      group: groupOf(test),
    };
  }

  onTestBegin(test, result) {
    if (this.elsewhere(test) || (this.gate && this.gate.unasked(test.id))) return;
    this.guard(() => this.event('attempt.begin', { id: test.id, retry: result.retry, worker: result.workerIndex, parallel: result.parallelIndex }));
    if (this.others) this.others.call('onTestBegin', test, result);
  }

  onStepBegin(test, result, step) {
    if (this.others) this.others.call('onStepBegin', test, result, step);
  }

  onStepEnd(test, result, step) {
    if (this.others) this.others.call('onStepEnd', test, result, step);
  }

  onTestEnd(test, result) {
    if (this.elsewhere(test)) return;
    if (this.gate && this.gate.unasked(test.id)) {
      this.decideLater(test, result);
      return;
    }
    this.guard(() => {
      this.outputs.delete(`${test.id} ${result.retry}`);
      this.event('attempt.end', {
        id: test.id,
        retry: result.retry,
        status: result.status,
        expected: test.expectedStatus,
        startedAt: +result.startTime,
        durationMs: Math.max(0, Math.round(result.duration)),
        worker: result.workerIndex,
        parallel: result.parallelIndex,
        errors: (result.errors || []).map(errorInfo),
        attachments: (result.attachments || []).map(attachmentInfo),
        annotations: annotationsOf(test, result),
        failedStep: failedStep(result),
      });
      if (this.gate) this.tell(test, result);
    });
    if (this.others) this.others.call('onTestEnd', test, result);
  }

  /** Every machine skips what is skipped anyway; one of them tells of it, the one whose test it is. */
  decideLater(test, result) {
    this.undecided.push({ test, result });
    if (this.deciding) return;
    this.deciding = new Promise(done => setImmediate(done)).then(async () => {
      while (this.undecided.length > 0) {
        const batch = this.undecided.splice(0);
        const granted = await this.gate.claim(batch.map(one => one.test.id));
        for (const one of batch) {
          (granted.has(one.test.id) ? this.gate.passed : this.gate.elsewhere).add(one.test.id);
          this.onTestBegin(one.test, one.result);
          this.onTestEnd(one.test, one.result);
        }
      }
      this.deciding = undefined;
    });
  }

  /** Tells the gate of a test that will not be tried again. */
  tell(test, result) {
    const asExpected = result.status === test.expectedStatus || result.status === 'skipped';
    if (result.status !== 'interrupted' && (asExpected || result.retry >= test.retries))
      this.gate.tell(test.id, asExpected ? 'passed' : 'failed');
  }

  onStdOut(chunk, test, result) {
    this.guard(() => this.output('stdout', chunk, test, result));
    if (this.others) this.others.call('onStdOut', chunk, test, result);
  }

  onStdErr(chunk, test, result) {
    this.guard(() => this.output('stderr', chunk, test, result));
    if (this.others) this.others.call('onStdErr', chunk, test, result);
  }

  output(stream, chunk, test, result) {
    const key = test ? `${test.id} ${result ? result.retry : 0}` : '';
    const used = this.outputs.get(key) || 0;
    if (used >= TEXT_LIMIT) return;
    let bytes = Buffer.from(chunk);
    let note = '';
    if (used + bytes.length >= TEXT_LIMIT) {
      note = ' … [cut by evenkeel: more was printed]';
      bytes = bytes.subarray(0, TEXT_LIMIT - used);
    }
    this.outputs.set(key, used + bytes.length + note.length);
    this.event('output', { id: test ? test.id : undefined, stream, text: bytes.toString('utf8').replace(ANSI, '') + note });
  }

  onError(error, workerInfo) {
    this.guard(() => this.event('error', errorInfo(error)));
    if (this.others) this.others.call('onError', error, workerInfo);
  }

  async onEnd(result) {
    if (this.deciding) await this.deciding.catch(e => say(`tests that were skipped are told twice: ${e.message}`));
    this.guard(() => {
      const duration = typeof result.duration === 'number' ? result.duration : Date.now() - this.begun;
      this.event('run.end', { status: result.status, durationMs: Math.max(0, Math.round(duration)) });
    });
    if (this.others) {
      const complete = { startTime: new Date(this.begun), duration: Date.now() - this.begun, ...result };
      await this.others.callAll('onEnd', complete);
      try {
        if (this.moveBlob) this.moveBlob();
      } catch (e) {
        say(`the blob report could not be put in its place: ${e.message}`);
      }
    }
    return undefined;
  }

  async onExit() {
    if (this.others) await this.others.callAll('onExit');
    if (this.gate) await this.gate.close().catch(() => {});
    this.guard(() => {
      if (this.spool) this.spool.close();
    });
    if (this.shipper) await this.shipper.finish();
  }
}

function fileOf(test) {
  // The location of a test may lie in a helper; its file is the one Playwright has loaded.
  let file;
  for (let s = test.parent; s; s = s.parent) if (s._requireFile || (s.type || s._type) === 'file') file = s._requireFile || (s.location && s.location.file) || file;
  return file || test.location.file;
}

/** Projects that another project of this run depends on, and projects that clean up after one. */
function rolesOf(root) {
  const byName = new Map(root.suites.map(s => [(projectOf(s) || {}).name, s]));
  const roles = new Map();
  for (const suite of root.suites) {
    const inner = suite._fullProject;
    const project = projectOf(suite) || {};
    const dependencies = inner && inner.deps ? inner.deps.map(d => d.project.name) : project.dependencies || [];
    const teardown = inner && 'teardown' in inner ? inner.teardown && inner.teardown.project.name : project.teardown;
    for (const name of dependencies) if (byName.has(name)) roles.set(byName.get(name), 'setup');
    if (teardown && byName.has(teardown)) roles.set(byName.get(teardown), 'teardown');
  }
  return roles;
}

function neededOnly(root) {
  return new Set(rolesOf(root).keys());
}

/** Sorts files, and what is parallel inside of a file, by the first planned test in them; sequential blocks stay as written. */
function reorder(suite, place, testRun) {
  if (!Array.isArray(suite._entries)) return;
  const first = entry => {
    const tests = typeof entry.allTests === 'function' ? entry.allTests() : [entry];
    return Math.min(...tests.map(t => (place.has(t.id) ? place.get(t.id) : Infinity)));
  };
  const isFileLevel = !suite.parent || !suite.parent.parent;
  if (isFileLevel || testRun.mode(suite) === 'parallel') {
    const keys = new Map(suite._entries.map(e => [e, first(e)]));
    suite._entries.sort((a, b) => (keys.get(a) === keys.get(b) ? 0 : keys.get(a) - keys.get(b)));
    for (const child of suite.suites) reorder(child, place, testRun);
  }
}

function location(l) {
  return l ? { file: l.file, line: l.line, column: l.column } : undefined;
}

function errorInfo(e) {
  return {
    message: cut(e.message),
    stack: cut(e.stack),
    value: cut(e.value),
    location: location(e.location),
    snippet: cut(e.snippet),
  };
}

function attachmentInfo(a) {
  const body = a.body && a.body.length <= TEXT_LIMIT ? a.body.toString('base64') : undefined;
  return { name: a.name, contentType: a.contentType, path: a.path, body, size: a.body && !body ? a.body.length : undefined };
}

function annotationsOf(test, result) {
  const all = result.annotations && result.annotations.length ? result.annotations : test.annotations || [];
  return all.map(a => ({ type: a.type, description: cut(a.description) }));
}

/** The innermost failed action or expectation, with its locator in each of the three forms Playwright has had. */
function failedStep(result) {
  let found;
  const visit = steps => {
    for (const step of steps || []) {
      if (!step.error) continue;
      const before = found;
      visit(step.steps);
      if (found === before && (!found || ['pw:api', 'expect'].includes(step.category))) found = step;
    }
  };
  visit(result.steps);
  if (!found) return undefined;
  const title = cut(found.title) || '';
  const locator =
    (found.params && found.params.locator) ||
    (/^locator\.(.+)\.[A-Za-z]+$/s.exec(title) || [])[1] ||
    (/((?:getBy|locator|frameLocator)[A-Za-z]*\(.+\))/s.exec(title) || [])[1];
  return { title, locator: cut(locator), location: location(found.location) };
}

module.exports = EvenkeelReporter;
