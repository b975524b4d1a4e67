/** Subject confirmation and SignatureConfirmation against signatures judged elsewhere (STP §3.5; SMS §8.5). */
import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';
import {
  judgeTokenConfirmations,
  type JudgedSignature,
} from '../../../src/engine/key-resolution/judge-confirmations.ts';
import { signatureValues } from '../../../src/engine/tokens/signature-confirmation.ts';
import { descendantElementsNamed, isWithin } from '../../../src/engine/xml/navigate.ts';
import { message, parse } from '../tokens/reading.ts';
import { answeredWith, openMessage } from './peer-corpus.ts';
import { der, DS, entry, type Stem } from './references.ts';

const SAML2 = 'urn:oasis:names:tc:SAML:2.0:assertion';
const WSSE11 = 'http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd';
const SIGNATURE = `<ds:Signature xmlns:ds="${DS}"/>`;

function assertion(method: string, { key, signed = true }: { key?: Stem; signed?: boolean } = {}): string {
  const keyInfo = key
    ? '<ds:KeyInfo ' +
      `xmlns:ds="${DS}"><ds:X509Data><ds:X509Certificate>${der(key).toString('base64')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`
    : '';
  return (
    `<a:Assertion xmlns:a="${SAML2}" ` +
    `ID="A"><a:Issuer>i</a:Issuer>${signed ? SIGNATURE : ''}<a:Subject><a:SubjectConfirmation ` +
    `Method="urn:oasis:names:tc:SAML:2.0:cm:${method}"><a:SubjectConfirmationData>${keyInfo}</a:SubjectConfirmationData></a:SubjectConfirmation></a:Subject></a:Assertion>`
  );
}

interface Signed {
  readonly value?: 'pass' | 'fail' | 'unknown';
  readonly by?: Stem;
  readonly covers?: boolean;
}

/** Judges one assertion; `own` is its issuer's signature, `message` the sender's. */
function judgeAssertion(text: string, own: Signed, sender: Signed | null) {
  const { context, recorder } = openMessage(encodeUtf8(message(text + (sender ? SIGNATURE : ''))), []);
  const { document } = context;
  const root = descendantElementsNamed(document, 0, SAML2, 'Assertion')[0] ?? 0;
  const signatures = descendantElementsNamed(document, 0, DS, 'Signature').map((node): JudgedSignature => {
    const which = isWithin(document, node, root) ? own : (sender ?? {});
    return {
      node,
      value: which.value ?? 'pass',
      publicKey: which.by ? entry(which.by).publicKey : null,
      secret: null,
      covers: () => which.covers ?? isWithin(document, node, root),
    };
  });
  const result = judgeTokenConfirmations(
    signatures,
    context,
    { at: 0, skewSeconds: 60, ttlSeconds: null },
    recorder.step('header'),
  );
  return {
    ...result,
    codes: recorder.findings.map((one) => one.code),
    reasons: recorder.findings.map((one) => one.data['reason']),
  };
}
const SENDER = { by: 'client-rsa2048' } as const;

test('bearer rests on the issuer', () => {
  expect(judgeAssertion(assertion('bearer'), {}, null)).toMatchObject({ authentication: 'pass', codes: [] });
  expect(judgeAssertion(assertion('bearer'), { value: 'fail' }, null).authentication).toBe('fail');
  expect(judgeAssertion(assertion('bearer'), { value: 'unknown' }, null).authentication).toBe('unknown');
});

test('an assertion that nobody signed is not believed', () => {
  expect(judgeAssertion(assertion('bearer', { signed: false }), {}, { ...SENDER, covers: false })).toMatchObject({
    authentication: 'fail',
    codes: ['saml-assertion-unsigned'],
  });
  expect(judgeAssertion(assertion('bearer', { signed: false }), {}, { ...SENDER, covers: true })).toMatchObject({
    authentication: 'pass',
    codes: ['saml-assertion-unsigned'],
  });
});

