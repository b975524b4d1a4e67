/** The measured engine with the crypto providers that the command has. */
export { nodeCrypto, nodeDecryption } from '../src/cli/node-crypto.ts';
export { decrypter, verifier, webCryptoAlone } from './engine-entry.ts';
