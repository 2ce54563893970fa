// node full-disk.cjs REPORTER ROOM AGAIN: drives the reporter while writes to its spool fail from write ROOM on, up to write AGAIN.
const fs = require('fs');
const [reporter, room, again] = process.argv.slice(2);
const write = fs.writeSync;
const open = fs.openSync;
let spool;
let writes = 0;
fs.openSync = (...args) => (spool = open(...args));
fs.writeSync = (fd, ...rest) => {
  if (fd === spool) {
    writes++;
    if (writes > Number(room) && writes <= Number(again)) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    if (writes === Number(room)) {
      write(fd, rest[0], 0, 10, rest[3]); // half a line is on the disk when it is full
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    }
  }
  return write(fd, ...rest);
};
const Reporter = require(reporter);
const own = new Reporter({});
fs.openSync = open;
own.onBegin({ version: '1.65.1', rootDir: '/', workers: 1, projects: [] }, { suites: [], allTests: () => [] });
for (let i = 0; i < 20; i++) own.onStdOut(`line ${i}`);
own.onEnd({ status: 'passed', duration: 1 }).then(() => own.onExit());
