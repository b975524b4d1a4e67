/** A long run says what it does and can be cancelled at any time; large messages leave the page responsive. */
import { largeMessage } from './large-message.ts';
import { stretch } from './machine-load.ts';
import { expect, test } from './workbench.ts';

/** What is read of the browser's own trace. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds on the processor. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

const MEGABYTE = 1024 * 1024;

test('a run over a second shows progress; Cancel ends it, and the next message is judged as ever', async ({
  page,
  workbench,
}) => {
  await workbench.open();
  await workbench.drop([largeMessage(5 * MEGABYTE, 45)]);
  const progress = page.getByRole('group', { name: 'Progress' });
  await expect(progress).toBeVisible();
  await progress.getByRole('button', { name: 'Cancel' }).click();
  const pressed = Date.now();
  await expect(workbench.verdict.getByRole('status')).toContainText('Cancelled.');
  expect(Date.now() - pressed).toBeLessThan(1_000);
  await expect(progress).toBeHidden();
  // The message is kept, and nothing is said about it.
  await expect(workbench.pane('original').locator('.pane-summary')).toContainText('5,');
  await expect(workbench.verdict).not.toHaveAttribute('data-headline');
  await workbench.chooseSample('Signed Body and Timestamp');
  await workbench.expectHeadline('valid');
});

test('a message of five megabytes is judged while the page stays responsive', async ({ browser, page, workbench }) => {
  const message = largeMessage(5 * MEGABYTE, 1);
  await workbench.open();
  await expect(workbench.pane('secured').locator('.monaco-editor .view-line').first()).toBeVisible();
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'] });
  await workbench.openFiles([message]);
  await workbench.expectHeadline('invalid');
  await expect(workbench.pane('original')).toContainText('app:');
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString('utf8')) as {
    traceEvents: readonly TraceEvent[];
  };
  const main = new Set(
    traceEvents
      .filter((event) => event.name === 'thread_name' && event.args?.name === 'CrRendererMain')
      .map((event) => `${event.pid}:${event.tid}`),
  );
  // Time on the processor, not on the clock: other work on the machine is not the page's. Caches are shared all the
  // same.
  const tasks = traceEvents
    .filter((event) => event.name.endsWith('RunTask') && main.has(`${event.pid}:${event.tid}`))
    .map((event) => (event.tdur ?? 0) / 1_000);
  expect(Math.max(...tasks)).toBeGreaterThan(1);
  expect(
    Math.max(...tasks),
    `longest tasks ${tasks
      .toSorted((a, b) => b - a)
      .slice(0, 5)
      .join(', ')} ms`,
  ).toBeLessThan(200 * Math.min(1.5, stretch()));
});
