/** wsc:SecurityContextToken: the name of a context that both sides hold (WS-SecureConversation 1.4 §2; 2005/02 §2). */
import { trimXml } from '../xml/characters.ts';
import type { Data } from '../trace/trace.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import { firstChildElement, namespaceUri, textContent } from '../xml/navigate.ts';

/** The element as it was read; texts as written. */
export interface SecurityContextToken {
  readonly node: NodeIndex;
  readonly identifier: string | null;
  readonly instance: string | null;
}

/** Reads a wsc:SecurityContextToken of either version. */
export function readSecurityContextToken(document: XmlDocument, node: NodeIndex): SecurityContextToken {
  const uri = namespaceUri(document, node);
  const text = (local: string): string | null => {
    const found = firstChildElement(document, node, uri, local);
    return found === NO_NODE ? null : trimXml(textContent(document, found));
  };
  return { node, identifier: text('Identifier'), instance: text('Instance') };
}

/** What a report says of it. */
export function securityContextTokenData(token: SecurityContextToken): Data {
  return { identifier: token.identifier, instance: token.instance };
}
