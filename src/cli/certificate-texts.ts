/** `wss keys --text`: certificates, requests and revocation lists in full, each followed by its PEM. */
import { KEY_LIST } from '../content/key-words.ts';
import { viewCertificate, type ViewKind } from '../engine/certificates/certificate-view.ts';
import type { KeyFileContents } from '../engine/keystore/key-entry.ts';
import { readPem } from '../engine/keystore/pem.ts';
import { visible } from './terminal.ts';

/** RFC 7468 §7, and the label that older tools write. */
const REQUEST = /^(?:NEW )?CERTIFICATE REQUEST$/;

/** @param octets the file, for requests: they are no key material, so that reading keys passes over them */
export function certificateTexts(octets: Uint8Array, contents: KeyFileContents): readonly string[] {
  const certificates = new Map(
    contents.entries.flatMap((entry) => entry.certificates).map((certificate) => [certificate.id, certificate.der]),
  );
  const requests = readPem(octets).filter((block) => REQUEST.test(block.label));
  return [
    ...[...certificates.values()].map((der) => textOf(der, 'certificate')),
    ...requests.flatMap(({ octets: der }) => (der === null ? [] : [textOf(der, 'request')])),
    ...contents.crls.map((der) => textOf(der, 'revocation list')),
  ];
}

function textOf(der: Uint8Array, kind: ViewKind): string {
  const view = viewCertificate(der, kind);
  if (view === null) return `  ${KEY_LIST.notReadable(kind)}\n`;
  return `${view.text.split('\n').map(visible).join('\n')}${view.pem}`;
}
