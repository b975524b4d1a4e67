/** Loading: files, samples, edits; clearing and wiping. */
import type { LoadedSample } from '../../content/samples/sample.ts';
import { OWN_KEYS, type KeyRing } from '../../worker/page/protocol.ts';
import { currentStand, orDefect, type Bench } from '../bench.ts';
import { sortFiles, type IncomingFile } from '../files.ts';
import { NO_KEYS, sampleKeys } from '../keys.ts';
import { keptClock, PLAIN_RECEIVER, type ReceiverState } from '../receiver.ts';
import { IDLE_RUN } from '../run.ts';
import { NO_SELECTION } from '../selection.ts';
import type { Subject } from '../subject.ts';
import { newSubject, type Stand } from '../subjects.ts';
import { judge } from './judging.ts';
import { numbered } from './keys.ts';

/** Pause after an edit before it is judged, in milliseconds. */
const EDIT_PAUSE = 120;

/** File names by what they were taken for. */
export interface LoadReport {
  readonly message: string | null;
  readonly request: string | null;
  readonly keys: readonly string[];
  readonly left: readonly string[];
}

/** Takes files of any kind, several at once, sorted by their octets; judges. */
export async function load(
  bench: Bench,
  files: readonly IncomingFile[],
  origin: 'file' | 'pasted',
): Promise<LoadReport> {
  const stand = currentStand(bench);
  const { message, request, keys, left } = sortFiles(files);
  await orDefect(bench, async () => {
    let ring: Promise<KeyRing> | null = null;
    if (message) {
      ring = leaveSample(bench, stand);
      const { octets, name } = message;
      place(bench, stand, { octets, name, origin, sample: null });
      const { receiverActor } = PLAIN_RECEIVER;
      const clock = keptClock(stand.receiver.getState().clock);
      stand.receiver.setState({ clock, receiverActor, request, attachments: [] });
    }
    if (keys.length > 0) {
      ring = bench.ports.client.call('addKeyFiles', { files: numbered(bench, keys, OWN_KEYS) });
    }
    if (ring) bench.keys.setState({ ring: await ring, ...(keys.length > 0 ? { lost: false } : {}) });
    void judge(bench, stand);
  });
  return {
    message: message?.name ?? null,
    request: request?.name ?? null,
    keys: keys.map((file) => file.name),
    left: left.map((file) => file.name),
  };
}

/** Puts a sample on the stand with its keys, users and time, and judges it. */
export function loadSample(bench: Bench, sample: LoadedSample): Promise<void> {
  const { client } = bench.ports;
  const stand = currentStand(bench);
  const set = sampleKeys(stand.id);
  return orDefect(bench, async () => {
    const left = leaveSample(bench, stand);
    place(bench, stand, { ...sample.message, origin: 'sample', sample: sample.id });
    stand.receiver.setState({ ...PLAIN_RECEIVER, clock: { mode: 'given', at: sample.at, by: 'sample' } });
    bench.keys.setState({ lost: false });
    // The worker does what it is asked in order: the run can be asked for at once and sees these keys.
    const files = numbered(bench, sample.keys, set).map((file) => ({ ...file, octets: file.octets.slice() }));
    const rings = [
      ...(left ? [left] : []),
      ...(files.length > 0 ? [client.call('addKeyFiles', { files })] : []),
      ...sample.users.map((user) => client.call('addUser', { set, ...user })),
    ];
    const judged = judge(bench, stand);
    const ring = (await Promise.all(rings)).at(-1);
    if (ring) bench.keys.setState({ ring });
    await judged;
  });
}

/** A sample's keys go with it. Null where none is there. */
function leaveSample(bench: Bench, stand: Stand): Promise<KeyRing> | null {
  const set = sampleKeys(stand.id);
  const { files, users } = bench.keys.getState().ring;
  const here = [...files, ...users].some((entry) => entry.set === set) || stand.message.getState().subject?.sample;
  return here ? bench.ports.client.call('removeKeySet', { set }) : null;
}

/** Puts a subject on a stand, in place of the one that stood there. */
function place(bench: Bench, stand: Stand, subject: Omit<Subject, 'id'>): void {
  const { leftTab, rightTab } = stand.selection.getState();
  stand.selection.setState({ ...NO_SELECTION, leftTab, rightTab });
  stand.run.setState((run) => ({ ...IDLE_RUN, status: 'running', serial: run.serial, since: run.since }));
  stand.message.setState({ subject: newSubject(bench.subjects, subject) });
}

/**
 * The user edited the message: these octets are the new one. The verdict becomes stale at once, the new run follows
 * after a short pause without another edit.
 */
export async function edit(bench: Bench, octets: Uint8Array): Promise<void> {
  const stand = currentStand(bench);
  const name = stand.message.getState().subject?.name ?? 'message.xml';
  const edited = newSubject(bench.subjects, { octets, name, origin: 'edited copy', sample: null });
  stand.message.setState({ subject: edited });
  stand.run.setState((state) => ({ status: state.trace ? 'stale' : 'running', announced: null }));
  await new Promise((resolve) => setTimeout(resolve, EDIT_PAUSE));
  // A later edit judges itself, and so did whoever asked for a run meanwhile.
  if (stand.message.getState().subject === edited && stand.run.getState().asked !== edited) await judge(bench, stand);
}

function clear(stand: Stand, receiver: Partial<ReceiverState>): void {
  stand.message.setState({ subject: null });
  stand.receiver.setState(receiver);
  stand.run.setState((run) => ({ ...IDLE_RUN, serial: run.serial }));
  stand.selection.setState(NO_SELECTION);
}

/** Takes the message from the stand; keys stay. */
export function clearMessage(bench: Bench): void {
  bench.ports.client.cancel();
  clear(currentStand(bench), { request: null, attachments: [] });
}

/** Forgets every key, password, message and result, on the page and in the worker. */
export async function wipe(bench: Bench): Promise<void> {
  const { stands, current } = bench.subjects.getState();
  for (const stand of stands) {
    const { skewSeconds } = stand.receiver.getState();
    clear(stand, { ...PLAIN_RECEIVER, skewSeconds });
  }
  bench.subjects.setState({ stands: [current] });
  bench.keys.setState({ ring: NO_KEYS, lost: false });
  await bench.ports.client.wipe();
}