test('holder-of-key asks for a signature with that key', () => {
  const text = assertion('holder-of-key', { key: 'client-rsa2048' });
  expect(judgeAssertion(text, {}, SENDER)).toMatchObject({ authentication: 'pass', codes: [] });
  expect(judgeAssertion(text, {}, { by: 'other-rsa2048' })).toMatchObject({
    authentication: 'fail',
    codes: ['saml-subject-confirmation'],
    reasons: ['signed-with-another-key'],
  });
  expect(judgeAssertion(text, {}, { ...SENDER, value: 'fail' })).toMatchObject({
    authentication: 'fail',
    reasons: ['signature-fails-with-this-key'],
  });
  expect(judgeAssertion(text, {}, { ...SENDER, value: 'unknown' }).authentication).toBe('unknown');
  expect(judgeAssertion(text, {}, null)).toMatchObject({ authentication: 'fail' });
});

test("the assertion's own signature does not confirm its holder", () => {
  expect(judgeAssertion(assertion('holder-of-key', { key: 'client-rsa2048' }), SENDER, null)).toMatchObject({
    authentication: 'fail',
  });
});

test('holder-of-key without a key confirms nobody', () => {
  expect(judgeAssertion(assertion('holder-of-key'), {}, SENDER)).toMatchObject({
    authentication: 'fail',
    reasons: ['no-key'],
  });
});

test('sender-vouches asks that the sender sign the assertion', () => {
  expect(
    judgeAssertion(assertion('sender-vouches', { signed: false }), {}, { ...SENDER, covers: true }).authentication,
  ).toBe('pass');
  expect(judgeAssertion(assertion('sender-vouches'), {}, { ...SENDER, covers: false })).toMatchObject({
    authentication: 'fail',
    codes: ['saml-subject-confirmation'],
  });
});

function confirm(header: string, request: readonly string[] | null, headersOpened = true) {
  const { context, recorder } = openMessage(encodeUtf8(message(header)), []);
  const result = judgeTokenConfirmations(
    [],
    { ...context, answered: request === null ? null : answeredWith({ signatureValues: request, headersOpened }) },
    { at: 0, skewSeconds: 60, ttlSeconds: null },
    recorder.step('header'),
  );
  return { ...result, codes: recorder.findings.map((one) => one.code) };
}
const confirmation = (value: string | null) =>
  `<w:SignatureConfirmation xmlns:w="${WSSE11}"${value === null ? '' : ` Value="${value}"`}/>`;

test('every signature of the request is confirmed, and nothing else', () => {
  expect(confirm(confirmation('AAAA') + confirmation('BBBB'), ['BBBB', 'AAAA']).codes).toEqual([]);
  expect(confirm(confirmation(' AA\nAA '), ['AAAA']).codes).toEqual([]);
  expect(confirm(confirmation(null), []).codes).toEqual([]);
  expect(confirm(confirmation('AAAA'), ['AAAA', 'BBBB'])).toMatchObject({
    codes: ['signature-confirmation-mismatch'],
    authentication: 'fail',
  });
  expect(confirm(confirmation('AAAA'), []).codes).toEqual(['signature-confirmation-mismatch']);
  expect(confirm(confirmation('AAAA'), null)).toMatchObject({
    codes: ['signature-confirmation-without-request'],
    authentication: 'absent',
  });
  expect(confirm(confirmation('CCCC'), ['AAAA'], false)).toMatchObject({
    codes: ['signature-confirmation-without-request'],
    authentication: 'absent',
  });
  expect(confirm(confirmation('AAAA'), ['AAAA'], false).codes).toEqual([]);
  expect(confirm('', ['AAAA'])).toMatchObject({ codes: ['signature-confirmation-missing'], authentication: 'absent' });
});

test("a request's signature values are read without their line breaks", () => {
  expect(
    signatureValues(
      parse(message(`<ds:Signature xmlns:ds="${DS}"><ds:SignatureValue>\nAA\nAA\n</ds:SignatureValue></ds:Signature>`)),
    ),
  ).toEqual(['AAAA']);
});
