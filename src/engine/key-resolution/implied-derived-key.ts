/**
 * Keys that a wsc:Nonce on a wsse:SecurityTokenReference derives from the key it refers to (WS-SecureConversation 1.4
 * §7.3, "Implied Derived Keys").
 */
import { trimXml } from '../xml/characters.ts';
import { base64Octets } from '../bytes/base64.ts';
import { shownHex } from '../bytes/hex.ts';
import { WSC_2005, WSC_2005_12 } from '../xml/namespaces.ts';
import { DEFAULT_LABEL, DEFAULT_LENGTH, deriveKey } from '../tokens/derived-key-token.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import { attributeValue } from '../xml/navigate.ts';
import type { KeySearch } from './key-search.ts';

/** The namespace in which the reference says that it means a derived key; null where it does not. */
export function impliedDerivation(document: XmlDocument, reference: NodeIndex): string | null {
  return [WSC_2005_12, WSC_2005].find((uri) => attributeValue(document, reference, uri, 'Nonce') !== null) ?? null;
}

/** Puts the derived keys in the place of the candidates from index `first` on, which the reference led to. */
export function deriveImplied(search: KeySearch, reference: NodeIndex, uri: string, first: number): void {
  const { document, crypto, budget, keys } = search.context;
  const nonce = base64Octets(attributeValue(document, reference, uri, 'Nonce') ?? '');
  const written = attributeValue(document, reference, uri, 'Length');
  const length = written === null ? DEFAULT_LENGTH : /^\d{1,5}$/.test(trimXml(written)) ? Number(trimXml(written)) : 0;
  const malformed = nonce === null || nonce.length === 0 ? 'Nonce' : length < 10 ? 'Length' : null;
  if (malformed !== null) {
    search.find('derived-key-malformed', 'error', reference, { element: malformed }, 'wsse:InvalidSecurityToken');
    search.miss('derived-key-malformed', {});
  }
  const token = {
    node: reference,
    reference,
    algorithm: null,
    generation: null,
    offset: 0,
    length,
    label: null,
    nonce,
    problems: [],
  };
  for (const base of search.candidates.splice(first)) {
    const secret =
      malformed === null && base.taken && base.secret !== null ? deriveKey(token, base.secret, crypto, budget) : null;
    search.add({
      from: 'derived',
      how: 'derived-key',
      entry: keys.find((one) => one.id === base.entry) ?? null,
      secret,
      taken: secret !== null,
      reason: secret !== null ? 'derived' : base.reason,
      sealed: base.sealed === true,
      data: {
        ...base.data,
        parent: base.how,
        implied: true,
        length,
        offset: 0,
        label: DEFAULT_LABEL,
        nonce: shownHex(nonce),
      },
    });
  }
}
