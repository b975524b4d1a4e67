/** The little of node-forge that old key files need; its own types would bring Node's into the engine. */
interface ForgeBuffer {
  getBytes(): string;
}
interface ForgeCipher {
  output: ForgeBuffer;
  start(options: { iv: string } | string): void;
  update(input: unknown): void;
  finish(pad?: (blockSize: number, buffer: unknown, decrypting: boolean) => boolean): boolean;
}
declare module 'node-forge/lib/forge.js' {
  const forge: {
    cipher: { createDecipher(algorithm: string, key: unknown): ForgeCipher };
    rc2: { createDecryptionCipher(key: unknown, effectiveBits: number): ForgeCipher };
    util: { createBuffer(octets: string): unknown };
  };
  export default forge;
}
declare module 'node-forge/lib/des.js' {}
declare module 'node-forge/lib/rc2.js' {}
