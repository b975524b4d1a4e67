/**
 * Passwords are compared, digests recomputed, and wrong recipes proven (UTP 1.1 §3). Node's crypto makes the digests.
 */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { B64, judge, message, UTP } from './reading.ts';

const CREATED = '2026-11-22T06:53:25.164Z';
const NONCE = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
const USERS = [
  { name: 'alice', password: 's3cret' },
  { name: 'bob', password: 'Zażółć-κλειδί' },
  { name: 'carol', password: '' },
];
const sha1 = (...parts: readonly (Buffer | string)[]) =>
  createHash('sha1')
    .update(Buffer.concat(parts.map((part) => Buffer.from(part))))
    .digest();

interface Parts {
  readonly user?: string;
  readonly password: string;
  readonly type?: string | null;
  readonly nonce?: string | null;
  readonly created?: string | null;
  readonly encoding?: boolean;
}

function token({
  user = 'alice',
  password,
  type = 'PasswordDigest',
  nonce = NONCE.toString('base64'),
  created = CREATED,
  encoding = true,
}: Parts): string {
  return message(
    `<wsse:UsernameToken><wsse:Username>${user}</wsse:Username><wsse:Password${type === null ? '' : ` Type="${UTP}#${type}"`}>${password}</wsse:Password>${
      nonce === null ? '' : `<wsse:Nonce${encoding ? ` EncodingType="${B64}"` : ''}>${nonce}</wsse:Nonce>`
    }${created === null ? '' : `<wsu:Created>${created}</wsu:Created>`}</wsse:UsernameToken>`,
  );
}
const check = (parts: Parts) => judge(token(parts), { users: USERS });
const digest = (octets: Buffer) => octets.toString('base64');

test("the ONVIF programmer's guide example verifies", () => {
  const text = token({
    user: 'user',
    password: 'tuOSpGlFlIXsozq4HFNeeGeFLEI=',
    nonce: 'LKqI6G/AikKCQrN0zqZFlg==',
    created: '2010-09-16T07:50:45Z',
  });
  expect(
    judge(text, { users: [{ name: 'user', password: 'userpassword' }], at: '2010-09-16T07:50:46Z' }),
  ).toMatchObject({ authentication: 'pass', freshness: 'pass', codes: [] });
});

test('a right digest passes, for non-ASCII and empty passwords too', () => {
  for (const { name, password } of USERS) {
    expect(check({ user: name, password: digest(sha1(NONCE, CREATED, password)) })).toMatchObject({
      authentication: 'pass',
      codes: [],
    });
  }
});

test('a right plain password passes, another fails', () => {
  expect(check({ password: 's3cret', type: 'PasswordText', nonce: null, created: null })).toMatchObject({
    authentication: 'pass',
    codes: [],
  });
  expect(check({ password: 's3cret ', type: 'PasswordText', nonce: null, created: null })).toMatchObject({
    authentication: 'fail',
    codes: ['password-wrong'],
  });
});

test('an unknown user and a password not given are unknown, not wrong', () => {
  expect(check({ user: 'mallory', password: 'x', type: 'PasswordText', nonce: null, created: null })).toMatchObject({
    authentication: 'unknown',
    codes: ['user-unknown'],
  });
  expect(judge(token({ password: 'x', type: 'PasswordText', nonce: null, created: null }))).toMatchObject({
    authentication: 'unknown',
    codes: ['password-not-given'],
  });
});

