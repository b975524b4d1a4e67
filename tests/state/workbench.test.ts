/**
 * The workbench's acts: what is loaded is judged, edits make the verdict stale, sample keys go with their sample,
 * wiping forgets.
 */
import { describe, expect, it, vi } from 'vitest';
import { readLayout } from '../../src/state/layout.ts';
import { createWorkbench } from '../../src/state/workbench.ts';
import type { EngineClient, Outcome } from '../../src/worker/page/client.ts';
import type { JudgeAnswer, JudgeCall, KeyRing } from '../../src/worker/page/protocol.ts';

function setUp() {
  const judged: JudgeCall[] = [];
  const settle: ((outcome: Outcome<JudgeAnswer>) => void)[] = [];
  const ring: { files: { id: string; name: string; trusted: boolean }[]; users: string[] } = { files: [], users: [] };
  const view = () =>
    ({
      files: ring.files.map((file) => ({ ...file, format: 'PEM', size: 1, entries: [], crls: 0, problems: [] })),
      users: [...ring.users],
    }) as KeyRing;
  const client: EngineClient = {
    ask: ((name: string, call: JudgeCall) => {
      if (name !== 'judge') return Promise.resolve({ type: 'cancelled' });
      judged.push(call);
      settle.at(-1)?.({ type: 'cancelled' });
      return new Promise((resolve) => settle.push(resolve));
    }) as EngineClient['ask'],
    drop: () => undefined,
    cancel: () => settle.at(-1)?.({ type: 'cancelled' }),
    wipe: async () => {
      settle.at(-1)?.({ type: 'cancelled' });
      Object.assign(ring, { files: [], users: [] });
    },
    call: vi.fn(async (name: string, send: Readonly<Record<string, unknown>>) => {
      if (name === 'addKeyFiles') ring.files.push(...(send['files'] as typeof ring.files));
      if (name === 'removeKeyFile') ring.files = ring.files.filter((file) => file.id !== send['file']);
      if (name === 'addUser') ring.users.push(send['name'] as string);
      if (name === 'removeUser') ring.users = ring.users.filter((user) => user !== send['name']);
      return view();
    }) as unknown as EngineClient['call'],
    dispose: () => undefined,
  };
  const workbench = createWorkbench({ client, now: () => 1_000, findingTitle: (finding) => finding.code });
  return { workbench, judged, settle, ring };
}

const octets = (text: string) => new TextEncoder().encode(text);
const SAMPLE = {
  id: 's',
  title: 'S',
  message: { name: 's.xml', octets: octets('<s/>') },
  keys: [{ name: 'ca.pem', octets: octets('pem'), trusted: true, secret: false }],
  users: [{ name: 'alice', password: 'p' }],
  at: 5_000,
};

/** As much of an answer as the state looks at: a signature that fails, with one finding. */
const failing = (code: string) =>
  ({
    trace: {
      findings: [
        { id: 'f1', code, severity: 'error', confidence: 'certain', step: null, ranges: [], data: {}, evidence: [] },
      ],
      steps: [],
      paths: [],
      spaces: [],
      signatures: [],
      encrypted: [],
      tokens: [],
      coverage: [],
      headers: [],
      certificates: [],
      input: { encoding: 'UTF-8' },
      verdict: { headline: 'invalid', axes: { signature: 'fail' } },
    },
    outline: { space: 'input', nodes: [], cut: false },
    opened: null,
    elapsed: 1,
  }) as unknown as JudgeAnswer;

describe('workbench', () => {
  it('judges a sample with its keys, as of when it was made', async () => {
    const { workbench, judged, ring } = setUp();
    void workbench.loadSample(SAMPLE);
    await vi.waitFor(() => expect(judged).toHaveLength(1));
    expect(judged[0]!.settings.at).toBe(5_000);
    expect(ring.files).toMatchObject([{ name: 'ca.pem', trusted: true }]);
    expect(workbench.session.getState()).toMatchObject({ sample: 's', keys: { users: ['alice'] } });
  });

  it('drops a sample’s keys and users when a message of the user’s comes, and keeps the user’s own keys', async () => {
    const { workbench, judged, ring } = setUp();
    void workbench.loadSample(SAMPLE);
    await vi.waitFor(() => expect(judged).toHaveLength(1));
    await workbench.addKeys([{ name: 'mine.pem', octets: octets('-----BEGIN') }]);
    await workbench.load([{ name: 'm.xml', octets: octets('<m/>') }], 'file');
    expect(ring.files.map((file) => file.name)).toEqual(['mine.pem']);
    expect(ring.users).toEqual([]);
    expect(judged.at(-1)!.settings.at).toBe(1_000);
    expect(judged.at(-1)!.octets).toEqual(octets('<m/>'));
  });

  it('calls the engine’s own failure a defect and keeps the message', async () => {
    const { workbench, settle } = setUp();
    await workbench.load([{ name: 'm.xml', octets: octets('<m/>') }], 'file');
    settle.at(-1)!({ type: 'defect', message: 'boom', stack: '' });
    await vi.waitFor(() => expect(workbench.run.getState().status).toBe('defect'));
    expect(workbench.session.getState().message?.name).toBe('m.xml');
  });

  it('judges once after several quick edits', async () => {
    vi.useFakeTimers();
    const { workbench, judged } = setUp();
    for (const text of ['<a/>', '<ab/>', '<abc/>']) workbench.pane.edit(octets(text));
    expect(workbench.run.getState().status).toBe('running');
    await vi.advanceTimersByTimeAsync(200);
    vi.useRealTimers();
    expect(judged.map((call) => new TextDecoder().decode(call.octets))).toEqual(['<abc/>']);
    expect(workbench.session.getState().message?.origin).toBe('edited');
  });

  it('forgets everything on wipe', async () => {
    const { workbench, ring } = setUp();
    await workbench.load(
      [
        { name: 'm.xml', octets: octets('<m/>') },
        { name: 'k.pem', octets: octets('-----BEGIN X-----') },
      ],
      'file',
    );
    await workbench.wipe();
    expect(ring.files).toEqual([]);
    expect(workbench.session.getState()).toMatchObject({ message: null, keys: { files: [], users: [] } });
    expect(workbench.run.getState()).toMatchObject({ status: 'empty', trace: null });
  });
});

