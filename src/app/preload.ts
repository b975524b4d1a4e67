/** Brings the lazy parts in while the page is idle after the first verdict: from then on it needs no network at all. */
import { loadSample, SAMPLES } from '../content/samples/index.ts';
import { preloadPopups } from './lazy-popups.ts';
import { preloadPanels } from '../views/workbench/lazy-panels.ts';
import { currentStand, type Bench } from '../state/bench.ts';

/** Waits for the first verdict, then for an idle moment, then brings everything in. */
export function preloadWhenIdle(bench: Bench): void {
  const stop = currentStand(bench).run.subscribe(({ serial }) => {
    if (serial === 0) return;
    stop();
    const idle =
      typeof requestIdleCallback === 'function' ? requestIdleCallback : (then: () => void) => setTimeout(then, 500);
    idle(() => void preload(bench));
  });
}

async function preload(bench: Bench): Promise<void> {
  // A character outside Latin must not ask the network for its font later.
  for (const face of document.fonts) void face.load().catch(() => undefined);
  // A part that does not come now is asked for again when it is used.
  await Promise.allSettled([
    bench.ports.client.call('preload', {}),
    ...preloadPopups(),
    ...preloadPanels(),
    import('./export.ts'),
    import('../views/keys/keys-view.tsx'),
    ...SAMPLES.map(loadSample),
  ]);
}
