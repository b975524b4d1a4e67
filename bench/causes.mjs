/**
 * What the search for causes costs on messages that fail: the judge with it, over doublings of what it walks. The search
 * is bounded by its own account (src/engine/diagnosis/trial-account.ts), so that from some size on the time must no
 * longer grow faster than the message.
 */
import { byReferences, bySize } from './messages.mjs';

/** The last `word` of the message, which is signed, with another first letter. */
function broken(message, word) {
  const octets = Buffer.from(message);
  const at = octets.lastIndexOf(word);
  if (at < 0) throw new Error(`no ${word} in the measured message`);
  octets[at] ^= 1;
  return octets;
}

const CASES = [
  ['octets', (n, key) => broken(bySize(n, key), 'Article'), [20_000, 40_000, 80_000, 160_000, 320_000, 640_000]],
  [
    'elements added to a signed Body',
    (n, key) =>
      Buffer.from(
        bySize(1, key)
          .toString()
          .replace('</soap:Body>', `${'<x>1</x>'.repeat(n)}</soap:Body>`),
      ),
    [500, 1000, 2000, 4000, 8000],
  ],
  [
    'references, each broken',
    (n, key) => Buffer.from(byReferences(n, key).toString().replaceAll('>xxxx', '>yyyy')),
    [12, 24, 48, 96],
  ],
];

/** @param verify asks for causes */
export async function causesGrowth(verify, key, row, rounds) {
  console.log('\nThe search for causes on failing messages: time(2n) / time(n)');
  await verify(broken(bySize(5000, key), 'Article'));
  for (const [what, make, sizes] of CASES) {
    const least = [];
    for (const size of sizes) {
      const message = make(size, key);
      let time = Infinity;
      for (let round = 0; round < rounds; round += 1) {
        const start = performance.now();
        const headline = await verify(message);
        time = Math.min(time, performance.now() - start);
        if (headline !== 'invalid') throw new Error(`verdict on a broken message: ${headline}`);
      }
      least.push(time);
    }
    row(
      `${String(what)}: ${sizes.join(', ')}`,
      `${least.map((time) => `${time.toFixed(0)} ms`).join(', ')}: ${least
        .slice(1)
        .map((time, index) => (time / least[index]).toFixed(2))
        .join(', ')}`,
    );
  }
}
