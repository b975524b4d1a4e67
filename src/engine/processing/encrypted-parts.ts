/** The encrypted parts of a message and what carries their keys (XML Encryption §3; SMS §9). */
import { DS, XENC } from '../envelope/namespaces.ts';
import type { IdIndex } from '../references/id-index.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { EncryptedReport } from '../trace/trace.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import { attributeValue, childElementsNamed, descendantElementsNamed, elementPath, firstChildElement, nodeRange } from '../xml/navigate.ts';

export interface EncryptedParts {
  /** Every xenc:EncryptedData, in document order. */
  readonly data: readonly NodeIndex[];
  /** Every xenc:EncryptedKey, in document order. */
  readonly keys: readonly NodeIndex[];
}

export function findEncryptedParts(document: XmlDocument): EncryptedParts {
  // The table of names is short; the tree is searched only where a name stands in it.
  const named = (local: string) => (document.names.local.includes(local) ? descendantElementsNamed(document, 0, XENC, local) : []);
  return { data: named('EncryptedData'), keys: named('EncryptedKey') };
}

/** Lists the parts that stand undecrypted, each with a step that says so. */
export function reportUndecrypted(document: XmlDocument, ids: IdIndex, parts: EncryptedParts, recorder: Recorder): readonly EncryptedReport[] {
  const transports = transportsById(document, parts);
  return parts.data.map((node) => {
    const id = attributeValue(document, node, '', 'Id');
    const keyTransport = (id === null ? undefined : transports.get(id)) ?? ownTransport(document, node);
    const method = methodOf(document, node);
    const step = recorder.step('encrypted-data', { range: nodeRange(document, node), data: { id, method, keyTransport }, citation: { spec: 'XMLENC', section: '3.1' } });
    step.finding({ code: 'not-decrypted', severity: 'note', data: { id, path: elementPath(document, node) } });
    step.end('unknown');
    return {
      step: step.id, id, method, keyTransport, result: 'unknown', plaintextSha256: null, space: null,
      target: { ...nodeRange(document, node), path: elementPath(document, node), id: ids.idOf(node) },
    };
  });
}

/** Key transport by the id of the EncryptedData that an EncryptedKey's ReferenceList names. */
function transportsById(document: XmlDocument, parts: EncryptedParts): ReadonlyMap<string, string> {
  const transports = new Map<string, string>();
  for (const key of parts.keys) {
    const list = firstChildElement(document, key, XENC, 'ReferenceList');
    if (list === NO_NODE) continue;
    for (const reference of childElementsNamed(document, list, XENC, 'DataReference')) {
      const uri = attributeValue(document, reference, '', 'URI');
      if (uri?.startsWith('#') === true && !transports.has(uri.slice(1))) transports.set(uri.slice(1), methodOf(document, key));
    }
  }
  return transports;
}

/** The transport of the EncryptedKey inside the EncryptedData's own KeyInfo. */
function ownTransport(document: XmlDocument, data: NodeIndex): string | null {
  const keyInfo = firstChildElement(document, data, DS, 'KeyInfo');
  const key = keyInfo === NO_NODE ? NO_NODE : firstChildElement(document, keyInfo, XENC, 'EncryptedKey');
  return key === NO_NODE ? null : methodOf(document, key);
}

function methodOf(document: XmlDocument, node: NodeIndex): string {
  const method = firstChildElement(document, node, XENC, 'EncryptionMethod');
  return method === NO_NODE ? '' : attributeValue(document, method, '', 'Algorithm') ?? '';
}
