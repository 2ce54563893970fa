'use strict';
// Loaded into Playwright's workers by evenkeel-preload.cjs when a run heals live (EVENKEEL_HEAL: address of the agent, on this machine).
//
// Everything a locator, a page or a frame is told to do becomes one message from Playwright's client to its server: "Frame, click, {selector}".
// This file stands there. Before an action is sent it waits for the element to be in the page, for a part of the time the action has; as a rule it
// is there, and the action goes on as if nothing had been asked. Where nothing appears, the agent is shown the page, and may name one other
// locator; the action is sent once with that one, if it finds exactly one element. Everything else is what Playwright does by itself: an action
// is never sent twice, what it throws is what Playwright throws, and the test's own time limit goes on counting.
//
// Why wait before the action and not let it fail first: an action that has found its element and ran out of time may have clicked, so it cannot be
// sent again; and without a limit of its own (Playwright's default) it only fails when the test is over.
//
// Assertions are other messages and pass untouched. Whatever is not as expected here switches all of this off, with one line on stderr.

/** Messages of a Frame that act on one element, and where each has its selector. */
const ACTIONS = new Map(
  ['click', 'dblclick', 'fill', 'check', 'uncheck', 'hover', 'press', 'type', 'selectOption', 'setInputFiles', 'tap']
    .map(method => [method, 'selector'])
    .concat([['dragAndDrop', 'source']]),
);

const LONGEST_WAIT = 5_000; // ms before the agent is asked; a page that takes longer is slow, and is slow without us too
const KNOWN_WAIT = 1_000; // the same for a locator that was healed in this worker before
const SHORTEST_LIMIT = 1_000; // an action with less time than this is one of a loop that tries again
const PAGE_PATIENCE = 5_000; // for the page to list its elements
const AGENT_PATIENCE = 20_000; // the first answer of a run reads the sources and the models
const HEALED_LIMIT = 10_000; // for the healed action where the test sets no limit: it must not hang instead of failing
const LARGEST_PAGE = 8 * 1024 * 1024;
const MOST_ELEMENTS = 100_000;

class LiveHealing {
  constructor(address) {
    this.http = require('http');
    this.address = address;
    this.off = false;
    this.healed = new Set(); // locators that were healed in this worker
  }

  switchOff(reason) {
    if (this.off) return;
    this.off = true;
    try {
      require('fs').writeSync(2, `evenkeel: live healing is off, the tests go on without it: ${reason}\n`);
    } catch {
      // stderr is gone: nobody listens
    }
  }

  /** Stands between the client and its server. Nothing is changed when this Playwright is not built as expected. */
  install(playwright) {
    const connection = playwright.chromium._connection;
    const prototype = Object.getPrototypeOf(connection);
    const send = prototype.sendMessageToServer;
    // (object, method, params, apiName, frames, wallTime or stepId) before 1.5x, (object, method, params, options) since.
    if (typeof send !== 'function' || ![4, 6].includes(send.length)) throw new Error('this version of Playwright sends its messages in another way');
    const healing = this;
    prototype.sendMessageToServer = function (object, method, params, ...rest) {
      const plainly = () => send.call(this, object, method, params, ...rest);
      if (healing.off || !ACTIONS.has(method) || object._type !== 'Frame') return plainly();
      let call;
      let test;
      try {
        call = new Call(this, send, object, method, params, rest);
        test = currentTest();
        if (!test || !call.concerned()) return plainly();
      } catch (e) {
        healing.switchOff(e.message);
        return plainly();
      }
      return healing.act(call, test);
    };
  }

  async act(call, test) {
    const begun = Date.now();
    let repair;
    try {
      if (await this.appears(call, this.patience(call, test))) return this.original(call, begun);
      repair = stillRuns(test) ? await this.ask(call, test) : undefined;
    } catch (e) {
      this.switchOff(e.message);
    }
    if (!repair || !stillRuns(test)) return this.original(call, begun);
    let result;
    try {
      result = await call.send(repair.selector, call.limit === 0 ? HEALED_LIMIT : Math.max(call.left(begun), Math.floor(call.limit / 2)));
    } catch (e) {
      this.tell(repair, 'failed', test);
      // Once something was done to the page there is no way back; else the test fails as it would have without us.
      if (/performing .* action| action done/.test(e.message)) throw e;
      return this.original(call, begun);
    }
    this.healed.add(call.selector);
    await this.tell(repair, 'passed', test);
    return result;
  }

  /** Half of what the action has: the other half is the healed one's, however long the agent thinks. Without a limit of its own, a part of what the test has. */
  patience(call, test) {
    const most = this.healed.has(call.selector) ? KNOWN_WAIT : LONGEST_WAIT;
    if (call.limit > 0) return Math.min(most, Math.floor(call.limit / 2));
    return test.timeout > 0 ? Math.min(most, Math.floor(test.timeout / 4)) : most;
  }

