/** Over the messages of live stacks every disagreement of the second opinion has a known cause. */
import { Crypto } from '@peculiar/webcrypto';
import { createPublicKey, X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EMPTY_JOB, runJob, type Job } from '../../src/cli/job.ts';
import { sha256Hex } from '../../src/engine/crypto/fingerprint.ts';
import { secondOpinion, type OwnOpinion } from '../../src/second-opinion/second-opinion.ts';

interface PeerCase {
  readonly id: string;
  readonly encrypted: boolean;
  readonly entry: { readonly fault: unknown };
  readonly job: Partial<Job> & { readonly file: string };
}
const { peerCases, SHARED, sharedExists } = (await import(
  new URL('../messages/corpora.mjs', import.meta.url).href
)) as {
  peerCases: () => readonly PeerCase[];
  SHARED: URL;
  sharedExists: (name: string) => boolean;
};

/** SubjectPublicKeyInfo by what the trace names a key with: the certificate's SHA-256 or its own. */
function publicKeys(): ReadonlyMap<string, Uint8Array> {
  const folder = new URL('peer-corpus/keys/', SHARED);
  const found = new Map<string, Uint8Array>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.crt.pem'))) {
    const certificate = new X509Certificate(readFileSync(new URL(file, folder)));
    const spki = new Uint8Array(
      createPublicKey(certificate.publicKey.export({ type: 'spki', format: 'pem' })).export({
        type: 'spki',
        format: 'der',
      }),
    );
    found.set(sha256Hex(new Uint8Array(certificate.raw)), spki).set(sha256Hex(spki), spki);
  }
  return found;
}

if (sharedExists('peer-corpus')) {
  it('explains every disagreement on the unencrypted messages as they were made', async () => {
    const crypto = new Crypto() as unknown as globalThis.Crypto;
    const keys = publicKeys();
    const unexplained: string[] = [];
    const counts = { agrees: 0, explained: 0 };
    for (const entry of peerCases()) {
      if (entry.encrypted || entry.entry.fault !== null) continue;
      const run = await runJob({ ...EMPTY_JOB, ...entry.job, diagnosis: false }, '/');
      const own = run.trace.signatures.map((signature): OwnOpinion => {
        const spki = keys.get(signature.key?.sha256 ?? '');
        return {
          step: signature.step,
          start: signature.range.start,
          value: signature.value,
          key: spki === undefined ? null : { spki },
          references: signature.references.map(({ uri, digest }) => ({ uri, digest })),
        };
      });
      const opinion = await secondOpinion(run.request.octets, own, crypto);
      if (opinion.status !== 'given') continue;
      for (const judged of opinion.signatures) {
        if (judged.unexplained) {
          unexplained.push(
            `${entry.id}: ${judged.value} ${judged.why ?? ''} ` +
              judged.references
                .map((reference) => `${reference.uri} ${reference.digest} ${reference.why ?? ''}`)
                .join(', '),
          );
        }
        counts[judged.agrees ? 'agrees' : 'explained']++;
      }
    }
    console.log(
      `second opinion on the peers' messages: agrees ${counts.agrees}, differs for a known reason ` +
        `${counts.explained - unexplained.length}`,
    );
    expect(unexplained).toEqual([]);
    expect(counts.agrees).toBeGreaterThan(counts.explained);
  });
} else {
  console.log('skipped: ../shared/peer-corpus is not here');
  it.skip(
    'explains every disagreement on the unencrypted messages as they were made: skipped, ../shared/peer-corpus is ' +
      'not there',
    () => {},
  );
}
