/** Loads samples. Files are embedded octet for octet and loaded when they are chosen. */
import type { LoadedSample, SampleEntry } from './sample.ts';

export { SAMPLES } from './entries.ts';

type Embedded = Readonly<Record<string, () => Promise<string>>>;

const FILES = import.meta.glob('./embedded/*/*.ts', { import: 'default' }) as Embedded;

function octetsOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

async function embedded(path: string): Promise<Uint8Array> {
  const load = FILES[`./embedded/${path}.ts`];
  if (!load) throw new Error(`no embedded file ${path}: npm run embed`);
  return octetsOf(await load());
}

/** The sample with its files. @throws where a file is not embedded: `npm run embed` was forgotten. */
export async function loadSample(entry: SampleEntry): Promise<LoadedSample> {
  const keyFile = async (name: string, trusted: boolean) => ({
    name,
    trusted,
    secret: name.endsWith('.bin'),
    octets: await embedded(`keys/${name}`),
  });
  const [octets, keys] = await Promise.all([
    embedded(`messages/${entry.message}`),
    Promise.all([...entry.keys.map((name) => keyFile(name, false)), ...entry.trust.map((name) => keyFile(name, true))]),
  ]);
  return {
    id: entry.id,
    title: entry.title,
    message: { name: entry.message, octets },
    keys,
    users: entry.users,
    at: Date.parse(entry.at),
  };
}
