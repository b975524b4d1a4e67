/** The measured engine with the crypto providers that the command has. */
export { nodeCrypto } from '../src/cli/node-crypto.ts';
export { nodeDecryption } from '../src/cli/node-decryption.ts';
export { decrypter, verifier, webCryptoAlone } from './engine-entry.ts';