const base64Nonce = NONCE.toString('base64');
const md5 = (text: string) => createHash('md5').update(text).digest();
test.each<[string, Buffer | string, string]>([
  ['pwd-digest-nonce-not-decoded', sha1(base64Nonce, CREATED, 's3cret'), 'nonce:base64-text'],
  ['pwd-digest-nonce-not-decoded', sha1(NONCE.toString('hex'), CREATED, 's3cret'), 'nonce:hex-text'],
  ['pwd-digest-hex', sha1(NONCE, CREATED, 's3cret').toString('hex'), 'encoding:base64-of-hex'],
  ['pwd-digest-order-or-missing-part', sha1(CREATED, NONCE, 's3cret'), 'order:created-nonce-password'],
  ['pwd-digest-order-or-missing-part', sha1(NONCE, 's3cret'), 'created:absent'],
  ['pwd-digest-order-or-missing-part', sha1(CREATED, 's3cret'), 'nonce:absent'],
  ['pwd-digest-order-or-missing-part', sha1('s3cret', base64Nonce, CREATED), 'order:password-nonce-created'],
  ['pwd-digest-created-mismatch', sha1(NONCE, '2026-11-22T06:53:25Z', 's3cret'), 'created:without-fraction'],
  ['pwd-digest-created-mismatch', sha1(NONCE, '2026-11-22T08:53:25.164Z', 's3cret'), 'created:other-zone'],
  ['pwd-digest-created-mismatch', sha1(NONCE, '2026-11-22T06:53:24Z', 's3cret'), 'created:other-second'],
  ['pwd-digest-hashed-or-encoded-password', sha1(NONCE, CREATED, sha1('s3cret')), 'password:sha1'],
  ['pwd-digest-hashed-or-encoded-password', sha1(NONCE, CREATED, md5('s3cret').toString('hex')), 'password:md5-hex'],
  ['pwd-digest-hashed-or-encoded-password', sha1(NONCE, CREATED, 's3cret\n'), 'password:with-line-feed'],
  [
    'pwd-digest-hashed-or-encoded-password',
    createHash('sha256').update(NONCE).update(CREATED).update('s3cret').digest(),
    'digest:sha256',
  ],
  ['pwd-digest-nonce-not-decoded', sha1(base64Nonce, CREATED, sha1('s3cret').toString('hex')), 'password:sha1-hex'],
])('%s is proven by recomputation (%#)', (code, wrong, how) => {
  const judged = check({ password: Buffer.from(wrong).toString('base64') });
  expect(judged.authentication).toBe('fail');
  expect(judged.codes).toEqual([code]);
  expect(judged.findings[0]).toMatchObject({ confidence: 'proven' });
  expect(judged.findings[0]?.data['how']).toContain(how);
});

test('hexadecimal text without base64 is told too', () => {
  expect(check({ password: sha1(NONCE, CREATED, 's3cret').toString('hex') }).codes).toEqual(['pwd-digest-hex']);
});

test("another user's password is recognised", () => {
  const judged = check({ password: digest(sha1(NONCE, CREATED, 'Zażółć-κλειδί')) });
  expect(judged).toMatchObject({ authentication: 'fail', codes: ['password-digest-wrong'] });
  expect(judged.findings[0]?.data['otherUser']).toBe('bob');
});

test('nothing known is not proven', () => {
  expect(check({ password: digest(sha1('x')) }).findings).toMatchObject([
    { code: 'password-digest-wrong', confidence: 'certain' },
  ]);
});

test('the wrong Type is proven', () => {
  expect(check({ password: digest(sha1(NONCE, CREATED, 's3cret')), type: 'PasswordText' }).codes).toContain(
    'pwd-type-missing-or-wrong',
  );
  expect(check({ password: 's3cret' }).codes).toEqual(['pwd-type-missing-or-wrong']);
  expect(check({ password: 's3cret', type: null, nonce: null, created: null })).toMatchObject({
    authentication: 'pass',
    codes: ['pwd-type-missing-or-wrong'],
  });
});

test('static faults are told beside a right password', () => {
  expect(check({ password: 's3cret', type: 'PasswordText' }).codes).toEqual(['pwdtext-with-nonce']);
  expect(check({ password: digest(sha1(NONCE, CREATED, 's3cret')), encoding: false })).toMatchObject({
    authentication: 'pass',
    codes: ['nonce-encodingtype-missing'],
  });
});

test('Created out of the window fails freshness, not authentication', () => {
  const text = token({ password: digest(sha1(NONCE, CREATED, 's3cret')) });
  expect(judge(text, { users: USERS, at: '2026-11-22T07:10:00Z' })).toMatchObject({
    authentication: 'pass',
    freshness: 'fail',
    codes: ['ts-device-clock-offset'],
  });
  expect(judge(text, { users: USERS, at: '2026-11-22T06:40:00Z' })).toMatchObject({
    freshness: 'fail',
    codes: ['ts-device-clock-offset'],
  });
});

test('no report or step holds the password', () => {
  const judged = check({ password: 'hunter2-wrong', type: 'PasswordText', nonce: null, created: null });
  expect(JSON.stringify([judged.reports, judged.findings])).not.toMatch(/hunter2|s3cret/);
});
