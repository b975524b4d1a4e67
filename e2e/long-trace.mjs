/** A message within every bound whose trace has thousands of steps: many signatures of many references each. */

const NAMESPACES = {
  soap: 'http://schemas.xmlsoap.org/soap/envelope/',
  wsse: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd',
  wsu: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd',
  ds: 'http://www.w3.org/2000/09/xmldsig#',
};
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';

/** Digests that match nothing: every reference fails, so every path of the trace is open at first. */
const DIGEST = Buffer.alloc(32, 7).toString('base64');

/** @param signatures at most 64 @param references of each, at most 100 */
export function longTrace(signatures, references) {
  const reference = (at) =>
    `<ds:Reference URI="#p${at % references}"><ds:Transforms><ds:Transform Algorithm="${EXCLUSIVE}"/></ds:Transforms>` +
    `<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>${DIGEST}</ds:DigestValue>` +
    '</ds:Reference>';
  const signature = (at) =>
    `<ds:Signature xmlns:ds="${NAMESPACES.ds}" Id="s${at}"><ds:SignedInfo>` +
    `<ds:CanonicalizationMethod Algorithm="${EXCLUSIVE}"/>` +
    '<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>' +
    `${Array.from({ length: references }, (_, index) => reference(index)).join('\n')}</ds:SignedInfo>` +
    `<ds:SignatureValue>${Buffer.alloc(256, at + 1).toString('base64')}</ds:SignatureValue></ds:Signature>\n`;
  const parts = Array.from({ length: references }, (_, at) => `<p wsu:Id="p${at}">part ${at}</p>\n`).join('');
  return (
    `<soap:Envelope xmlns:soap="${NAMESPACES.soap}" xmlns:wsu="${NAMESPACES.wsu}"><soap:Header>` +
    `<wsse:Security xmlns:wsse="${NAMESPACES.wsse}">\n` +
    `${Array.from({ length: signatures }, (_, at) => signature(at)).join('')}</wsse:Security></soap:Header>` +
    `<soap:Body>\n${parts}</soap:Body></soap:Envelope>\n`
  );
}
