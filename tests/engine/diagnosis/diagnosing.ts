/** Judges messages that were made wrongly, and reads what was found. */
import type { KeyEntry } from '../../../src/engine/keystore/key-entry.ts';
import type { Run } from '../../../src/engine/message/request.ts';
import type { Finding } from '../../../src/engine/trace/trace.ts';
import { pem, rsa } from '../../building/wrong-message.ts';
import { judgeMessage, keyFromPem } from '../judging.ts';

/** Runs with the diagnosis, the signer's public key given. */
export async function diagnosed(text: string | Uint8Array, keys?: readonly KeyEntry[]): Promise<Run> {
  return judgeMessage(text, { keys: keys ?? (await keyFromPem(pem(rsa), true)), explained: true });
}

export function proven(run: Run): readonly Finding[] {
  return run.trace.findings.filter((finding) => finding.confidence === 'proven');
}

/** The octets that a finding shows as those signed. */
export function signedOctets(run: Run, finding: Finding): Buffer | null {
  const artifact = finding.evidence.find((one) => one.type === 'octets' && one.label === 'signed');
  return artifact?.type === 'octets' ? Buffer.from(run.octets.get(artifact.space)!.octets) : null;
}
