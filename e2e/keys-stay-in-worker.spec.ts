/**
 * Key octets and passwords live in the worker: nothing of them comes back to the page, stays on it, or leaves it in a
 * file.
 */
import type { Page } from '@playwright/test';
import { expect, fixture, sampleMessage, test } from './workbench.ts';

test.use({ fresh: true });

const PASSWORD = 'changeit';
const USER_PASSWORD = 'marker-Qx7-user-password';

/** Records every message between the page and its workers, before the page's own scripts run. */
async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const log = { received: [] as unknown[], detached: [] as boolean[], sentCalls: [] as string[] };
    (globalThis as unknown as { log: typeof log }).log = log;
    const post = Worker.prototype.postMessage as (this: Worker, message: unknown, transfer?: unknown) => void;
    Worker.prototype.postMessage = function postAndRecord(this: Worker, message: unknown, transfer?: unknown) {
      post.call(this, message, transfer);
      const call = message as { call?: string; send?: { files?: readonly { octets: Uint8Array }[] } };
      log.sentCalls.push(call.call ?? '');
      // What was moved is no longer here.
      if (call.call === 'addKeyFiles') {
        for (const file of call.send?.files ?? []) log.detached.push(file.octets.byteLength === 0);
      }
    };
    const add = Worker.prototype.addEventListener;
    Worker.prototype.addEventListener = function addAndRecord(
      this: Worker,
      type: string,
      listener: EventListenerOrEventListenerObject,
      ...rest: unknown[]
    ) {
      if (type === 'message') add.call(this, type, (event) => log.received.push((event as MessageEvent).data));
      add.call(this, type, listener, ...(rest as []));
    } as typeof add;
  });
}

/** All text and octets of what the worker sent, as one searchable string of hex and text each. */
function receivedOctets(
  page: Page,
): Promise<{ readonly text: string; readonly hex: readonly string[]; readonly count: number }> {
  return page.evaluate(() => {
    const { received } = (globalThis as unknown as { log: { received: unknown[] } }).log;
    const hex: string[] = [];
    const text = JSON.stringify(received, (_key, value: unknown) => {
      if (!(value instanceof Uint8Array)) return value;
      hex.push(Array.from(value, (octet) => octet.toString(16).padStart(2, '0')).join(''));
      return '';
    });
    return { text, hex, count: received.length };
  });
}

test('no message of the worker carries a private octet or a password, and key files are moved, not copied', async ({
  page,
  workbench,
}) => {
  await listen(page);
  await workbench.open();
  const store = fixture('client.p12');
  await workbench.drop([sampleMessage('pc-b83fafade0.xml'), store]);
  await workbench.showKeys();
  const file = page.locator('article[data-file="client.p12"]');
  await file.getByLabel(/^Password of/).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(file.getByText('key pair')).toBeVisible();
  const users = page.getByRole('region', { name: 'Users' });
  await users.getByLabel('Name').fill('alice');
  await users.getByLabel('Password').fill(USER_PASSWORD);
  await users.getByRole('button', { name: 'Add user' }).click();
  await expect(users.getByText('alice')).toBeVisible();
  await workbench.expectHeadline('invalid');
  const exported = (await workbench.export('Trace as JSON')).toString('utf8');
  const report = (await workbench.export('Report as JSON')).toString('utf8');

  const { text, hex, count } = await receivedOctets(page);
  expect(count).toBeGreaterThan(4);
  // The search can find: the key's public side is there.
  expect(text).toContain('client-rsa2048');
  const secrets = privateNumbers();
  for (const one of secrets) {
    expect(text.includes(one)).toBe(false);
    expect(hex.some((octets) => octets.includes(one))).toBe(false);
  }
  const base64 = secrets.map((secret) => Buffer.from(secret, 'hex').toString('base64').slice(4, 60));
  for (const one of [...base64, PASSWORD, USER_PASSWORD, Buffer.from(store.octets).toString('base64').slice(40, 100)]) {
    for (const where of [text, exported, report, await page.content()]) expect(where.includes(one)).toBe(false);
  }
  const { detached, sentCalls } = await page.evaluate(
    () => (globalThis as unknown as { log: { detached: boolean[]; sentCalls: string[] } }).log,
  );
  expect(detached.length).toBeGreaterThan(0);
  expect(detached.every(Boolean)).toBe(true);
  expect(sentCalls).toContain('unlock');
});

test('after use, and after Wipe, no store of the browser and no text of the page holds a password', async ({
  page,
  workbench,
}) => {
  await workbench.open();
  await workbench.showKeys();
  const users = page.getByRole('region', { name: 'Users' });
  await users.getByLabel('Name').fill('alice');
  await users.getByLabel('Password').fill(USER_PASSWORD);
  await users.getByRole('button', { name: 'Add user' }).click();
  await expect(users.getByText('alice')).toBeVisible();
  await expect(users.getByLabel('Password')).toHaveValue('');
  const places = () =>
    page.evaluate(async () =>
      [
        location.href,
        document.documentElement.outerHTML,
        JSON.stringify(localStorage),
        JSON.stringify(sessionStorage),
        document.cookie,
        JSON.stringify(history.state),
        JSON.stringify(await indexedDB.databases()),
        JSON.stringify(await caches.keys()),
      ].join('\n'),
    );
  expect(await places()).not.toContain(USER_PASSWORD);
  await page.getByRole('button', { name: 'Wipe', exact: true }).click();
  await expect(users.getByText('alice')).toHaveCount(0);
  expect(await places()).not.toContain(USER_PASSWORD);
});

/** The private exponent and a prime of the key in `client.p12`, as hex: they stand in no certificate. */
function privateNumbers(): readonly string[] {
  const { d, p } = JSON.parse(new TextDecoder().decode(fixture('client-private-numbers.json').octets)) as {
    readonly d: string;
    readonly p: string;
  };
  return [d.slice(0, 64), p.slice(0, 64)];
}
