/**
 * The eight SAML wrappings of "On Breaking SAML" as SAML Raider does them, and others on assertions (docs/attacks.md
 * XSW-04, XSW-05, XSW-10).
 */
import { judgeTable, type Attack } from '../../building/attack.ts';
import {
  assertionSignature,
  assertionXml,
  attacker,
  attackerKeyInfo,
  body,
  certificateKeyInfo,
  envelope,
  goodMessage,
  samlResponse,
  signedAssertion,
  signer,
} from '../../building/good-message.ts';
import { ENVELOPED, EXCLUSIVE, SAML2 } from '../../building/names.ts';
import { signatureXml } from '../../building/signature.ts';

const plain = assertionXml('a1', 'alice');
const signature = assertionSignature('a1', 'alice');
const good = signedAssertion('a1', 'alice');
const evil = (inside = '') => assertionXml('evil', 'mallory', inside);
const withObject = (xml: string, content: string) =>
  xml.replace('</ds:Signature>', `<ds:Object>${content}</ds:Object></ds:Signature>`);
const asLast = (assertion: string, content: string) =>
  assertion.replace('</saml2:Assertion>', `${content}</saml2:Assertion>`);
const inExtensions = (content: string) => `<saml2p:Extensions>${content}</saml2p:Extensions>`;

const responsePlain = samlResponse(plain, 'response');
const responseSignature = signatureXml({
  references: [{ uri: '#response', octets: responsePlainCanonical(), transforms: [ENVELOPED, EXCLUSIVE] }],
  signer,
  keyInfo: certificateKeyInfo(),
});

/** saml2 is declared on the assertion itself, so the response is its own canonical form. */
function responsePlainCanonical(): string {
  return responsePlain;
}

const NOT_VALID = ['wrapped', 'refused', 'invalid', 'valid-partial'] as const;

const eight: Attack[] = [
  {
    id: 'XSW-04/1',
    what: 'the signed response beside its own signature in an evil response',
    headline: NOT_VALID,
    message: () => samlResponse(evil(), 'other', withObject(responseSignature, responsePlain)),
  },
  {
    id: 'XSW-04/2',
    what: 'the signed response before the detached signature',
    headline: NOT_VALID,
    message: () => samlResponse(evil(), 'other', responsePlain + responseSignature),
  },
  {
    id: 'XSW-04/3',
    what: 'an evil assertion before the signed one',
    headline: ['wrapped', 'invalid'],
    message: () => samlResponse(evil() + good),
  },
  {
    id: 'XSW-04/4',
    what: 'the signed assertion as a child of the evil one',
    headline: 'wrapped',
    code: 'XSW-04',
    message: () => samlResponse(asLast(evil(), good)),
  },
  {
    id: 'XSW-04/5',
    what: 'the signature in the evil assertion, the signed one beside it',
    headline: 'wrapped',
    message: () => samlResponse(evil(signature) + plain),
  },
  {
    id: 'XSW-04/6',
    what: 'the signature in the evil assertion, the signed one inside the signature',
    headline: 'wrapped',
    code: 'XSW-10',
    message: () => samlResponse(evil(withObject(signature, plain))),
  },
  {
    id: 'XSW-04/7',
    what: 'the evil assertion in Extensions before the signed one',
    headline: NOT_VALID,
    message: () => samlResponse(good, 'response', inExtensions(evil())),
  },
  {
    id: 'XSW-04/8',
    what: 'the signed assertion in an Object of the signature in the evil one',
    headline: 'wrapped',
    code: 'XSW-10',
    message: () => samlResponse(evil(withObject(signature, plain))),
  },
];

