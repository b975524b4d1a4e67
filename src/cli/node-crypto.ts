/** The engine's crypto port in Node: @peculiar/webcrypto behind it, loaded when a run first needs it. */
import { Crypto } from '@peculiar/webcrypto';
import type { CryptoProvider } from '../engine/crypto/provider.ts';
import { createCryptoProvider } from '../engine/crypto/provider-web.ts';
import type { SubtlePort } from '../engine/crypto/subtle-port.ts';

let provider: CryptoProvider | null = null;

export function nodeCrypto(): CryptoProvider {
  return (provider ??= createCryptoProvider(new Crypto().subtle as unknown as SubtlePort));
}
