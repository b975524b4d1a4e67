/**
 * Near misses of an id that was not found: what the sender or a node on the way probably did to it (docs/faults.md:
 * id-not-found, id-value-or-name-mangled).
 */
import type { Recorder } from '../trace/recorder.ts';
import { NodeKind, type AttributeIndex, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import { attributeNameOf, attributeText, ownerOf } from '../xml/navigate.ts';
import { attributeValueSpan } from '../xml/node-spans.ts';
import type { IdIndex } from './id-index.ts';

/** What stands near an id that was not found: the candidates a reader should see, best first. */
export interface NearMiss {
  /**
   * `case`: same letters in other case; `white-space`; `attribute`: the value stands in an attribute that is no Id;
   * `similar`: an id one or two characters away.
   */
  readonly kind: 'case' | 'white-space' | 'attribute' | 'similar';
  readonly value: string;
  readonly element: NodeIndex;
  readonly attribute: AttributeIndex;
}

const MOST_NEAR_MISSES = 5;
/** Searches in one run: each reads all attributes, and a message may have thousands of dangling references. */
const MOST_SEARCHES = 20;
/** Attributes that all searches of a run read together, though the first is never left out. */
const MOST_READ = 200_000;
/** Longer values are no ids; comparing them costs without telling anything. */
const LONGEST_ID = 256;
const ID_LIKE = /(?:^|:)(?:id|\w*id)$/i;

/** Where an id was looked for, and the run's account of such searches. */
export interface NearMissContext {
  readonly document: XmlDocument;
  readonly ids: IdIndex;
  readonly recorder: Pick<Recorder, 'affords'>;
}

/**
 * Searches the attributes of a document for values close to `id`. Linear in the document; for the first twenty ids of
 * a run that were not found, nothing after.
 */
export function nearMisses(id: string, { document, ids, recorder }: NearMissContext): readonly NearMiss[] {
  const found: NearMiss[] = [];
  const wanted = id.trim();
  const folded = wanted.toLowerCase();
  if (wanted === '' || wanted.length > LONGEST_ID) return found;
  if (!recorder.affords('near-misses', searchesIn(document))) return found;
  const idLike = document.names.qualified.map((qualified) => ID_LIKE.test(qualified));
  for (let attribute = 0; attribute < document.attributeTotal; attribute++) {
    if (document.declaredUri[attribute] !== -1) continue;
    const { start, end } = attributeValueSpan(document, attribute);
    const octets = end - start;
    if (octets === 0 || octets > LONGEST_ID * 4) continue;
    const likely = idLike[attributeNameOf(document, attribute)] === true;
    // Outside id-like attributes only an equal value says something, and it has as many octets at least.
    if (!likely && octets < wanted.length) continue;
    const value = attributeText(document, attribute);
    const element = ownerOf(document, attribute);
    const isId = () => ids.lookup(value).some((entry) => entry.element === element && entry.attribute === attribute);
    const kind =
      value === wanted
        ? isId()
          ? 'white-space'
          : 'attribute'
        : value.trim() === wanted
          ? 'white-space'
          : value.toLowerCase() === folded
            ? 'case'
            : likely && isClose(value, wanted)
              ? 'similar'
              : null;
    if (kind !== null && document.kind[element] === NodeKind.element) found.push({ kind, value, element, attribute });
  }
  const order = ['attribute', 'case', 'white-space', 'similar'];
  found.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.attribute - b.attribute);
  return found.slice(0, MOST_NEAR_MISSES);
}

/** Fewer where each reads many attributes. */
function searchesIn({ attributeTotal }: XmlDocument): number {
  return Math.min(MOST_SEARCHES, Math.max(1, Math.floor(MOST_READ / Math.max(1, attributeTotal))));
}

/** Generated ids differ in their digits by nature; only a short slip in an otherwise equal value counts. */
function isClose(value: string, wanted: string): boolean {
  if (wanted.length < 6 || Math.abs(value.length - wanted.length) > 1) return false;
  let start = 0;
  const shorter = Math.min(value.length, wanted.length);
  while (start < shorter && value[start] === wanted[start]) start += 1;
  let end = 0;
  while (end < shorter - start && value[value.length - 1 - end] === wanted[wanted.length - 1 - end]) end += 1;
  const left = value.slice(start, value.length - end);
  const right = wanted.slice(start, wanted.length - end);
  if (left.length > 1 || right.length > 1) {
    return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
  }
  return !(/\d/.test(left) && /\d/.test(right));
}
