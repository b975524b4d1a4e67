/** Short names of algorithm URIs for notes and rows; the full URI stays one hover away. */

const SHORT: Readonly<Record<string, string>> = {
  'http://www.w3.org/2001/10/xml-exc-c14n#': 'exc-c14n',
  'http://www.w3.org/2001/10/xml-exc-c14n#WithComments': 'exc-c14n with comments',
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315': 'c14n 1.0',
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments': 'c14n 1.0 with comments',
  'http://www.w3.org/2006/12/xml-c14n11': 'c14n 1.1',
  'http://www.w3.org/2006/12/xml-c14n11#WithComments': 'c14n 1.1 with comments',
  'http://www.w3.org/2000/09/xmldsig#sha1': 'SHA-1',
  'http://www.w3.org/2001/04/xmlenc#sha256': 'SHA-256',
  'http://www.w3.org/2001/04/xmlenc#sha512': 'SHA-512',
  'http://www.w3.org/2001/04/xmldsig-more#sha224': 'SHA-224',
  'http://www.w3.org/2001/04/xmldsig-more#sha384': 'SHA-384',
  'http://www.w3.org/2001/04/xmldsig-more#md5': 'MD5',
};

export function shortAlgorithm(uri: string): string {
  const known = SHORT[uri];
  if (known) return known;
  const digest = /#(sha3-\d+|ripemd160)$/.exec(uri)?.[1];
  if (digest) return digest.toUpperCase();
  const cut = Math.max(uri.lastIndexOf('#'), uri.lastIndexOf('/'));
  return uri.slice(cut + 1) || uri;
}
