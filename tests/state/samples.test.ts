/** Every sample comes to the headline that its entry names, and its embedded octets are those of its file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { webcrypto } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { loadSample, SAMPLES } from '../../src/content/samples/index.ts';
import { createCryptoProvider } from '../../src/engine/crypto/provider-web.ts';
import { judge } from '../../src/engine/index.ts';
import { KeyBox } from '../../src/worker/inside/key-box.ts';
import { OWN_KEYS } from '../../src/worker/page/protocol.ts';

const folder = join(import.meta.dirname, '../../src/content/samples');

describe('samples', () => {
  it('are at least twelve, with ids of their own', () => {
    expect(SAMPLES.length).toBeGreaterThanOrEqual(12);
    expect(new Set(SAMPLES.map((sample) => sample.id)).size).toBe(SAMPLES.length);
  });

  it.each(SAMPLES.map((sample) => [sample.id, sample] as const))(
    '%s carries its file octet for octet',
    async (_id, entry) => {
      const loaded = await loadSample(entry);
      expect(Buffer.from(loaded.message.octets).equals(readFileSync(join(folder, 'messages', entry.message)))).toBe(
        true,
      );
      for (const key of loaded.keys) {
        expect(Buffer.from(key.octets).equals(readFileSync(join(folder, 'keys', key.name)))).toBe(true);
      }
    },
  );

  it.each(SAMPLES.map((sample) => [sample.id, sample] as const))('%s comes to its headline', async (_id, entry) => {
    const loaded = await loadSample(entry);
    const box = new KeyBox();
    for (const [index, key] of loaded.keys.entries()) await box.add({ id: `s${index}`, set: OWN_KEYS, ...key });
    expect(box.ring().files.flatMap((file) => file.problems)).toEqual([]);
    const { trace } = await judge(
      {
        octets: loaded.message.octets,
        keys: box.entries([OWN_KEYS]),
        crls: box.crls([OWN_KEYS]),
        users: loaded.users,
        at: loaded.at,
        skewSeconds: 60,
        ttlSeconds: null,
        request: null,
        attachments: new Map(),
        receiverActor: null,
        idAttributes: [],
      },
      { crypto: createCryptoProvider(webcrypto.subtle) },
    );
    expect({
      headline: trace.verdict.headline,
      findings: trace.verdict.headline === entry.headline ? [] : trace.findings.map((finding) => finding.code),
    }).toEqual({ headline: entry.headline, findings: [] });
  });
});
