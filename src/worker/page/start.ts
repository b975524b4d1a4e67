/**
 * Starts the engine's worker under Trusted Types: only this one script URL may become a worker (docs/limits.md, "What
 * the page closes").
 */
import workerUrl from '../inside/worker.ts?worker&url';
import type { WorkerPort } from './client.ts';

interface ScriptPolicy {
  createScriptURL(url: string): string;
}
interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptPolicy;
}

function allow(url: string): string {
  const resolved = new URL(url, location.href);
  if (resolved.origin !== location.origin || resolved.pathname !== new URL(workerUrl, location.href).pathname) {
    throw new TypeError('not our worker');
  }
  return resolved.href;
}

const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
const policy: ScriptPolicy = factory
  ? factory.createPolicy('wsd-worker', { createScriptURL: allow })
  : { createScriptURL: allow };

/** Starts a worker. Throws a TypeError where the script is not ours. */
export function startWorker(): WorkerPort {
  return new Worker(policy.createScriptURL(workerUrl), { type: 'module', name: 'wss-engine' }) as unknown as WorkerPort;
}
