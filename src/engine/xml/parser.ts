/**
 * One pass over the octets of a document: XML 1.0 5th edition and Namespaces 1.0, every well-formedness and namespace
 * constraint.
 * Tags and text stay in one class, however long it is: they share the place, the open elements and the start tag under
 * way,
 * and stand in the hot path, where every further call or indirection shows.
 */
import type { Budget } from '../bytes/budget.ts';
import { grownWords } from '../bytes/grow.ts';
import { decodeUtf8 } from '../bytes/utf8.ts';
import { NAME_CLASS, NameClass, TEXT_CLASS, TextClass, VALUE_CLASS, ValueClass, WHITE_SPACE } from './characters.ts';
import { AttributeFlag, NodeFlag, NodeKind, type NodeIndex } from './document.ts';
import { MarkupScanner } from './markup-scanner.ts';
import { NamespaceResolver } from './namespace-resolver.ts';
import { UriInterner } from './namespace-scope.ts';
import { ParseStop } from './parse-stop.ts';
import { TreeBuilder } from './tree-builder.ts';

const LT = 0x3c;
const GT = 0x3e;
const SLASH = 0x2f;
const BANG = 0x21;
const QUESTION = 0x3f;
const EQUALS = 0x3d;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const CR = 0x0d;
const BRACKET = 0x5d;

/** Octets of a wrong name that are shown at most. */
const SHOWN = 200;

/** Reads `octets[start, limit)`, which must be UTF-8 of legal characters only, into a {@link TreeBuilder}. */
export class Parser extends MarkupScanner {
  readonly tree: TreeBuilder;
  readonly uris: UriInterner;
  readonly #namespaces: NamespaceResolver;
  readonly #maxDepth: number;
  readonly #maxNodes: number;
  readonly #maxAttributes: number;
  #depth = 0;
  #rootSeen = false;
  #open = new Int32Array(64);
  #scopeMarks = new Int32Array(64);
  /** By name id, the last element that had an attribute of that name. */
  #lastOwner = new Int32Array(256);
  /** The element whose start tag is being read; -1 outside start tags. */
  #startTag = -1;
  /** Its declarations and its prefixed attributes so far. */
  #declarations = 0;
  #prefixed = 0;
  /** Start of the text being read; -1 outside text. */
  #textStart = -1;

  constructor(
    octets: Uint8Array,
    start: number,
    limit: number,
    budget: Budget,
    inputOffset: (offset: number) => number,
  ) {
    super(octets, start, limit, budget, inputOffset);
    this.tree = new TreeBuilder(octets);
    this.uris = new UriInterner(octets);
    this.#namespaces = new NamespaceResolver(this.tree, this.names, this.uris);
    this.#maxDepth = budget.limits.elementDepth;
    // One more than the bound, for the document node.
    this.#maxNodes = budget.limits.nodes - budget.spent('nodes') + 1;
    this.#maxAttributes = budget.limits.attributesPerElement;
    this.tree.add(NodeKind.document, -1, -1, 0, octets.length);
  }

