import { execFileSync } from 'node:child_process';
import { defineConfig, devices } from '@playwright/test';

// SHOP_PORT, or a free port, chosen once in the main process; the workers inherit it. So any number of runs fit on one machine.
process.env.SHOP_PORT ??= execFileSync(
  process.execPath,
  ['-e', 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'],
  { encoding: 'utf8' },
).trim();
const baseURL = `http://127.0.0.1:${process.env.SHOP_PORT}`;

export default defineConfig({
  testDir: './tests',
  fullyParallel: false,
  retries: 1,
  workers: Number(process.env.SHOP_WORKERS ?? 1),
  timeout: 20_000,
  expect: { timeout: 4_000 },
  use: {
    baseURL,
    actionTimeout: 3_000,
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'setup', testMatch: /.*\.setup\.ts/ },
    { name: 'desktop', dependencies: ['setup'], testIgnore: /mobile-.*\.spec\.ts/, use: { viewport: { width: 1200, height: 800 } } },
    { name: 'mobile', dependencies: ['setup'], grep: /@mobile/, use: { ...devices['Pixel 7'], deviceScaleFactor: 1 } },
  ],
  webServer: {
    command: `node server.mjs --port ${process.env.SHOP_PORT}`,
    url: `${baseURL}/healthz`,
    reuseExistingServer: false,
    timeout: 20_000,
  },
});