describe('stored layout', () => {
  it('takes nothing that is not expected', () => {
    expect(
      readLayout('{"theme":"pink","panels":{"rows":{"a":500,"b":"x","c":40}},"keys":["secret"],"__proto__":{"x":1}}'),
    ).toEqual({
      theme: 'system',
      panels: { rows: { c: 40 } },
      layOut: true,
      explain: false,
      traceFilter: 'all',
      octetView: 'both',
    });
    expect(readLayout('not json').theme).toBe('system');
  });

  it('tells the engine what the receiver knows: lifetime, actor, Ids, request, attachments', async () => {
    const { workbench, judged } = setUp();
    void workbench.load([{ name: 'm.xml', octets: octets('<m/>') }], 'file');
    await vi.waitFor(() => expect(judged).toHaveLength(1));
    workbench.configure({ ttlSeconds: 60, receiverActor: 'urn:a', idAttributes: ['Ref'] });
    workbench.configure({
      request: { name: 'r.xml', octets: octets('<r/>'), origin: 'file' },
      attachments: [{ name: 'part-1', octets: octets('a') }],
    });
    const last = judged.at(-1)!;
    expect(last.settings).toMatchObject({ ttlSeconds: 60, receiverActor: 'urn:a', idAttributes: ['Ref'] });
    expect(last.request).toEqual(octets('<r/>'));
    expect(last.attachments).toEqual([['part-1', octets('a')]]);
    await workbench.load([{ name: 'other.xml', octets: octets('<o/>') }], 'file');
    expect(judged.at(-1)).toMatchObject({ request: null, attachments: [] });
  });

  it('shows a defect of ours as one, keeps the message, and judges again when told to', async () => {
    const { workbench, judged, settle } = setUp();
    void workbench.load([{ name: 'm.xml', octets: octets('<m/>') }], 'file');
    await vi.waitFor(() => expect(judged).toHaveLength(1));
    settle.at(-1)!({ type: 'defect', message: 'TypeError: no', stack: 'at judge' });
    await vi.waitFor(() => expect(workbench.run.getState().status).toBe('defect'));
    expect(workbench.run.getState().defect).toEqual({ message: 'TypeError: no', stack: 'at judge' });
    expect(workbench.session.getState().message?.octets).toEqual(octets('<m/>'));
    workbench.judge();
    expect(judged).toHaveLength(2);
    expect(workbench.run.getState()).toMatchObject({ status: 'running', defect: null });
  });

  it('shows the verdict first and asks for the cause of a failing one after it', async () => {
    const { workbench, judged, settle } = setUp();
    void workbench.load([{ name: 'm.xml', octets: octets('<m/>') }], 'file');
    await vi.waitFor(() => expect(judged).toHaveLength(1));
    expect(judged[0]!.settings.diagnosis).toBe(false);
    settle.at(-1)!({ type: 'done', value: failing('digest-mismatch-unproven') });
    await vi.waitFor(() => expect(judged).toHaveLength(2));
    expect(workbench.run.getState()).toMatchObject({ status: 'done', seeking: true });
    expect(judged[1]!.settings.diagnosis).toBe(true);
    settle.at(-1)!({ type: 'done', value: failing('ws-pretty-print-after-sign') });
    await vi.waitFor(() => expect(workbench.run.getState().seeking).toBe(false));
    expect(workbench.run.getState().trace?.findings[0]?.code).toBe('ws-pretty-print-after-sign');
  });

  it('keeps the verdict when the search for its cause is cancelled by an edit', async () => {
    const { workbench, judged, settle } = setUp();
    void workbench.load([{ name: 'm.xml', octets: octets('<m/>') }], 'file');
    await vi.waitFor(() => expect(judged).toHaveLength(1));
    settle.at(-1)!({ type: 'done', value: failing('digest-mismatch-unproven') });
    await vi.waitFor(() => expect(judged).toHaveLength(2));
    workbench.judge();
    await vi.waitFor(() => expect(judged).toHaveLength(3));
    expect(judged[2]!.settings.diagnosis).toBe(false);
    expect(workbench.run.getState()).toMatchObject({ status: 'stale', seeking: false });
    expect(workbench.run.getState().trace?.findings[0]?.code).toBe('digest-mismatch-unproven');
  });
});
