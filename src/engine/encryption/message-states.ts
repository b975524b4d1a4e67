/** The message with this and that part of it opened: its states while decryption goes on, and afterwards. */
import { Digest } from '../algorithms/identifiers.ts';
import { encodeHex } from '../bytes/hex.ts';
import { INPUT_SPACE } from '../bytes/source-range.ts';
import type { RunContext } from '../run/run-context.ts';
import { ComposedDocument, ROOT, type OpenedPart } from '../splice/composed-document.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import { endOf, startOf } from '../xml/navigate.ts';
import type { DecryptedData } from './opened-data.ts';

/** The message at each point of its decryption, made when asked for and kept. */
export class MessageStates {
  /** What opened and stands in the document, in the order opened. */
  readonly parts: OpenedPart[] = [];
  readonly #document: XmlDocument;
  readonly #run: Pick<RunContext, 'recorder' | 'budget' | 'crypto'>;
  readonly #states = new Map<string, ComposedDocument>();
  /** Depth of encryption of each part's content. */
  readonly #layers: number[] = [];
  #current: ComposedDocument;

  constructor(document: XmlDocument, run: Pick<RunContext, 'recorder' | 'budget' | 'crypto'>) {
    this.#document = document;
    this.#run = run;
    this.#current = new ComposedDocument(document, [], () => false, INPUT_SPACE, run.budget);
  }

  /** With everything in its place that had opened when it was last composed. */
  get current(): ComposedDocument {
    return this.#current;
  }

  /**
   * Takes a part of the current state whose plaintext stands in the place of `replaces`. Returns its index.
   * @throws {BudgetExceeded}
   */
  open({ node, structure, content }: DecryptedData, replaces: NodeIndex): number {
    const state = this.#current;
    const start = state.placeOf(startOf(state.document, replaces));
    const end = state.placeOf(endOf(state.document, replaces) - 1);
    const layer = 1 + (start.container === ROOT ? 0 : (this.#layers[start.container] ?? 0));
    this.#run.budget.check('decryptionLayers', layer, startOf(state.document, node));
    this.#layers.push(layer);
    const { plaintext, placed, skip, space } = content;
    const index = this.parts.length;
    this.parts.push({
      index,
      container: start.container,
      start: start.offset,
      end: end.offset + 1,
      space,
      plaintext: placed?.octets ?? plaintext,
      toSpace: placed?.toPlaintext ?? null,
      skip: placed === null ? skip : 0,
      id: structure.id,
    });
    return index;
  }

  /** Puts everything that has opened in its place. */
  compose(): void {
    this.#states.clear();
    this.#current = this.with(() => true);
  }

  /** The message with only some parts in their places. */
  with(included: (part: OpenedPart) => boolean): ComposedDocument {
    const key = this.parts.map((part) => (included(part) ? '1' : '0')).join('');
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    const id = `decoded-${this.parts.length}-${this.#states.size + 1}`;
    const state = new ComposedDocument(this.#document, this.parts, included, id, this.#run.budget);
    this.#states.set(key, state);
    return state;
  }

  /** Makes a state's octets a space of the trace, once. */
  async register(state: ComposedDocument): Promise<void> {
    const { recorder, crypto } = this.#run;
    const document = this.#document;
    const id = state.document.space;
    if (state.document === document || recorder.kept.has(id)) return;
    const digest = await crypto.digest(Digest.sha256, state.octets);
    recorder.space(
      id,
      state === this.#current ? 'decoded' : 'transformed',
      'decrypted message',
      state.octets,
      document.space,
      () => state.origin(document.space),
      digest === null ? undefined : encodeHex(digest),
    );
  }
}
