import { describe, expect, test } from 'vitest';
import { INPUT_SPACE } from '../../../src/engine/bytes/source-range.ts';
import { Recorder } from '../../../src/engine/trace/recorder.ts';

const sha256 = (octets: Uint8Array) => `sha256-of-${octets.length}`;
const range = { space: INPUT_SPACE, start: 1, end: 2 };

describe('a step', () => {
  test('takes the worst status of its children and findings, unless it is given one', () => {
    const recorder = new Recorder(sha256);
    const outer = recorder.step('signature');
    const reference = outer.child('reference');
    reference.child('digest').end('unsupported');
    reference.child('transform').end('skipped');
    expect(reference.end()).toBe('unsupported');
    const value = outer.child('verify-value');
    value.finding({ code: 'unsecured', severity: 'error' });
    expect(value.end('unknown', reference.id)).toBe('unknown');
    expect(outer.end()).toBe('unsupported');
    expect(recorder.steps.map(({ id, parent, status, because }) => ({ id, parent, status, because }))).toEqual([
      { id: 's1', parent: null, status: 'unsupported', because: null },
      { id: 's2', parent: 's1', status: 'unsupported', because: null },
      { id: 's3', parent: 's2', status: 'unsupported', because: null },
      { id: 's4', parent: 's2', status: 'skipped', because: null },
      { id: 's5', parent: 's1', status: 'unknown', because: 's2' },
    ]);
  });

  test('lends its range and citation to its findings', () => {
    const recorder = new Recorder(sha256);
    const citation = { spec: 'XMLDSIG', section: '3.2' };
    const step = recorder.step('digest', { range, citation });
    step.finding({ code: 'digestvalue-ws-or-linebreak', severity: 'error' });
    step.finding({ code: 'digestvalue-ws-or-linebreak', severity: 'note', ranges: [], citations: [] });
    expect(recorder.findings).toMatchObject([
      { id: 'f1', step: 's1', ranges: [range], citations: [citation], confidence: 'certain', fault: null },
      { id: 'f2', step: 's1', ranges: [], citations: [] },
    ]);
    step.end();
    expect(recorder.steps[0]).toMatchObject({ status: 'failed', findings: ['f1', 'f2'] });
  });

  test('says nothing more after its end', () => {
    const step = new Recorder(sha256).step('digest');
    step.end();
    for (const late of [
      () => step.child('transform'),
      () => step.data({ algorithm: 'x' }),
      () => step.key(new Uint8Array(16)),
      () => step.finding({ code: 'digestvalue-ws-or-linebreak', severity: 'error' }),
      () => step.input({ type: 'value', label: 'octets', value: 1 }),
      () => step.output({ type: 'value', label: 'octets', value: 1 }),
      () => step.end(),
    ]) {
      expect(late).toThrow('has ended');
    }
  });

  test('keeps the octets of a key beside the log', () => {
    const recorder = new Recorder(() => '0123456789abcdef0123');
    const octets = new Uint8Array(16);
    const step = recorder.step('unwrap-key');
    step.key(octets);
    step.end();
    expect(recorder.steps[0]!.data).toEqual({ keyBits: 128, fingerprint: '0123456789abcdef' });
    expect(recorder.keys.get(step.id)).toBe(octets);
  });
});

test('findings under a step are restated, and no others', () => {
  const recorder = new Recorder(sha256);
  const outer = recorder.step('encrypted-key');
  const inner = outer.child('resolve-key');
  inner.finding({ code: 'private-key-not-found', severity: 'warning', fault: 'wsse:FailedCheck' });
  inner.end();
  outer.end();
  const other = recorder.step('encrypted-key');
  other.finding({ code: 'private-key-not-found', severity: 'warning' });
  other.end();
  recorder.restate(
    outer.id,
    'private-key-not-found',
    { code: 'encrypted-for-another-recipient', severity: 'note' },
    'skipped',
  );
  expect(recorder.findings).toMatchObject([
    { code: 'encrypted-for-another-recipient', severity: 'note', fault: null },
    { code: 'private-key-not-found', severity: 'warning' },
  ]);
  expect(recorder.steps.map((step) => step.status)).toEqual(['skipped', 'skipped', 'warned']);
});

test('spaces carry a fingerprint, which may come later; silent work has none', () => {
  const recorder = new Recorder(sha256);
  recorder.space('s1', 'canonical', 'signed', new Uint8Array(3));
  recorder.space('s2', 'plaintext', 'plaintext', new Uint8Array(4), 's1', null, '');
  recorder.fingerprint('s2', 'later');
  expect(recorder.spaces).toEqual([
    { id: 's1', kind: 'canonical', label: 'signed', size: 3, sha256: 'sha256-of-3', parent: null },
    { id: 's2', kind: 'plaintext', label: 'plaintext', size: 4, sha256: 'later', parent: 's1' },
  ]);
  const silent = Recorder.silent();
  silent.space('s1', 'canonical', 'signed', new Uint8Array(3));
  expect(silent.spaces[0]!.sha256).toBe('');
});

test('a log of another activity has its own kinds of steps', () => {
  const recorder = new Recorder<{ sign: { readonly method?: string }; digest: { readonly algorithm?: string } }>(
    sha256,
  );
  const step = recorder.step('sign');
  step.child('digest').end();
  step.end();
  expect(recorder.steps.map((one) => one.kind)).toEqual(['sign', 'digest']);
});
