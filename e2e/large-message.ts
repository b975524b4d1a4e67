/** Messages of several megabytes, made of the signed sample. */
import { SIGNED, textFile, type GivenFile } from './workbench.ts';

const LINE = '<app:Line xmlns:app="urn:example:app">0123456789 abcdefghijklmnopqrstuvwxyz</app:Line>\n';

/** The sample with a Body of about `size` octets, referenced `references` times: as many digests over all of it. */
export function largeMessage(size: number, references: number): GivenFile {
  const text = new TextDecoder().decode(SIGNED.message.octets);
  const body = text.lastIndexOf('</soap:Body>');
  const id = /<soap:Body[^>]*Id="([^"]+)"/.exec(text)?.[1] ?? '';
  const filled = text.slice(0, body) + LINE.repeat(Math.ceil(size / LINE.length)) + text.slice(body);
  const reference = filled.split(/(?=<Reference )/).find((piece) => piece.startsWith(`<Reference URI="#${id}"`)) ?? '';
  const whole = reference.slice(0, reference.indexOf('</Reference>') + '</Reference>\n'.length);
  return textFile(
    'large.xml',
    // Each with a transform of its own: octets that many references name alike are made once.
    filled.replace(whole, () => Array.from({ length: references }, (_, place) => withPrefix(whole, place)).join('')),
  );
}

const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const LAST_TRANSFORM = new RegExp(`(<Transform Algorithm="${EXCLUSIVE}")\\s*(?:/>|></Transform>)`);

/** The reference with a prefix in its PrefixList that nobody declares; the first one as it is. */
function withPrefix(reference: string, place: number): string {
  if (place === 0) return reference;
  const list = `<ec:InclusiveNamespaces xmlns:ec="${EXCLUSIVE}" PrefixList="none${place}"/>`;
  return reference.replace(LAST_TRANSFORM, `$1>${list}</Transform>`);
}
