/** The measured verifier with the crypto provider that the command has. */
export { nodeCrypto } from '../src/cli/node-crypto.ts';
export { verifier } from './engine-entry.ts';
