import { defineConfig } from '@playwright/test';
import { LONG_PAGES, withLong } from './scripts/long-tests.mjs';

/** Chromium as it runs on a machine without display, GPU or network. */
const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Another port for a second run beside the first. */
const PORT = Number(process.env.WSS_E2E_PORT ?? 4179);

const executablePath = process.env.CHROMIUM_PATH;

export default defineConfig({
  testDir: 'e2e',
  testIgnore: withLong ? [] : LONG_PAGES.map((path) => `**/${path}`),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 2,
  fullyParallel: true,
  reporter: [['list']],
  outputDir: 'test-results',
  use: {
    browserName: 'chromium',
    headless: true,
    viewport: { width: 1440, height: 900 },
    launchOptions: { args: CHROMIUM_FLAGS, ...(executablePath ? { executablePath } : {}) },
    baseURL: `http://127.0.0.1:${PORT}`,
  },
  webServer: {
    command: `node dist/cli/wss.mjs serve --port ${PORT}`,
    url: `http://127.0.0.1:${PORT}`,
    reuseExistingServer: false,
    stdout: 'ignore',
  },
});