  /** Returns whether the action may be sent as it is; also when something else is wrong: Playwright says that better. */
  async appears(call, patience) {
    try {
      await call.quietly('waitForSelector', { selector: call.selector, strict: false, state: 'attached', omitReturnValue: true, timeout: patience }, patience);
      return true;
    } catch (e) {
      return !/Timeout \d+ms exceeded/.test(String(e && e.message));
    }
  }

  /** The action of the test with what is left of its time; its error tells the time it had in all. */
  async original(call, begun) {
    const left = call.left(begun);
    try {
      return await call.send(call.selector, left);
    } catch (e) {
      if (left > 0) e.message = String(e.message).replace(`Timeout ${left}ms exceeded`, `Timeout ${call.limit}ms exceeded`);
      throw e;
    }
  }

  /** Returns {id, selector, words} of the one element the agent is sure of, if there is one. */
  async ask(call, test) {
    this.script = this.script || (await this.post('/script', {})).script;
    const list = `document.readyState === 'complete' ? (${this.script}\n)([${MOST_ELEMENTS}, 0, 0]).json : ''`;
    const answered = call.quietly('evaluateExpression', { expression: list, isFunction: false, arg: { value: { v: 'undefined' }, handles: [] } }, PAGE_PATIENCE);
    const read = await within(PAGE_PATIENCE, answered.catch(() => undefined));
    const page = read && read.value && read.value.s;
    if (typeof page !== 'string' || page === '' || page.length > LARGEST_PAGE) return undefined; // it loads, or hangs, or is too large
    const answer = await this.post('/ask', {
      test: test.testId,
      locator: String(call.frame.locator(call.selector)),
      action: call.method === 'dragAndDrop' ? 'dragTo' : call.method,
      place: call.place(),
      url: call.frame.url(),
      testIdAttribute: (test.project.use && test.project.use.testIdAttribute) || 'data-testid',
      page,
    });
    if (!Array.isArray(answer.locator)) return undefined;
    const locator = revive(answer.locator, call.frame);
    const selector = locator._selector;
    if (typeof selector !== 'string') throw new Error('this version of Playwright keeps its selectors elsewhere');
    if ((await call.count(selector)) !== 1 || (await call.count(call.selector)) !== 0) return undefined;
    return { id: answer.id, selector, words: `${String(call.frame.locator(call.selector))} → ${String(locator)}` };
  }

  /** Marks the test, and lets the agent know. The mark is what counts: it goes the way of the results. */
  async tell(repair, result, test) {
    if (result === 'passed') test.annotations.push({ type: 'healed', description: repair.words });
    await this.post('/done', { id: repair.id, result }).catch(e => this.switchOff(e.message));
  }

  post(route, body) {
    return new Promise((done, failed) => {
      const text = JSON.stringify(body);
      const request = this.http.request(
        `${this.address.replace(/\/$/, '')}${route}`,
        {
          method: 'POST',
          agent: false,
          headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) },
        },
        response => {
          const chunks = [];
          response.on('data', chunk => chunks.push(chunk));
          response.on('error', failed);
          response.on('end', () => {
            clearTimeout(timer);
            if (response.statusCode !== 200) return failed(new Error(`the agent answered ${response.statusCode}`));
            try {
              done(JSON.parse(Buffer.concat(chunks).toString('utf8')));
            } catch (e) {
              failed(e);
            }
          });
        },
      );
      const timer = setTimeout(() => request.destroy(new Error(`no answer in ${AGENT_PATIENCE / 1000} s`)), AGENT_PATIENCE);
      timer.unref();
      request.on('error', e => {
        clearTimeout(timer);
        failed(new Error(`the agent does not answer (${e.message})`));
      });
      request.end(text);
    });
  }
}

/** One message on its way, in either form it may have. */
class Call {
  constructor(connection, send, frame, method, params, rest) {
    Object.assign(this, { connection, transmit: send, frame, method, params, rest });
    this.key = ACTIONS.get(method);
    this.selector = params[this.key];
    this.positional = send.length === 6;
    this.limit = this.limitOfAction();
  }

  /** Actions on an element of the main document that may take a while, called by a test and not by Playwright itself. */
  concerned() {
    return (
      typeof this.selector === 'string' &&
      !this.selector.includes('internal:control=enter-frame') &&
      this.frame.parentFrame() === null &&
      this.place() !== undefined &&
      (this.limit === 0 || this.limit >= SHORTEST_LIMIT)
    );
  }

