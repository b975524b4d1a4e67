/**
 * As much of Java's object serialization stream (protocol 2) as sealed keys use: objects, arrays of bytes, strings,
 * enums, references.
 */
import { decodeUtf8 } from '../bytes/utf8.ts';

/** A field of a serialised object: what key stores use of the types there are. */
export type JavaValue = string | number | Uint8Array | JavaObject | null;

/** A serialised Java object (Object Serialization Stream Protocol §6). */
export interface JavaObject {
  readonly className: string;
  readonly fields: ReadonlyMap<string, JavaValue>;
}

interface ClassDescription {
  readonly kind: 'class';
  readonly name: string;
  readonly flags: number;
  readonly fields: readonly { readonly type: string; readonly name: string }[];
  parent: ClassDescription | null;
}

const Code = {
  null: 0x70,
  reference: 0x71,
  classDesc: 0x72,
  object: 0x73,
  string: 0x74,
  array: 0x75,
  blockData: 0x77,
  endBlockData: 0x78,
  enum: 0x7e,
} as const;
const BASE_HANDLE = 0x7e0000;
const WRITE_METHOD = 1;
/** Nesting beyond this is no sealed key. */
const DEEPEST = 16;

class Malformed extends Error {}

class Stream {
  readonly #octets: Uint8Array;
  readonly #view: DataView;
  readonly #handles: (JavaValue | ClassDescription)[] = [];
  at: number;

  constructor(octets: Uint8Array, at: number) {
    this.#octets = octets;
    this.#view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
    this.at = at;
  }

  take(length: number): Uint8Array {
    if (length < 0 || length > this.#octets.length - this.at) throw new Malformed();
    const taken = this.#octets.subarray(this.at, this.at + length);
    this.at += length;
    return taken;
  }

  octet(): number {
    return this.take(1)[0] ?? 0;
  }

  short(): number {
    this.take(2);
    return this.#view.getUint16(this.at - 2);
  }

  int(): number {
    this.take(4);
    return this.#view.getInt32(this.at - 4);
  }

  utf(): string {
    return decodeUtf8(this.take(this.short()));
  }

  #reference(): JavaValue | ClassDescription {
    const handle = this.int() - BASE_HANDLE;
    const value = this.#handles[handle];
    if (value === undefined) throw new Malformed();
    return value;
  }

  #classDescription(depth: number): ClassDescription | null {
    if (depth > DEEPEST) throw new Malformed();
    const code = this.octet();
    if (code === Code.null) return null;
    if (code === Code.reference) {
      const value = this.#reference();
      if (value !== null && typeof value === 'object' && 'kind' in value) return value;
      throw new Malformed();
    }
    if (code !== Code.classDesc) throw new Malformed();
    const name = this.utf();
    this.take(8);
    const fields: { type: string; name: string }[] = [];
    const index = this.#handles.push(null) - 1;
    const flags = this.octet();
    for (let left = this.short(); left > 0; left--) {
      const type = String.fromCharCode(this.octet());
      fields.push({ type, name: this.utf() });
      if (type === 'L' || type === '[') this.value(depth + 1);
    }
    const description: ClassDescription = { kind: 'class', name, flags, fields, parent: null };
    this.#handles[index] = description;
    this.#skipAnnotation(depth);
    description.parent = this.#classDescription(depth + 1);
    return description;
  }

  #skipAnnotation(depth: number): void {
    for (;;) {
      const code = this.#octets[this.at];
      if (code === Code.endBlockData) {
        this.at++;
        return;
      }
      if (code === Code.blockData) {
        this.at++;
        this.take(this.octet());
      } else this.value(depth + 1);
    }
  }

  /** A value of a field by its type code. */
  #field(type: string, depth: number): JavaValue {
    switch (type) {
      case 'B':
      case 'Z':
        return this.octet();
      case 'C':
      case 'S':
        return this.short();
      case 'I':
      case 'F':
        return this.int();
      case 'J':
      case 'D':
        this.take(8);
        return 0;
      default:
        return this.value(depth + 1);
    }
  }

  value(depth: number): JavaValue {
    if (depth > DEEPEST) throw new Malformed();
    switch (this.octet()) {
      case Code.null:
        return null;
      case Code.reference: {
        const value = this.#reference();
        return value !== null && typeof value === 'object' && 'kind' in value ? null : value;
      }
      case Code.string: {
        const text = this.utf();
        this.#handles.push(text);
        return text;
      }
      case Code.array: {
        const description = this.#classDescription(depth + 1);
        if (description?.name !== '[B') throw new Malformed();
        const octets = this.take(this.int());
        this.#handles.push(octets);
        return octets;
      }
      case Code.enum: {
        this.#classDescription(depth + 1);
        this.#handles.push(null);
        return this.value(depth + 1);
      }
      case Code.object:
        return this.#object(depth);
      default:
        throw new Malformed();
    }
  }

  #object(depth: number): JavaObject {
    const description = this.#classDescription(depth + 1);
    if (description === null) throw new Malformed();
    const fields = new Map<string, JavaValue>();
    const object: JavaObject = { className: description.name, fields };
    this.#handles.push(object);
    const lineage: ClassDescription[] = [];
    for (let link: ClassDescription | null = description; link !== null; link = link.parent) {
      lineage.unshift(link);
      if (lineage.length > DEEPEST) throw new Malformed();
    }
    for (const link of lineage) {
      for (const { type, name } of link.fields) fields.set(name, this.#field(type, depth));
      if ((link.flags & WRITE_METHOD) !== 0) this.#skipAnnotation(depth);
    }
    return object;
  }
}

/**
 * Reads the object of a stream that starts at `offset`, and where it ends; null where it is malformed or holds what
 * sealed keys do not.
 */
export function readJavaObject(
  octets: Uint8Array,
  offset = 0,
): { readonly object: JavaObject; readonly end: number } | null {
  const stream = new Stream(octets, offset);
  try {
    if (stream.int() !== (0xaced0005 | 0)) return null;
    const value = stream.value(0);
    if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return null;
    return { object: value, end: stream.at };
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}
