/**
 * Judges a UsernameToken with the given users: password, digest and age, and proves how a wrong digest was made (UTP
 * 1.1 §3).
 */
import { trimXml } from '../xml/characters.ts';
import { parseDateTime, utcText } from '../xml/date-time.ts';
import { encodeBase64, base64Octets } from '../bytes/base64.ts';
import { decodeHex } from '../bytes/hex.ts';
import { equalOctets } from '../bytes/octets.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import type { FindingDraft } from '../trace/recorder.ts';
import type { Data } from '../trace/trace.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import { nodeRange } from '../xml/navigate.ts';
import type { Clock } from './clock.ts';
import { explainDigest, passwordDigest, type DigestParts } from './password-digest.ts';
import type { UsernameToken } from './username-token.ts';

export interface User {
  readonly name: string;
  readonly password: string;
}

export interface PasswordJudgement {
  /** `absent`: the token has no password to check. */
  readonly result: 'pass' | 'fail' | 'unknown' | 'absent';
  readonly findings: readonly FindingDraft[];
  /** What the step shows; a computed digest, never a password. */
  readonly data: Data;
}

interface StatedDigest {
  readonly octets: Uint8Array;
  /** `hex` where the hash hides in hexadecimal text. */
  readonly encoding: string | null;
}

/** Octets of the stated digest: base64; or the hash that hex text, alone or inside base64, stands for. */
function statedDigest(text: string): StatedDigest | null {
  const lengths = new Set([20, 32, 64]);
  const hex = decodeHex(text);
  if (hex !== null && lengths.has(hex.length)) return { octets: hex, encoding: 'hex-text' };
  const octets = base64Octets(text);
  if (octets === null) return null;
  if (lengths.has(octets.length) && octets.length !== 64) return { octets, encoding: null };
  const inner = decodeHex(String.fromCharCode(...octets.subarray(0, 200)));
  if (inner !== null && lengths.has(inner.length)) return { octets: inner, encoding: 'base64-of-hex' };
  return { octets, encoding: null };
}

/** Judges the password of a token. `otherMoments` are Created texts elsewhere that a sender may have hashed. */
export function judgePassword(
  document: XmlDocument,
  token: UsernameToken,
  users: readonly User[],
  otherMoments: readonly string[],
  crypto: CryptoProvider,
): PasswordJudgement {
  const findings: FindingDraft[] = [];
  const at = token.passwordNode ?? token.node;
  const find = (
    code: string,
    severity: FindingDraft['severity'],
    confidence: FindingDraft['confidence'] & string,
    node: NodeIndex,
    data: Data,
    fault = 'wsse:FailedAuthentication',
  ) => {
    findings.push({
      code,
      severity,
      confidence,
      ranges: [nodeRange(document, node)],
      data,
      ...(severity === 'error' ? { fault } : {}),
    });
  };
  const data: Data = { username: token.username, passwordKind: token.kind };
  if (token.password === null) {
    if (token.salt === null) {
      find('username-without-password', 'note', 'certain', token.node, { username: token.username });
    }
    return { result: 'absent', findings, data };
  }
  const user = users.find((one) => one.name === token.username);
  if (!user) {
    if (users.length === 0) find('password-not-given', 'note', 'certain', token.node, { username: token.username });
    else {
      find('user-unknown', 'warning', 'certain', token.usernameNode ?? token.node, {
        username: token.username,
        given: users.length,
      });
    }
    return { result: 'unknown', findings, data };
  }
  const parts: DigestParts = {
    nonceText: (token.nonceText ?? '').replace(/\s+/g, ''),
    nonce: token.nonce,
    created: token.created ?? '',
    otherMoments,
  };
  const computed = passwordDigest(parts, user.password, crypto);
  const stated = trimXml(token.password);
  const digest = statedDigest(stated);
  const isRightDigest =
    computed !== null && digest !== null && digest.encoding === null && equalOctets(digest.octets, computed);
  const isPassword = equalOctets(encodeUtf8(token.password), encodeUtf8(user.password));
  if (token.kind === 'digest') {
    const shown = { ...data, computed: computed === null ? null : encodeBase64(computed), stated };
    if (isRightDigest) return { result: 'pass', findings, data: shown };
    if (isPassword) {
      find('pwd-type-missing-or-wrong', 'error', 'proven', at, { reason: 'text-labelled-digest', username: user.name });
    } else explain();
    return { result: 'fail', findings, data: shown };
  }
  if (isPassword) return { result: 'pass', findings, data };
  if (isRightDigest) {
    find('pwd-type-missing-or-wrong', 'error', 'proven', at, {
      reason: 'digest-labelled-text',
      username: user.name,
      type: token.passwordType,
    });
    return { result: 'fail', findings, data };
  }
  find('password-wrong', 'error', 'proven', at, {
    username: user.name,
    octets: encodeUtf8(token.password).length,
    sameButForCaseOrSpace: token.password.trim().toLowerCase() === user.password.trim().toLowerCase(),
  });
  return { result: 'fail', findings, data };

  function explain(): void {
    if (!user) return;
    const explanation =
      digest === null ? null : explainDigest(digest.octets, digest.encoding, parts, user.password, crypto);
    if (explanation) {
      find(explanation.code, 'error', 'proven', at, { username: user.name, how: explanation.how });
      return;
    }
    const other =
      digest === null
        ? undefined
        : users.find((one) => {
            const theirs = one === user ? null : passwordDigest(parts, one.password, crypto);
            return theirs !== null && equalOctets(theirs, digest.octets);
          });
    find('password-digest-wrong', 'error', other ? 'proven' : 'certain', at, {
      username: user.name,
      otherUser: other?.name ?? null,
      computed: computed === null ? null : encodeBase64(computed),
      stated: stated.slice(0, 100),
      decodable: digest !== null,
    });
  }
}

