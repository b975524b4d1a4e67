/** MD5 (RFC 1321) and RIPEMD-160 (ISO/IEC 10118-3), for old messages only. */
export { md5, ripemd160 } from '@noble/hashes/legacy.js';
