/**
 * `--decoded FILE`: the envelope as the application would see it; for a message without encryption the envelope itself.
 */
import type { Run } from '../engine/message/request.ts';

/** The last plaintext document that decryption gave, else the octets that were parsed. */
export function decodedEnvelope(run: Run): Uint8Array {
  const decoded = run.trace.spaces.findLast((space) => space.kind === 'decoded');
  return run.octets.get(decoded?.id ?? 'input')?.octets ?? new Uint8Array();
}
