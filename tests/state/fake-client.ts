/** A worker's client that holds keys as the worker does, and leaves runs to the test. */
import { createBench, currentStand } from '../../src/state/bench.ts';
import type { EngineClient, Outcome } from '../../src/worker/page/client.ts';
import type {
  ExplainAnswer,
  JudgeAnswer,
  JudgeCall,
  KeyFileInput,
  KeyRing,
  UserDescription,
} from '../../src/worker/page/protocol.ts';

export interface Asked<Send, Get> {
  readonly send: Send;
  settle(outcome: Outcome<Get>): void;
}

type Users = (UserDescription & { readonly password: string })[];

export function setUp() {
  const judged: Asked<JudgeCall, JudgeAnswer>[] = [];
  const explained: Asked<{ readonly run: number }, ExplainAnswer | null>[] = [];
  /** What the worker holds. */
  const held: { files: Pick<KeyFileInput, 'id' | 'set' | 'name' | 'trusted'>[]; users: Users } = {
    files: [],
    users: [],
  };
  const open = new Map<string, () => void>();
  const ring = (): KeyRing => ({
    files: held.files.map(({ id, set, name, trusted }) => ({
      id,
      set,
      name,
      trusted,
      format: 'PEM',
      size: 1,
      entries: [],
      crls: 0,
      problems: [],
    })),
    users: held.users.map(({ set, name }) => ({ set, name })),
  });
  const changes: Record<string, (send: never) => void> = {
    addKeyFiles: ({ files }: { files: readonly KeyFileInput[] }) => void held.files.push(...files),
    removeKeyFile: ({ file }: { file: string }) => {
      held.files = held.files.filter(({ id }) => id !== file);
    },
    addUser: (user: Users[number]) => {
      held.users = [...held.users.filter(({ set, name }) => set !== user.set || name !== user.name), user];
    },
    removeUser: (user: UserDescription) => {
      held.users = held.users.filter(({ set, name }) => set !== user.set || name !== user.name);
    },
    removeKeySet: (gone: { set: string }) => {
      held.files = held.files.filter(({ set }) => set !== gone.set);
      held.users = held.users.filter(({ set }) => set !== gone.set);
    },
  };
  const cancelAll = () => {
    for (const end of open.values()) end();
    open.clear();
  };
  const client = {
    ask: (name: string, send: never, { lane = '' } = {}) => {
      open.get(lane)?.();
      return new Promise((resolve) => {
        open.set(lane, () => resolve({ type: 'cancelled' }));
        const list = name === 'judge' ? judged : explained;
        list.push({ send, settle: resolve });
      });
    },
    call: async (name: string, send: never) => {
      changes[name]?.(send);
      return ring();
    },
    drop: (lane: string) => open.get(lane)?.(),
    cancel: cancelAll,
    wipe: async () => {
      cancelAll();
      Object.assign(held, { files: [], users: [] });
    },
    dispose: cancelAll,
  } as unknown as EngineClient;
  const codes = {
    load: async () => {},
    title: ({ code }: { readonly code: string }) => code,
    message: ({ code }: { readonly code: string }) => code,
  };
  const bench = createBench({ client, now: () => 1_000, findings: codes });
  return { bench, stand: currentStand(bench), judged, explained, held };
}

export const octets = (text: string) => new TextEncoder().encode(text);

/** As much of a trace as the state looks at: a signature that fails, with one finding. */
export function failing(code: string): JudgeAnswer {
  return {
    run: 7,
    trace: {
      findings: [
        { id: 'f1', code, severity: 'error', confidence: 'certain', step: null, ranges: [], data: {}, evidence: [] },
      ],
      steps: [],
      spaces: [],
      signatures: [],
      encrypted: [],
      tokens: [],
      coverage: [],
      headers: [],
      certificates: [],
      paths: [],
      input: { encoding: 'UTF-8' },
      verdict: { headline: 'invalid', axes: { signature: 'fail' } },
    },
    outline: { space: 'input', nodes: [], cut: false },
    opened: null,
    attachments: [],
    elapsed: 1,
  } as unknown as JudgeAnswer;
}
