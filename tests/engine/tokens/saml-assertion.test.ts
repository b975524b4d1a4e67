/**
 * SAML assertions of both versions are read, and their conditions judged (SAML 1.1 Core §2.3.2.1; SAML 2.0 Core
 * §2.5.1).
 */
import { expect, test } from 'vitest';
import { judge, message } from './reading.ts';

const SAML2 = 'urn:oasis:names:tc:SAML:2.0:assertion';
const two = (conditions = '', extra = '') =>
  `<a:Assertion xmlns:a="${SAML2}" ID="A1" Version="2.0" ` +
  'IssueInstant="2026-11-22T06:53:00Z"><a:Issuer>urn:idp</a:Issuer><a:Subject><a:NameID>alice</a:NameID>' +
  ('<a:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><a:SubjectConfirmationData ' +
    'NotOnOrAfter="2026-11-22T07:00:00Z" Recipient="urn:r"/></a:SubjectConfirmation></a:Subject>') +
  ('<a:Conditions ' +
    `${conditions}><a:AudienceRestriction><a:Audience>urn:sp</a:Audience></a:AudienceRestriction><a:OneTimeUse/></a:Conditions>`) +
  ('<a:AttributeStatement><a:Attribute ' +
    `Name="role"><a:AttributeValue>admin</a:AttributeValue></a:Attribute></a:AttributeStatement>${extra}</a:Assertion>`);
const one = (conditions: string) =>
  '<a:Assertion xmlns:a="urn:oasis:names:tc:SAML:1.0:assertion" AssertionID="A1" MajorVersion="1" ' +
  `MinorVersion="1" Issuer="urn:idp" IssueInstant="2026-11-22T06:53:00Z"><a:Conditions ${conditions}/>` +
  '<a:AuthenticationStatement><a:Subject><a:NameIdentifier>alice</a:NameIdentifier><a:SubjectConfirmation><a:ConfirmationMethod>urn:oasis:names:tc:SAML:1.0:cm:sender-vouches</a:ConfirmationMethod></a:SubjectConfirmation></a:Subject></a:AuthenticationStatement></a:Assertion>';
const NOW = 'NotBefore="2026-11-22T06:53:00Z" NotOnOrAfter="2026-11-22T06:58:00Z"';

test('what a 2.0 assertion says', () => {
  expect(judge(message(two(NOW)))).toMatchObject({
    freshness: 'pass',
    codes: [],
    reports: [
      {
        kind: 'SAMLAssertion',
        id: 'A1',
        data: {
          version: '2.0',
          issuer: 'urn:idp',
          subject: 'alice',
          confirmationMethods: ['bearer'],
          audiences: ['urn:sp'],
          oneTimeUse: true,
          statements: ['AttributeStatement'],
          attributes: ['role=admin'],
          signed: false,
        },
      },
    ],
  });
});

test('what a 1.1 assertion says', () => {
  expect(judge(message(one(NOW)))).toMatchObject({
    freshness: 'pass',
    codes: [],
    reports: [
      {
        id: 'A1',
        data: { version: '1.1', issuer: 'urn:idp', subject: 'alice', confirmationMethods: ['sender-vouches'] },
      },
    ],
  });
});

test('NotOnOrAfter is exclusive and NotBefore inclusive, with the skew', () => {
  expect(judge(message(two(NOW)), { at: '2026-11-22T06:58:59.999Z' }).freshness).toBe('pass');
  expect(judge(message(two(NOW)), { at: '2026-11-22T06:59:00.000Z' })).toMatchObject({
    freshness: 'fail',
    codes: ['saml-conditions-expired'],
  });
  expect(judge(message(one(NOW)), { at: '2026-11-22T06:52:00.000Z' }).freshness).toBe('pass');
  expect(judge(message(one(NOW)), { at: '2026-11-22T06:51:59.999Z' })).toMatchObject({
    freshness: 'fail',
    codes: ['saml-conditions-expired'],
  });
});

test('without conditions nothing is said about time', () => {
  expect(judge(message(two())).freshness).toBe('absent');
});

test('a time that is none is told', () => {
  expect(judge(message(two('NotOnOrAfter="soon"'))).codes).toEqual(['timestamp-malformed']);
});

test('assertions outside SOAP are tokens too', () => {
  expect(judge(two(NOW)).reports).toMatchObject([{ kind: 'SAMLAssertion', path: '/a:Assertion' }]);
  expect(
    judge(`<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol">${two(NOW)}${two(NOW)}</p:Response>`).reports,
  ).toHaveLength(2);
});

test('an encrypted assertion is shown', () => {
  expect(judge(message(`<a:EncryptedAssertion xmlns:a="${SAML2}"/>`))).toMatchObject({
    codes: [],
    reports: [{ kind: 'SAMLAssertion', data: { encrypted: true } }],
  });
});

test('unknown children of the header are listed, near misses explained', () => {
  expect(judge(message('<x xmlns="urn:x"/>'))).toMatchObject({
    codes: [],
    reports: [{ kind: 'unknown', data: { element: 'x', namespace: 'urn:x' } }],
  });
  expect(judge(message('<Timestamp xmlns="http://schemas.xmlsoap.org/ws/2002/07/utility"/>')).codes).toEqual([
    'signature-not-in-ds-namespace',
  ]);
});
