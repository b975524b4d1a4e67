/**
 * Decryption of 10 MB (docs/design.md, "Budgets"). The figure is of the decryption alone, from cipher octets
 * to plaintext octets as the engine's encryption room asks for it in the middle of a run; the whole run, with the
 * parse, the base64, the parse of what was decrypted and the trace, is shown against `xmlsec1 --decrypt`, which does
 * that much.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encryptedMessage } from './messages.mjs';

const ALGORITHMS = ['AES-128-GCM', 'AES-256-CBC'];
const REACH = 1.5;
const webName = (algorithm) => (algorithm.endsWith('GCM') ? 'AES-GCM' : 'AES-CBC');
const ms = (seconds) => `${(seconds * 1000).toFixed(seconds < 0.1 ? 1 : 0)} ms`;

/** The messages, and xmlsec1's time for one; made once for both places. */
export function decryptionCases(folder, key, octets) {
  const pem = join(folder, 'private.pem');
  writeFileSync(pem, key.privatePem);
  return ALGORITHMS.map((algorithm) => {
    const message = encryptedMessage(octets, algorithm, key);
    const file = join(folder, `${algorithm}.xml`);
    writeFileSync(file, message.octets);
    const xmlsec = () => {
      const start = performance.now();
      const result = spawnSync(
        'xmlsec1',
        ['--decrypt', '--privkey-pem', pem, '--output', join(folder, 'decrypted.xml'), file],
        { encoding: 'utf8' },
      );
      if (result.status !== 0) throw new Error(`xmlsec1 does not decrypt the measured message: ${result.stderr}`);
      return (performance.now() - start) / 1000;
    };
    return {
      algorithm,
      message,
      xmlsec,
      secret: Uint8Array.from(message.secret),
      iv: Uint8Array.from(message.iv),
      cipher: Uint8Array.from(message.cipher),
    };
  });
}

/** `once` resolves with the times of one run: `judge`, `step`, `alone`. */
async function rowsOf(place, { algorithm, xmlsec }, once, { row, rounds, warmUp, withXmlsec }) {
  for (let round = 0; round < warmUp; round += 1) await once();
  const least = { judge: Infinity, step: Infinity, alone: Infinity, xmlsec: Infinity };
  for (let round = 0; round < rounds; round += 1) {
    const other = withXmlsec ? xmlsec() : Infinity;
    // The run after a process was started is slower by some milliseconds (its pages are shared until they are written
    // again): it does not count.
    await once();
    const times = { ...(await once()), xmlsec: other };
    for (const what of Object.keys(least)) least[what] = Math.min(least[what], times[what]);
  }
  const ratio = least.step / least.alone;
  row(
    `${place}, ${algorithm} 10 MB, cipher octets to plaintext`,
    `${ms(least.step)} (WebCrypto alone ${ms(least.alone)})`,
  );
  row('  ours / WebCrypto alone', ratio.toFixed(2), `<= ${REACH}`, ratio <= REACH);
  row(
    '  the whole judge of that message',
    `${ms(least.judge)}${withXmlsec ? ` (xmlsec1 --decrypt ${ms(least.xmlsec)})` : ''}`,
  );
  if (withXmlsec) row('  ours / xmlsec1 --decrypt, process', (least.judge / least.xmlsec).toFixed(2));
}

export async function decryptInNode(cases, { decrypter, webCryptoAlone, nodeCrypto, nodeDecryption }, key, options) {
  console.log('\nDecryption of 10 MB in Node; the session key wrapped by RSA-OAEP');
  const decrypt = await decrypter(key.privatePem, nodeCrypto(), nodeDecryption());
  for (const one of cases) {
    const once = async () => ({
      ...(await decrypt(one.message.octets)),
      alone: await webCryptoAlone(webName(one.algorithm), one.secret, one.iv, one.cipher),
    });
    await rowsOf('Node', one, once, options);
  }
}

/** @param page of Chromium with bench/page in it; @param outDir what it is served from */
export async function decryptInChromium(cases, page, outDir, key, options) {
  for (const one of cases) {
    const { algorithm, message } = one;
    writeFileSync(join(outDir, `${algorithm}.message`), message.octets);
    writeFileSync(join(outDir, `${algorithm}.cipher`), message.cipher);
    const given = {
      messageUrl: `/${algorithm}.message`,
      cipherUrl: `/${algorithm}.cipher`,
      pem: key.privatePem,
      name: webName(algorithm),
      secret: [...one.secret],
      iv: [...one.iv],
    };
    await page.evaluate((call) => window.measureDecryption(call), given);
    await rowsOf('Chromium worker', one, () => page.evaluate(() => window.measureDecryption(null)), options);
  }
}
