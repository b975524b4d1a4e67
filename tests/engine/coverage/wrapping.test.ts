/**
 * A signature that verifies over another element than the one a receiver reads is wrapped, never valid
 * (docs/attacks.md, "Wrapping and coverage").
 */
import { describe, expect, it } from 'vitest';
import { codes, judgeMessage, keyFromPem } from '../judging.ts';
import { PUBLIC_PEM, signature } from '../../building/signed-document.ts';

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const WSU = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
const keys = await keyFromPem(PUBLIC_PEM, true);

const body = (content: string, id: string | null = 'a') =>
  `<soap:Body xmlns:soap="${SOAP}"${id === null ? '' : ` Id="${id}"`}>${content}</soap:Body>`;
const genuine = body('<pay>1</pay>');
const evil = body('<pay>1000</pay>', null);

function envelope(parts: {
  header?: string;
  security?: string;
  bodies: string;
  tail?: string;
  edit?: (signature: string) => string;
}): string {
  const made = signature({ target: genuine, ...(parts.edit === undefined ? {} : { edit: parts.edit }) });
  return (
    `<soap:Envelope xmlns:soap="${SOAP}"><soap:Header><wsse:Security ` +
    `xmlns:wsse="${WSSE}">${made}${parts.security ?? ''}</wsse:Security>${parts.header ?? ''}</soap:Header>${parts.bodies}${parts.tail ?? ''}</soap:Envelope>`
  );
}

const judged = (message: string) => judgeMessage(message, { keys });

describe('wrapping', () => {
  it('is not seen where the Body is signed in its place', async () => {
    const run = await judged(envelope({ bodies: genuine }));
    expect(run.trace.verdict.headline).toBe('valid');
    expect(run.trace.coverage).toMatchObject([{ role: 'Body', signed: 'full', required: true }]);
  });

  it.each([
    ['a header block', envelope({ header: `<x:Wrap xmlns:x="urn:x">${genuine}</x:Wrap>`, bodies: evil }), 'XSW-01'],
    [
      'the Security header',
      envelope({ security: `<x:Wrap xmlns:x="urn:x">${genuine}</x:Wrap>`, bodies: evil }),
      'XSW-01',
    ],
    [
      'the end of the envelope',
      envelope({ bodies: evil, tail: `<x:Wrap xmlns:x="urn:x">${genuine}</x:Wrap>` }),
      'XSW-01',
    ],
    ['the forged Body', envelope({ bodies: evil.replace('</soap:Body>', `${genuine}</soap:Body>`) }), 'XSW-01'],
    [
      'an Object of the Signature',
      envelope({
        bodies: evil,
        edit: (text) => text.replace('</ds:Signature>', `<ds:Object>${genuine}</ds:Object></ds:Signature>`),
      }),
      'XSW-10',
    ],
    ['the place beside the forged Body', envelope({ bodies: evil + genuine }), 'XSW-05'],
    ['the place before the forged Body', envelope({ bodies: genuine + evil }), 'XSW-05'],
  ])('finds the signed Body in %s', async (_place, message, code) => {
    const run = await judged(message);
    expect(run.trace.signatures[0]).toMatchObject({ value: 'pass', references: [{ digest: 'pass' }] });
    expect(run.trace.verdict.headline).toBe('wrapped');
    expect(codes(run)).toContain(code);
  });

  it('says that a Body outside any signature is not signed', async () => {
    const message = envelope({ bodies: evil, header: '<h xmlns="urn:h" Id="a"></h>' });
    const run = await judged(message);
    expect(run.trace.verdict.headline).toBe('invalid');
    expect(codes(run)).toContain('required-part-not-signed');
  });

  it('counts WS-Addressing headers and an unsigned Timestamp', async () => {
    const run = await judged(
      envelope({
        bodies: genuine,
        header: '<wsa:To xmlns:wsa="http://www.w3.org/2005/08/addressing">urn:to</wsa:To>',
        security:
          '<wsu:Timestamp ' +
          `xmlns:wsu="${WSU}"><wsu:Created>2026-11-22T11:59:00Z</wsu:Created><wsu:Expires>2026-11-22T12:10:00Z</wsu:Expires></wsu:Timestamp>`,
      }),
    );
    expect(run.trace.verdict).toMatchObject({
      headline: 'valid-partial',
      axes: { coverage: 'partial', freshness: 'pass' },
    });
    expect(run.trace.coverage.filter((entry) => entry.signed === 'none').map((entry) => entry.role)).toEqual([
      'Timestamp',
      'wsa:To',
    ]);
  });

  it('has nothing to say of a message that nothing secures', async () => {
    const run = await judged(`<soap:Envelope xmlns:soap="${SOAP}">${evil}</soap:Envelope>`);
    expect(run.trace.verdict.headline).toBe('unsecured');
    expect(codes(run)).toContain('unsecured');
  });
});
