/** The finding that leads is one of the headline's own. */
import { expect, test } from 'vitest';
import type { Finding, Headline, Severity } from '../../../src/engine/trace/trace.ts';
import { inKeeping, rootCausesFirst } from '../../../src/engine/verdict/root-causes.ts';

function finding(code: string, severity: Severity, confidence: Finding['confidence'] = 'certain'): Finding {
  const nothing = { ranges: [], data: {}, evidence: [], fixes: [], citations: [], fault: null };
  return { id: code, code, severity, confidence, step: null, ...nothing };
}

/** Of each kind one, in the order in which they are found. */
const EXPIRED = finding('ts-expired', 'error');
const UNTRUSTED = finding('trust-anchor-missing', 'error');
const WEAK = finding('weak-algorithm', 'warning');
const UNSIGNED = finding('required-part-not-signed', 'warning');
const ANYBODY = finding('session-key-of-anybody', 'note');
const NO_PASSWORD = finding('password-not-given', 'note');
const MISMATCH = finding('digest-mismatch-unproven', 'error');
const CAUSE = finding('ws-pretty-print-after-sign', 'error', 'proven');
const WRAPPED = finding('XSW-05', 'error');
const NO_KEY = finding('private-key-not-found', 'warning');
const ADDRESSING = finding('wsa-mismatch', 'warning', 'likely');

test.each<[Headline, readonly Finding[], string]>([
  ['invalid', [EXPIRED, UNTRUSTED, WEAK, MISMATCH, CAUSE], 'ws-pretty-print-after-sign'],
  ['invalid', [EXPIRED, UNTRUSTED, WEAK, MISMATCH], 'digest-mismatch-unproven'],
  ['wrapped', [EXPIRED, WEAK, WRAPPED], 'XSW-05'],
  ['refused', [EXPIRED, WEAK, WRAPPED], 'XSW-05'],
  ['incomplete', [EXPIRED, WEAK, UNSIGNED, NO_KEY], 'private-key-not-found'],
  ['incomplete', [EXPIRED, UNSIGNED, NO_PASSWORD], 'password-not-given'],
  ['unsecured', [EXPIRED, finding('unsecured', 'error')], 'unsecured'],
  ['valid-stale', [WEAK, UNSIGNED, UNTRUSTED, EXPIRED], 'ts-expired'],
  ['valid-partial', [WEAK, UNTRUSTED, UNSIGNED], 'required-part-not-signed'],
  ['valid-partial', [WEAK, ADDRESSING, UNSIGNED], 'required-part-not-signed'],
  ['valid-untrusted', [WEAK, UNTRUSTED], 'trust-anchor-missing'],
  ['valid-untrusted', [WEAK, ANYBODY], 'session-key-of-anybody'],
  ['valid-weak', [ANYBODY, WEAK], 'weak-algorithm'],
])('%s: the right one of %j leads', (headline, found, code) => {
  expect(rootCausesFirst(found, headline)[0]?.code).toBe(code);
});

test('under a headline that says valid, an error is one that the headlines name', () => {
  const found = [EXPIRED, UNTRUSTED, finding('key-name-unknown', 'error')];
  const severities = (headline: Headline, also: readonly Headline[]) =>
    inKeeping(found, { headline, also }).map(({ severity }) => severity);
  expect(severities('valid-stale', ['valid-untrusted'])).toEqual(['error', 'error', 'warning']);
  expect(severities('valid-stale', [])).toEqual(['error', 'warning', 'warning']);
  expect(severities('invalid', [])).toEqual(['error', 'error', 'error']);
});
