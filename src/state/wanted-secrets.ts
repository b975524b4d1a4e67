/** Which secrets a message asks for: by ds:KeyName, by a SecurityContextToken's Identifier, by EncryptedKeySHA1. */
import type { Trace } from '../engine/trace/trace.ts';

/** A secret that a message asks for by name. */
export interface WantedSecret {
  /** Under this name the secret is found. */
  readonly name: string;
  readonly by: 'KeyName' | 'SecurityContextToken' | 'EncryptedKeySHA1';
}

/** The first eight secrets that a run missed, each name once. */
export function wantedSecrets(trace: Trace | null): readonly WantedSecret[] {
  const wanted = new Map<string, WantedSecret>();
  const contexts = new Set(
    (trace?.tokens ?? [])
      .filter((token) => token.kind === 'SecurityContextToken')
      .flatMap((token) => [token.data['identifier'], token.id]),
  );
  for (const { code, data } of trace?.findings ?? []) {
    if (code === 'secret-not-given') {
      for (const name of Array.isArray(data['names']) ? data['names'] : []) {
        if (!wanted.has(name)) wanted.set(name, { name, by: contexts.has(name) ? 'SecurityContextToken' : 'KeyName' });
      }
    } else if (code === 'encryptedkey-missing' && typeof data['value'] === 'string' && data['value'] !== '') {
      wanted.set(data['value'], { name: data['value'], by: 'EncryptedKeySHA1' });
    }
  }
  return [...wanted.values()].slice(0, 8);
}