  /** In ms, 0 for none: among the options since 1.6x, a parameter before, and before 1.5x only if the test names one. */
  limitOfAction() {
    const options = this.positional ? {} : this.rest[0];
    const named = typeof options.timeout === 'number' ? options.timeout : this.params.timeout;
    const limit = named === undefined && this.positional ? this.frame._page._timeoutSettings.timeout({}) : named;
    if (typeof limit !== 'number' || !(limit >= 0)) throw new Error('this version of Playwright keeps its time limits elsewhere');
    return limit;
  }

  /** In ms, 0 for no limit. */
  left(begun) {
    return this.limit === 0 ? 0 : Math.max(1, Math.round(this.limit - (Date.now() - begun)));
  }

  /** Where the test calls it. */
  place() {
    const frames = this.positional ? this.rest[1] : this.rest[0].frames;
    const first = frames && frames[0];
    return first && first.file ? { file: first.file, line: first.line || 0, column: first.column || 0 } : undefined;
  }

  send(selector, limit) {
    const params = { ...this.params, [this.key]: selector };
    const rest = [...this.rest];
    if (limit !== this.limit) {
      if (!this.positional && typeof rest[0].timeout === 'number') rest[0] = { ...rest[0], timeout: limit };
      else params.timeout = limit;
    }
    return this.transmit.call(this.connection, this.frame, this.method, params, ...rest);
  }

  /** Sends something of our own: neither a step of the report nor an action of the trace. */
  quietly(method, params, timeout) {
    const signal = this.positional ? undefined : this.rest[0].signal;
    const rest = this.positional ? [undefined, [], undefined] : [{ internal: true, signal, timeout }];
    return this.transmit.call(this.connection, this.frame, method, params, ...rest);
  }

  async count(selector) {
    return (await this.quietly('queryCount', { selector }, 0)).value;
  }
}

/** Playwright's own knowledge of the test that runs in this worker. */
function currentTest() {
  if (!currentTest.of) {
    const file = Object.keys(require.cache).find(name => /[\\/]playwright[\\/]lib[\\/](common[\\/])?globals\.js$/.test(name));
    const globals = file && require.cache[file].exports;
    if (!globals || typeof globals.currentTestInfo !== 'function') throw new Error('this version of Playwright tells its tests elsewhere');
    currentTest.of = globals.currentTestInfo;
  }
  return currentTest.of();
}

/** Nothing is healed for a test that is over, not even in its hooks. */
function stillRuns(test) {
  return currentTest() === test && test.status !== 'timedOut' && test.status !== 'interrupted';
}

function within(ms, promise) {
  return new Promise((done, failed) => {
    const timer = setTimeout(() => done(undefined), ms);
    promise.then(done, failed).finally(() => clearTimeout(timer));
  });
}

const CALLS = /^(getBy(Role|Text|Label|Placeholder|AltText|Title|TestId)|locator|filter|and|or|first|last|nth)$/;

/** Makes a locator of the agent's list of calls; nothing in it is ever run as code. */
function revive(calls, frame) {
  let at = frame;
  for (const { call, args } of calls) {
    if (!CALLS.test(call) || typeof at[call] !== 'function') throw new Error(`this version of Playwright has no ${call}`);
    at = at[call](...args.map(value => argument(value, frame)));
  }
  return at;
}

function argument(value, frame) {
  if (Array.isArray(value.locator)) return revive(value.locator, frame);
  if (typeof value.regex === 'string') return new RegExp(value.regex, value.flags);
  if (value.options) return Object.fromEntries(Object.entries(value.options).map(([name, inner]) => [name, argument(inner, frame)]));
  return value.literal;
}

/** What a test starts in turn has no need of this file. */
function restoreNodeOptions(env) {
  if (env.EVENKEEL_NODE_OPTIONS) env.NODE_OPTIONS = env.EVENKEEL_NODE_OPTIONS;
  else delete env.NODE_OPTIONS;
  delete env.EVENKEEL_NODE_OPTIONS;
  delete env.EVENKEEL_HEAL;
}

/** Waits for Playwright's library to be loaded, once. */
function attend(healing) {
  const Module = require('module');
  const load = Module._load;
  Module._load = function (request, ...rest) {
    const loaded = load.call(this, request, ...rest);
    if (request === 'playwright-core' && loaded && loaded.chromium) {
      Module._load = load;
      try {
        healing.install(loaded);
      } catch (e) {
        healing.switchOff(e.message);
      }
    }
    return loaded;
  };
}

if (process.env.EVENKEEL_HEAL) {
  const healing = new LiveHealing(process.env.EVENKEEL_HEAL);
  restoreNodeOptions(process.env);
  try {
    attend(healing);
  } catch (e) {
    healing.switchOff(e.message);
  }
}
