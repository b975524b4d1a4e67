/**
 * The session key of a Kerberos ticket: only the receiver's service key opens the ticket, so the key is a given secret
 * (Kerberos Token Profile 1.1 §3.3, §3.5).
 */
import { trimXml } from '../xml/characters.ts';
import { Digest } from '../algorithms/identifiers.ts';
import { base64Octets, encodeBase64 } from '../bytes/base64.ts';
import { WSSE } from '../xml/namespaces.ts';
import type { NodeIndex } from '../xml/document.ts';
import { attributeValue, descendantElementsNamed, textContent } from '../xml/navigate.ts';
import type { KeySearch } from './key-search.ts';
import { addSecretsNamed } from './secrets.ts';

/**
 * The base64 SHA-1 of a token's AP-REQ, by which later messages name it (§3.3.2); null where the token holds no base64.
 */
function apReqSha1(search: KeySearch, token: NodeIndex): string | null {
  const octets = base64Octets(textContent(search.context.document, token));
  const digest = octets === null ? null : search.context.crypto.digestNow(Digest.sha1, octets);
  return digest === null ? null : encodeBase64(digest);
}

/** The BinarySecurityToken whose AP-REQ has that SHA-1, or null where it came in an earlier message. */
export function kerberosTokenOf(search: KeySearch, sha1: string): NodeIndex | null {
  const tokens = descendantElementsNamed(search.context.document, 0, WSSE, 'BinarySecurityToken');
  return tokens.find((token) => apReqSha1(search, token) === trimXml(sha1)) ?? null;
}

/**
 * Takes given secrets that answer to the token's Id or to the SHA-1 of its AP-REQ, else those without a name.
 * @param at where the key is asked for
 * @param names by which the message names it besides
 */
export function addKerberosKey(
  search: KeySearch,
  at: NodeIndex,
  token: NodeIndex | null,
  names: readonly string[],
): void {
  const { document, ids, keys } = search.context;
  const id = token === null ? null : ids.idOf(token);
  const sha1 = token === null ? null : apReqSha1(search, token);
  const all = [...names, ...[id, sha1].filter((one) => one !== null)];
  if (token !== null) search.token ??= token;
  if (search.purpose !== 'verify' && keys.some((entry) => entry.secret !== null)) {
    addSecretsNamed(search, all, 'kerberos', at);
    return;
  }
  // Tickets themselves are not opened: without the session key there is nothing to try.
  search.unsupported ??= 'Kerberos';
  search.add({
    from: 'message',
    how: 'kerberos',
    taken: false,
    reason: 'unsupported',
    data: { valueType: token === null ? null : attributeValue(document, token, '', 'ValueType'), apReqSha1: sha1 },
  });
}
