/** The strings of one character an octet in which node-forge takes and gives octets. */

export function toBinary(octets: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < octets.length; at += 8192) pieces.push(String.fromCharCode(...octets.subarray(at, at + 8192)));
  return pieces.join('');
}

/** The octets of a string that holds one a character, as node-forge writes them. */
export function fromBinary(text: string): Uint8Array {
  const octets = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) octets[at] = text.charCodeAt(at);
  return octets;
}
