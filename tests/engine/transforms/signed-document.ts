/**
 * Documents with one enveloped ds:Signature whose transforms are given as text; digests and values are of no matter.
 */

export const DS = 'http://www.w3.org/2000/09/xmldsig#';

export function signature(transforms: string, uri: string | null = '', content = ''): string {
  return (
    `<ds:Signature xmlns:ds="${DS}"><ds:SignedInfo><ds:CanonicalizationMethod ` +
    'Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/>' +
    ('<ds:SignatureMethod ' +
      `Algorithm="${DS}hmac-sha1"/><ds:Reference${uri === null ? '' : ` URI="${uri}"`}><ds:Transforms>${transforms}</ds:Transforms>`) +
    ('<ds:DigestMethod ' +
      `Algorithm="${DS}sha1"/><ds:DigestValue>AAAAAAAAAAAAAAAAAAAAAAAAAAA=</ds:DigestValue></ds:Reference></ds:SignedInfo>`) +
    `<ds:SignatureValue>AAAAAAAAAAAAAAAAAAAAAAAAAAA=</ds:SignatureValue>${content}</ds:Signature>`
  );
}

export function transform(algorithm: string, content = ''): string {
  return `<ds:Transform Algorithm="${algorithm}">${content}</ds:Transform>`;
}

export function xpath(expression: string, declarations = ''): string {
  return transform(
    'http://www.w3.org/TR/1999/REC-xpath-19991116',
    `<ds:XPath${declarations === '' ? '' : ` ${declarations}`}>${escaped(expression)}</ds:XPath>`,
  );
}

export function filter2(...filters: readonly (readonly ['intersect' | 'subtract' | 'union', string])[]): string {
  return transform(
    'http://www.w3.org/2002/06/xmldsig-filter2',
    filters
      .map(
        ([operation, expression]) =>
          '<f:XPath xmlns:f="http://www.w3.org/2002/06/xmldsig-filter2" ' +
          `Filter="${operation}">${escaped(expression)}</f:XPath>`,
      )
      .join(''),
  );
}

export const ENVELOPED = transform(`${DS}enveloped-signature`);
export const BASE64 = transform(`${DS}base64`);
export const EXCLUSIVE = transform('http://www.w3.org/2001/10/xml-exc-c14n#');
export const INCLUSIVE_WITH_COMMENTS = transform('http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments');

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