  /** Reads the whole document. @throws {ParseStop} at the first error. @throws {BudgetExceeded} past a bound. */
  parse(): void {
    const octets = this.octets;
    const limit = this.limit;
    while (this.position < limit) {
      if (octets[this.position] !== LT) {
        if (this.#depth === 0) this.#skipMisc();
        else this.#readText();
        continue;
      }
      switch (octets[this.position + 1]) {
        case SLASH:
          this.#readEndTag();
          break;
        case QUESTION:
          this.#readProcessingInstruction();
          break;
        case BANG:
          this.#readMarkedUp();
          break;
        default:
          this.#readStartTag();
      }
    }
    if (this.#depth > 0) {
      const element = this.#open[this.#depth - 1]!;
      this.fail('unclosed-element', '[39] element', limit, limit, {
        name: this.names.qualified[this.tree.name[element]!]!,
        openedAt: this.inputOffset(this.tree.start[element]!),
      });
    }
    if (!this.#rootSeen) this.fail('no-root-element', '[1] document', limit, limit);
    this.tree.next[0] = this.tree.nodeCount;
    this.budget.spend('nodes', this.tree.nodeCount - 1);
  }

  /**
   * Ends the tree where the parse stopped: open elements get their `end`, the text or start tag being read is kept or
   * dropped.
   */
  abandon(stop: number): void {
    const tree = this.tree;
    if (this.#startTag >= 0) {
      tree.nodeCount = this.#startTag;
      tree.attributeTotal = tree.firstAttribute[this.#startTag]!;
      stop = Math.min(stop, tree.start[this.#startTag]!);
    } else if (this.#textStart >= 0 && stop > this.#textStart) {
      const text = tree.add(NodeKind.text, this.#parent(), -1, this.#textStart, stop);
      tree.nodeFlags[text] = NodeFlag.needsRewriting;
    }
    while (this.#depth > 0) {
      const element = this.#open[--this.#depth]!;
      tree.end[element] = stop;
      tree.contentEnd[element] = stop;
      tree.next[element] = tree.nodeCount;
      tree.nodeFlags[element]! |= NodeFlag.unclosed;
    }
    tree.next[0] = tree.nodeCount;
    this.budget.spend('nodes', tree.nodeCount - 1);
  }

  /** White space between the constructs outside the document element. */
  #skipMisc(): void {
    const start = this.position;
    let i = start;
    while (i < this.limit && WHITE_SPACE[this.octets[i]!] === 1) i++;
    this.position = i;
    if (i < this.limit && this.octets[i] !== LT) {
      this.fail(this.#rootSeen ? 'text-after-root' : 'text-before-root', '[1] document', i, this.after(i), {
        found: this.found(i),
      });
    }
  }

  #readText(): void {
    const octets = this.octets;
    const limit = this.limit;
    const start = this.position;
    this.#textStart = start;
    let i = start;
    let flags = 0;
    while (i < limit && WHITE_SPACE[octets[i]!] === 1) {
      if (octets[i] === CR) flags = NodeFlag.needsRewriting;
      i++;
    }
    if (i >= limit || octets[i] === LT) {
      flags |= NodeFlag.whitespace;
    } else {
      for (;;) {
        let found: number = TextClass.plain;
        while (i < limit && (found = TEXT_CLASS[octets[i]!]!) === TextClass.plain) i++;
        if (i >= limit || found === TextClass.lessThan) break;
        if (found === TextClass.ampersand) {
          i = this.checkReference(i);
          flags |= NodeFlag.needsRewriting;
        } else if (found === TextClass.bracket) {
          if (octets[i + 1] === BRACKET && octets[i + 2] === GT && i + 2 < limit) {
            this.fail('cdata-end-in-text', '[14] CharData', i, i + 3);
          }
          i++;
        } else {
          flags |= NodeFlag.needsRewriting;
          i++;
        }
      }
    }
    this.#textStart = -1;
    this.position = i;
    const node = this.#addNode(NodeKind.text, -1, start, i);
    this.tree.nodeFlags[node] = flags;
  }

  #readStartTag(): void {
    const octets = this.octets;
    const tree = this.tree;
    const start = this.position;
    if (this.#depth === 0 && this.#rootSeen) this.fail('second-root', '[1] document', start, start + 1);
    this.position = start + 1;
    const name = this.readName();
    if (tree.nodeCount >= this.#maxNodes) this.budget.spend('nodes', tree.nodeCount, this.inputOffset(start));
    const element = tree.addElement(this.#parent(), name, start);
    this.#startTag = element;
    this.#declarations = 0;
    this.#prefixed = 0;
    for (;;) {
      // What stands at the limit is neither white space nor any octet looked for here, so no look needs a bound.
      let i = this.position;
      const before = i;
      while (WHITE_SPACE[octets[i]!] === 1) i++;
      const octet = octets[i];
      if (octet === GT) {
        this.position = i + 1;
        break;
      }
      if (octet === SLASH) {
        if (i + 1 >= this.limit || octets[i + 1] !== GT) this.expect(i + 1, '>', '[44] EmptyElemTag');
        this.position = i + 2;
        break;
      }
      this.position = i;
      if (i === before) this.expect(i, 'white space, > or />', '[40] STag');
      this.#readAttribute(element);
    }
    const end = this.position;
    const mark = this.#namespaces.scope.mark();
    tree.attributeCount[element] = tree.attributeTotal - tree.firstAttribute[element]!;
    this.#namespaces.resolve(element, name, this.#declarations, this.#prefixed);
    this.#startTag = -1;
    this.#rootSeen = true;
    tree.contentStart[element] = end;
    if (octets[end - 2] === SLASH && end - 2 > start) {
      tree.contentEnd[element] = end;
      tree.end[element] = end;
      tree.nodeFlags[element] = NodeFlag.emptyTag;
      this.#namespaces.scope.undoTo(mark);
      if (this.#depth + 1 > this.#maxDepth) this.budget.check('elementDepth', this.#depth + 1, this.inputOffset(start));
    } else {
      this.#push(element, mark);
    }
  }

  #readAttribute(element: NodeIndex): void {
    const octets = this.octets;
    const limit = this.limit;
    const nameStart = this.position;
    const name = this.readName();
    if (name >= this.#lastOwner.length) this.#lastOwner = grownWords(this.#lastOwner, name + 1);
    if (this.#lastOwner[name] === element) {
      this.fail('duplicate-attribute', 'WFC: Unique Att Spec', nameStart, this.position, {
        name: this.names.qualified[name]!,
      });
    }
    this.#lastOwner[name] = element;
    let i = this.position;
    while (WHITE_SPACE[octets[i]!] === 1) i++;
    if (octets[i] !== EQUALS) this.expect(i, '=', '[25] Eq');
    i++;
    while (WHITE_SPACE[octets[i]!] === 1) i++;
    const quote = octets[i];
    if (quote !== QUOTE && quote !== APOSTROPHE) this.expect(i, 'a quote', '[10] AttValue');
    const start = ++i;
    let flags = 0;
    for (;;) {
      let found: number = ValueClass.plain;
      while (i < limit && (found = VALUE_CLASS[octets[i]!]!) === ValueClass.plain) i++;
      if (i >= limit) {
        this.fail('unclosed-attribute-value', '[10] AttValue', limit, limit, {
          name: this.names.qualified[name]!,
          openedAt: this.inputOffset(start - 1),
        });
      }
      if (found === ValueClass.quote) {
        if (octets[i] === quote) break;
        // A double quote between single ones is not its canonical form.
        if (quote === APOSTROPHE) flags = AttributeFlag.needsRewriting;
        i++;
      } else if (found === ValueClass.lessThan) {
        this.fail('less-than-in-attribute', 'WFC: No < in Attribute Values', i, i + 1, {
          name: this.names.qualified[name]!,
        });
      } else {
        flags = AttributeFlag.needsRewriting;
        i = found === ValueClass.ampersand ? this.checkReference(i) : i + 1;
      }
    }
    this.position = i + 1;
    if (this.names.declares[name]! >= 0) {
      flags |= AttributeFlag.namespaceDeclaration;
      this.#declarations++;
    } else if (this.names.prefixId[name]! !== 0) {
      this.#prefixed++;
    }
    const tree = this.tree;
    const count = tree.attributeTotal - tree.firstAttribute[element]! + 1;
    if (count > this.#maxAttributes) this.budget.check('attributesPerElement', count, this.inputOffset(nameStart));
    tree.setValue(tree.addAttribute(element, name, nameStart), start, i, flags);
  }

  #readEndTag(): void {
    const octets = this.octets;
    const start = this.position;
    if (this.#depth === 0) {
      this.fail('unexpected-end-tag', this.#rootSeen ? '[1] document' : '[39] element', start, start + 2);
    }
    const element = this.#open[this.#depth - 1]!;
    const name = this.tree.name[element]!;
    const nameStart = this.names.start[name]!;
    const size = this.names.end[name]! - nameStart;
    let i = start + 2;
    let same = 0;
    while (same < size && octets[i] === octets[nameStart + same]) {
      i++;
      same++;
    }
    if (same < size || (i < this.limit && NAME_CLASS[octets[i]!] !== NameClass.none)) {
      this.#mismatched(start, i, element);
    }
    while (WHITE_SPACE[octets[i]!] === 1) i++;
    if (octets[i] !== GT) this.expect(i, '>', '[42] ETag');
    this.position = i + 1;
    const tree = this.tree;
    this.#depth--;
    tree.contentEnd[element] = start;
    tree.end[element] = this.position;
    tree.next[element] = tree.nodeCount;
    this.#namespaces.scope.undoTo(this.#scopeMarks[this.#depth]!);
  }

  #mismatched(start: number, stop: number, element: NodeIndex): never {
    let end = stop;
    while (end < this.limit && NAME_CLASS[this.octets[end]!] !== NameClass.none) end++;
    if (end >= this.limit) this.expect(end, '>', '[42] ETag');
    const nameId = this.tree.name[element]!;
    return this.fail('mismatched-end-tag', 'WFC: Element Type Match', start, end, {
      expected: this.names.qualified[nameId]!,
      found: decodeUtf8(this.octets, start + 2, Math.min(end, start + 2 + SHOWN)),
      openedAt: this.inputOffset(this.tree.start[element]!),
    });
  }

  /** Comment, CDATA section, or the DOCTYPE that is refused. */
  #readMarkedUp(): void {
    const start = this.position;
    if (this.matches(start, '<!--')) {
      const end = this.readComment(start);
      this.tree.setContent(this.#addNode(NodeKind.comment, -1, start, end), start + 4, end - 3);
    } else if (this.matches(start, '<![CDATA[')) {
      if (this.#depth === 0) this.fail('cdata-outside-root', '[1] document', start, start + 9);
      const end = this.readCdata(start);
      this.tree.setContent(this.#addNode(NodeKind.cdata, -1, start, end), start + 9, end - 3);
    } else if (this.matches(start, '<!DOCTYPE') && !this.#rootSeen && this.#depth === 0) {
      throw new ParseStop('doctype-or-entity-refused', '[28] doctypedecl', start, start + 9, {});
    } else this.expect(start + 2, '--, [CDATA[', '[43] content');
  }

  #readProcessingInstruction(): void {
    const start = this.position;
    const target = this.readTarget(start);
    const content = this.readInstruction(start);
    const node = this.#addNode(NodeKind.processingInstruction, target, start, this.position);
    this.tree.setContent(node, content, this.position - 2);
  }

  #addNode(kind: number, name: number, start: number, end: number): NodeIndex {
    if (this.tree.nodeCount >= this.#maxNodes) this.budget.spend('nodes', this.tree.nodeCount, this.inputOffset(start));
    return this.tree.add(kind, this.#parent(), name, start, end);
  }

  #parent(): NodeIndex {
    return this.#depth === 0 ? 0 : this.#open[this.#depth - 1]!;
  }

  #push(element: NodeIndex, mark: number): void {
    const depth = this.#depth + 1;
    if (depth > this.#maxDepth) this.budget.check('elementDepth', depth, this.inputOffset(this.tree.start[element]!));
    if (depth > this.#open.length) {
      this.#open = grownWords(this.#open, depth);
      this.#scopeMarks = grownWords(this.#scopeMarks, depth);
    }
    this.#open[this.#depth] = element;
    this.#scopeMarks[this.#depth] = mark;
    this.#depth = depth;
  }
}
