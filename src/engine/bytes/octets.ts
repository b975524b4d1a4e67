/** Octet strings: joining and comparing. */

/** All parts in one new array. */
export function concatOctets(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return joinOctets(parts);
}

/** {@link concatOctets} of a list of any length: as arguments, a hundred thousand parts overflow the stack. */
export function joinOctets(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** The octet at an offset inside `octets`, where a loop's bounds say that it is. */
export function octetAt(octets: Uint8Array, at: number): number {
  return octets[at]!;
}

/** Compares in time that depends on the lengths only. */
export function equalOctets(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= octetAt(a, i) ^ octetAt(b, i);
  return difference === 0;
}

/** Where `part` first stands in `octets`, or -1. An empty part is nowhere. */
export function indexOfOctets(octets: Uint8Array, part: Uint8Array): number {
  const [first] = part;
  if (first === undefined) return -1;
  for (let at = octets.indexOf(first); at >= 0; at = octets.indexOf(first, at + 1)) {
    let same = 1;
    while (same < part.length && octets[at + same] === part[same]) same++;
    if (same === part.length) return at;
  }
  return -1;
}
