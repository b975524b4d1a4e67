/**
 * What is started as `wss`. It only requires the file beside it: that an ES module imports one of Node's own costs a
 * table of all of its exports.
 */
import { createRequire } from 'node:module';

createRequire(import.meta.url)('./start.cjs');