/** Seconds that a UsernameToken without other statement is taken to live (UTP 1.1 §3.1 recommends five minutes). */
export const USERNAME_TOKEN_TTL = 300;

/**
 * Judges the token's Created. Its lifetime is `ttlSeconds`, else that of a Timestamp in the same header
 * (`statedUntil`), else five minutes.
 */
export function judgeUsernameTokenAge(
  document: XmlDocument,
  token: UsernameToken,
  clock: Clock,
  statedUntil: number | null,
): readonly FindingDraft[] {
  if (token.created === null || token.createdNode === null) return [];
  const ranges = [nodeRange(document, token.createdNode)];
  const created = parseDateTime(token.created);
  if (created === null) {
    return [
      {
        code: 'timestamp-malformed',
        severity: 'error',
        ranges,
        data: { reason: 'not-a-datetime', element: 'Created', text: token.created.slice(0, 80) },
        fault: 'wsse:InvalidSecurityToken',
      },
    ];
  }
  const skew = clock.skewSeconds * 1000;
  const at = utcText(clock.at);
  const findings: FindingDraft[] = [];
  if (created.fractionDigits > 3 || (token.nonce !== null && token.nonce.length > 24)) {
    findings.push({
      code: 'nonce-too-long-or-created-precision',
      severity: 'note',
      confidence: 'possible',
      ranges,
      data: { fractionDigits: created.fractionDigits, nonceOctets: token.nonce?.length ?? null },
    });
  }
  const own = created.time + (clock.ttlSeconds ?? USERNAME_TOKEN_TTL) * 1000;
  const until = clock.ttlSeconds === null && statedUntil !== null ? Math.max(own, statedUntil) : own;
  if (created.time > clock.at + skew || until + skew < clock.at) {
    findings.push({
      code: 'ts-device-clock-offset',
      severity: 'error',
      ranges,
      data: {
        created: token.created,
        at,
        offsetSeconds: (created.time - clock.at) / 1000,
        skewSeconds: clock.skewSeconds,
      },
      fault: 'wsse:FailedAuthentication',
    });
  }
  return findings;
}
