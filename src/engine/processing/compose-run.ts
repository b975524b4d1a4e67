/** Composes the context of a run from what it was asked and given. */
import { octetsByName, type Attachments } from '../attachments/attachment.ts';
import { Budget, DEFAULT_LIMITS, limitsFor } from '../bytes/budget.ts';
import { CertificateMemory } from '../certificates/certificate-memory.ts';
import type { DecryptionProvider } from '../crypto/decryption-provider.ts';
import type { JudgePorts, JudgeRequest } from '../message/request.ts';
import type { OpenRun, RunContext } from '../run/run-context.ts';
import type { Recorder } from '../trace/recorder.ts';
import { SharedResults } from '../transforms/shared-results.ts';
import { openAnswered } from './answered-request.ts';

/** Makes the context of one run from what it was asked and given. */
export function composeRun(request: JudgeRequest, ports: JudgePorts, recorder: Recorder): RunContext {
  const { keys, users, crls, at, asOf = 'given', skewSeconds, ttlSeconds, receiverActor, idAttributes } = request;
  return {
    recorder,
    budget: new Budget(limitsFor(octetsGiven(request), request.limits ?? DEFAULT_LIMITS)),
    crypto: ports.crypto,
    shared: new SharedResults(),
    certificates: ports.certificates ?? new CertificateMemory(ports.crypto),
    decryption: () => decryptionOf(ports),
    clock: { at, skewSeconds, ttlSeconds },
    asOf,
    keys,
    users,
    crls,
    receiverActor,
    idAttributes,
  };
}

/** Of the message, of the request that it answers, and of the attachments beside it. */
function octetsGiven({ octets, attachments, request }: JudgeRequest): number {
  let total = octets.length + (request?.length ?? 0);
  for (const attachment of attachments.values()) total += attachment.length;
  return total;
}

async function decryptionOf({ decryption }: JudgePorts): Promise<DecryptionProvider> {
  if (typeof decryption === 'function') return decryption();
  return decryption ?? (await import('../crypto/decryption-web.ts')).createDecryptionProvider(null);
}

/**
 * The run once its input is open.
 * @param answered the request that the message answers; null where it answers none
 */
export async function openRun(
  run: RunContext,
  attachments: Attachments,
  answered: Uint8Array | null,
): Promise<OpenRun> {
  return {
    ...run,
    attachments,
    external: octetsByName(attachments),
    answered: answered === null ? null : await openAnswered(answered, run),
  };
}
