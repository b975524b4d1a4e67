/**
 * Is a certificate revoked by the lists that were supplied? (RFC 5280 §6.3, for complete lists of the certificate's own
 * issuer.)
 */
import { utcText } from '../xml/date-time.ts';
import type { Data } from '../trace/trace.ts';
import type { Certificate } from './certificate.ts';
import type { CertificateMemory } from './certificate-memory.ts';
import { verifySigned } from './certificate-signature.ts';
import { namesEqual } from './compare-name.ts';
import { readRevocationList, type RevocationList } from './crl.ts';
import { keyUsage } from './extensions.ts';

/**
 * `none`: no list of this issuer was given. `unproven`: a list was given, but it cannot show that the certificate is
 * good.
 */
export interface RevocationStatus {
  readonly status: 'good' | 'revoked' | 'unproven' | 'none';
  readonly data: Data;
}

/** Whether the certificate may sign lists. */
function maySignLists(certificate: Certificate, memory: CertificateMemory): boolean {
  const usage = keyUsage(memory.parts(certificate).extensions);
  return usage === null || usage.includes('cRLSign');
}

/**
 * Whether the list is signed by a certificate of the issuer's name that the path above holds, or that one of the path
 * above vouches for
 * (a separate key for lists, a renewed key).
 */
async function isAuthentic(
  list: RevocationList,
  above: readonly Certificate[],
  others: readonly Certificate[],
  memory: CertificateMemory,
): Promise<boolean> {
  const named = (certificate: Certificate): boolean => namesEqual(certificate.subject, list.issuer);
  const inPath = new Set(above.map((certificate) => certificate.id));
  const separate = others.filter((other) => !inPath.has(other.id) && named(other)).slice(0, 8);
  for (const signer of [...above.filter(named), ...separate]) {
    if (!maySignLists(signer, memory)) continue;
    const outcome = await verifySigned(list.algorithm, signer.publicKey, list.tbs, list.signature, memory.crypto);
    if (outcome.result !== 'pass') continue;
    if (inPath.has(signer.id)) return true;
    for (const issuer of above.filter((certificate) => namesEqual(certificate.subject, signer.issuer))) {
      if ((await memory.signature(signer, issuer.publicKey)).result === 'pass') return true;
    }
  }
  return false;
}

/**
 * Asks every list. A revocation that is in an authentic list counts even where the list is stale or partial. `above` is
 * the path above the certificate, its issuer first.
 */
export async function revocationStatus(
  certificate: Certificate,
  above: readonly Certificate[],
  isAuthority: boolean,
  lists: readonly Uint8Array[],
  others: readonly Certificate[],
  at: number,
  memory: CertificateMemory,
): Promise<RevocationStatus> {
  let status: RevocationStatus = { status: 'none', data: {} };
  for (const der of lists) {
    const read = readRevocationList(der);
    if (!read.ok || !namesEqual(read.list.issuer, certificate.issuer)) continue;
    const { list } = read;
    if (list.only === 'attribute' || (list.only === 'user' && isAuthority) || (list.only === 'ca' && !isAuthority)) {
      continue;
    }
    if (!(await isAuthentic(list, above, others, memory))) {
      if (status.status === 'none') status = { status: 'unproven', data: { reason: 'crl-signature-wrong' } };
      continue;
    }
    const entry = list.revoked.get(certificate.serial);
    if (entry !== undefined && entry.reason !== 'removeFromCRL') {
      if (entry.date <= at) {
        return {
          status: 'revoked',
          data: { date: utcText(entry.date), reason: entry.reason, thisUpdate: utcText(list.thisUpdate) },
        };
      }
      status = { status: 'good', data: { revokedLater: utcText(entry.date), reason: entry.reason } };
      continue;
    }
    const stale = list.nextUpdate !== null && list.nextUpdate < at;
    if (list.partial !== null || stale) {
      if (status.status !== 'good') {
        status = {
          status: 'unproven',
          data: {
            reason: list.partial === null ? 'crl-stale' : `crl-${list.partial}`,
            thisUpdate: utcText(list.thisUpdate),
          },
        };
      }
    } else if (status.status !== 'good') status = { status: 'good', data: { thisUpdate: utcText(list.thisUpdate) } };
  }
  return status;
}
