'use strict';
// Hands options to Playwright when it is started by a script that arguments do not reach (npm test, make, a shell script).
//
// Loaded by NODE_OPTIONS=--require into every Node process of the user's command; it acts in the one that is Playwright's
// test runner and leaves all others alone. EVENKEEL_OPTIONS is a JSON array of options. It is taken out of the
// environment when the options are in place, so the reporter can tell that they arrived.
const options = process.env.EVENKEEL_OPTIONS;
if (options && process.argv[2] === 'test' && isPlaywright(process.argv[1])) {
  const end = process.argv.indexOf('--', 3);
  process.argv.splice(end < 0 ? process.argv.length : end, 0, ...JSON.parse(options));
  delete process.env.EVENKEEL_OPTIONS;
  // What Playwright starts in turn has no need of this file.
  if (process.env.EVENKEEL_NODE_OPTIONS) process.env.NODE_OPTIONS = process.env.EVENKEEL_NODE_OPTIONS;
  else delete process.env.NODE_OPTIONS;
  delete process.env.EVENKEEL_NODE_OPTIONS;
}

function isPlaywright(program) {
  try {
    const file = require('fs').realpathSync(program);
    return /[\\/](@playwright[\\/][^\\/]+|playwright)[\\/]cli\.js$/.test(file);
  } catch {
    return false;
  }
}