const others: Attack[] = [
  {
    id: 'XSW-05',
    what: 'a second assertion after the signed one',
    headline: ['wrapped', 'invalid'],
    code: 'XSW-05',
    message: () => samlResponse(good + evil()),
  },
  {
    id: 'XSW-05',
    what: 'an evil assertion with the same ID',
    headline: 'refused',
    code: 'dup-id',
    message: () => samlResponse(good + assertionXml('a1', 'mallory')),
  },
  {
    id: 'XSW-04',
    what: 'an evil assertion as the document, the signed one in its signature',
    headline: NOT_VALID,
    message: () => evil(withObject(signature, plain)),
  },
  {
    id: 'XSW-04',
    what: 'an evil assertion as the document, the signed one as its last child',
    headline: NOT_VALID,
    message: () => asLast(evil(), good),
  },
  {
    id: 'XSW-04',
    what: 'an evil assertion as the document, the signed one in its Advice',
    headline: NOT_VALID,
    message: () => evil(`<saml2:Advice>${good}</saml2:Advice>`),
  },
  {
    id: 'XSW-04',
    what: 'an evil assertion inside EncryptedAssertion, left in clear',
    headline: NOT_VALID,
    message: () =>
      samlResponse(`${good}<saml2:EncryptedAssertion xmlns:saml2="${SAML2}">${evil()}</saml2:EncryptedAssertion>`),
  },
  {
    id: 'XSW-04',
    what: 'an unsigned evil assertion alone',
    headline: ['valid-partial', 'unsecured', 'invalid'],
    message: () => samlResponse(evil()),
  },
  {
    id: 'TOK-05',
    what: 'the assertion edited after signing',
    headline: 'invalid',
    message: () => samlResponse(good.replace('alice', 'mallory')),
  },
  {
    id: 'TOK-05',
    what: 'a comment inside the NameID',
    headline: 'valid-weak',
    code: 'SIG-08',
    message: () => samlResponse(good.replace('>alice<', '>ali<!---->ce<')),
  },
  {
    id: 'KEY-01',
    what: 'the assertion signed by a stranger',
    headline: 'valid-untrusted',
    axes: { trust: 'fail' },
    message: () =>
      samlResponse(
        assertionXml('a1', 'root', assertionSignature('a1', 'root', { signer: attacker, keyInfo: attackerKeyInfo })),
      ),
  },
  {
    id: 'XSW-06',
    what: 'the signature of the assertion deleted',
    headline: ['valid-partial', 'unsecured', 'invalid'],
    message: () => samlResponse(plain),
  },
];

const message = goodMessage();
const soap = (assertions: string) => {
  const unsigned = [message.timestamp];
  const over = signatureXml({
    references: [
      { uri: '#body', octets: message.body },
      { uri: '#ts', octets: message.timestamp },
    ],
    signer,
    keyInfo: certificateKeyInfo(),
  });
  return envelope({ body: body('body'), security: [...unsigned, assertions, over] });
};
const inHeader: Attack[] = [
  {
    id: 'good',
    what: 'a signed bearer assertion in the Security header',
    headline: ['valid', 'valid-weak'],
    message: () => soap(good),
    axes: { coverage: 'full' },
  },
  {
    id: 'XSW-04',
    what: 'an evil assertion beside the signed one in the Security header',
    headline: ['wrapped', 'invalid'],
    message: () => soap(evil() + good),
  },
  {
    id: 'XSW-04',
    what: 'an evil assertion with the signed one inside',
    headline: ['wrapped', 'invalid'],
    message: () => soap(asLast(evil(), good)),
  },
  {
    id: 'XSW-04',
    what: 'the signature in the evil assertion, the signed one in the Body',
    headline: ['wrapped', 'invalid', 'valid-partial'],
    message: () => soap(evil(withObject(signature, plain))),
  },
  {
    id: 'TOK-05',
    what: 'an unsigned sender-vouches assertion',
    headline: ['invalid', 'valid-partial'],
    code: 'saml-assertion-unsigned',
    message: () => soap(evil().replace('cm:bearer', 'cm:sender-vouches')),
  },
  {
    id: 'TOK-05',
    what: 'holder-of-key by a certificate that signed nothing',
    headline: ['invalid', 'valid-partial'],
    code: 'saml-subject-confirmation',
    message: () => {
      const holder = assertionXml('a1', 'alice')
        .replace('cm:bearer', 'cm:holder-of-key')
        .replace(
          '></saml2:SubjectConfirmationData>',
          '><ds:KeyInfo ' +
            `xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${attackerKeyInfo}</ds:KeyInfo></saml2:SubjectConfirmationData>`,
        );
      const own = signatureXml({
        references: [{ uri: '#a1', octets: holder, transforms: [ENVELOPED, EXCLUSIVE] }],
        signer,
        keyInfo: certificateKeyInfo(),
      });
      return soap(holder.replace('</saml2:Issuer>', `</saml2:Issuer>${own}`));
    },
  },
];

judgeTable('the eight SAML wrappings', eight);
judgeTable('assertions in responses and alone', others);
judgeTable('assertions in the Security header', inHeader);
