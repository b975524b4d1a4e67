/** The page: one worker, one bench, one root. */
import '@fontsource-variable/inter/wght.css';
import '@fontsource/jetbrains-mono/400.css';
import { createRoot } from 'react-dom/client';
import { findingWordsOnDemand } from '../content/findings/on-demand.ts';
import type { LoadedSample } from '../content/samples/sample.ts';
import { keysLost } from '../state/acts/keys.ts';
import { loadSample } from '../state/acts/loading.ts';
import { createBench } from '../state/bench.ts';
import { createClient, type WorkerPort } from '../worker/page/client.ts';
import { startWorker } from '../worker/page/start.ts';
import '../ui/tokens.css';
import '../ui/base.css';
import '../ui/plain-message.css';
import './app.css';
import { App } from './app.tsx';
import { ErrorScreen } from './error-screen.tsx';
import { painted, turnGiven } from './painted.ts';
import { preloadWhenIdle } from './preload.ts';

function storage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

/**
 * @param early gives the worker that `entry.ts` set going, or null where it has failed; later ones are started here
 * @param sample the first sample: where it is there already, the first paint shows it
 */
export function openPage(early: () => WorkerPort | null, sample: Promise<LoadedSample | null>): void {
  let first = true;
  const start = () => {
    const worker = first ? early() : null;
    first = false;
    return worker ?? startWorker();
  };
  const client = createClient(start, { restarted: () => keysLost(bench) });
  const bench = createBench({
    client,
    storage: storage(),
    now: () => Date.now(),
    findings: findingWordsOnDemand(),
    painted,
    pause: turnGiven,
  });
  preloadWhenIdle(bench);
  void sample.then((loaded) => (loaded ? loadSample(bench, loaded) : undefined));
  const root = document.getElementById('root');
  if (root) {
    createRoot(root).render(
      <ErrorScreen bench={bench}>
        <App bench={bench} />
      </ErrorScreen>,
    );
  }
}
