/**
 * Judges a UsernameToken with the given users: password, digest and age, and proves how a wrong digest was made (UTP
 * 1.1 §3).
 */
import { trimXml } from '../xml/characters.ts';
import { parseDateTime, utcText } from '../xml/date-time.ts';
import { base64Octets, encodeBase64 } from '../bytes/base64.ts';
import { decodeHexLenient } from '../bytes/hex.ts';
import { equalOctets } from '../bytes/octets.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import { findingOf, type FindingDraft } from '../trace/recorder.ts';
import type { FindingCode, FindingData } from '../trace/finding-data.ts';
import type { Data } from '../trace/trace.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import { nodeRange } from '../xml/navigate.ts';
import { zoneProblems, type Clock } from './clock.ts';
import { explainDigest, passwordDigest, type DigestParts, type StatedDigest } from './password-digest.ts';
import type { UsernameToken } from './username-token.ts';

/** A user that is given, with the password in clear. */
export interface User {
  readonly name: string;
  readonly password: string;
}

/** What a Password is worth, and why. */
export interface PasswordJudgement {
  /** `absent`: the token has no password to check. */
  readonly result: 'pass' | 'fail' | 'unknown' | 'absent';
  readonly findings: readonly FindingDraft[];
  /** What the step shows; a computed digest, never a password. */
  readonly data: Data;
}

/** Octets of the hashes that a digest may be of. */
const HASH_LENGTHS: ReadonlySet<number> = new Set([20, 32, 64]);

/** Octets of the stated digest: base64; or the hash that hex text, alone or inside base64, stands for. */
function statedDigest(text: string): StatedDigest | null {
  const hex = decodeHexLenient(text);
  if (hex !== null && HASH_LENGTHS.has(hex.length)) return { octets: hex, encoding: 'hex-text' };
  const octets = base64Octets(text);
  if (octets === null) return null;
  if (HASH_LENGTHS.has(octets.length) && octets.length !== 64) return { octets, encoding: null };
  const inner = decodeHexLenient(String.fromCharCode(...octets.subarray(0, 200)));
  if (inner !== null && HASH_LENGTHS.has(inner.length)) return { octets: inner, encoding: 'base64-of-hex' };
  return { octets, encoding: null };
}

/** The stated text where it can only be a digest; null where it may be a password, which nobody is shown. */
function shownDigest(stated: string, digest: StatedDigest | null): string | null {
  return digest !== null && HASH_LENGTHS.has(digest.octets.length) ? stated.slice(0, 100) : null;
}

/** A password that is given, and what its digest would be. */
interface Comparison {
  readonly token: UsernameToken;
  readonly user: User;
  readonly users: readonly User[];
  readonly parts: DigestParts;
  readonly crypto: CryptoProvider;
  /** The digest of the user's password; null where the provider has no SHA-1. */
  readonly computed: Uint8Array | null;
  /** The token's Password, white space around it aside, and the digest that it may be. */
  readonly stated: string;
  readonly digest: StatedDigest | null;
}

/** An error of authentication, at the Password. */
function passwordError<Code extends FindingCode>(
  document: XmlDocument,
  token: UsernameToken,
  code: Code,
  data: FindingData[Code],
  confidence: 'proven' | 'certain' = 'proven',
): FindingDraft {
  const ranges = [nodeRange(document, token.passwordNode ?? token.node)];
  return findingOf(code, 'error', data, { confidence, ranges, fault: 'wsse:FailedAuthentication' });
}

/** Why there is nothing to compare: no Password, or nobody's password given; null where there is. */
function withoutComparison(
  document: XmlDocument,
  token: UsernameToken,
  users: readonly User[],
): Pick<PasswordJudgement, 'result' | 'findings'> {
  const { username } = token;
  const told = <Code extends FindingCode>(
    code: Code,
    severity: 'note' | 'warning',
    node: NodeIndex,
    data: FindingData[Code],
  ): readonly FindingDraft[] => [findingOf(code, severity, data, { ranges: [nodeRange(document, node)] })];
  if (token.password === null) {
    // With a salt, the password makes a key and is not sent.
    const findings = token.salt === null ? told('username-without-password', 'note', token.node, { username }) : [];
    return { result: 'absent', findings };
  }
  return {
    result: 'unknown',
    findings:
      users.length === 0
        ? told('password-not-given', 'note', token.node, { username })
        : told('user-unknown', 'warning', token.usernameNode ?? token.node, { username, given: users.length }),
  };
}

/** Judges the password of a token. `otherMoments` are Created texts elsewhere that a sender may have hashed. */
export function judgePassword(
  document: XmlDocument,
  token: UsernameToken,
  users: readonly User[],
  otherMoments: readonly string[],
  crypto: CryptoProvider,
): PasswordJudgement {
  const data: Data = { username: token.username, passwordKind: token.kind };
  const user = users.find((one) => one.name === token.username);
  if (token.password === null || user === undefined) return { ...withoutComparison(document, token, users), data };
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
  const isDigest = token.kind === 'digest';
  const shown = isDigest
    ? { ...data, computed: computed === null ? null : encodeBase64(computed), stated: shownDigest(stated, digest) }
    : data;
  if (isDigest ? isRightDigest : isPassword) return { result: 'pass', findings: [], data: shown };
  const comparison: Comparison = { token, user, users, parts, crypto, computed, stated, digest };
  const failure = isDigest
    ? digestFailure(document, comparison, isPassword)
    : textFailure(document, comparison, token.password, isRightDigest);
  return { result: 'fail', findings: [failure], data: shown };
}

/** Why a PasswordText is not the password. */
function textFailure(
  document: XmlDocument,
  { token, user }: Comparison,
  text: string,
  isRightDigest: boolean,
): FindingDraft {
  if (isRightDigest) {
    return passwordError(document, token, 'pwd-type-missing-or-wrong', {
      reason: 'digest-labelled-text',
      username: user.name,
      type: token.passwordType,
    });
  }
  return passwordError(document, token, 'password-wrong', {
    username: user.name,
    octets: encodeUtf8(text).length,
    sameButForCaseOrSpace: text.trim().toLowerCase() === user.password.trim().toLowerCase(),
  });
}

/** Why a PasswordDigest is not the password's: a recipe that yields it, another user's password, or nothing known. */
function digestFailure(document: XmlDocument, comparison: Comparison, isPassword: boolean): FindingDraft {
  const { token, user, users, parts, crypto, computed, stated, digest } = comparison;
  if (isPassword) {
    const data = { reason: 'text-labelled-digest', username: user.name };
    return passwordError(document, token, 'pwd-type-missing-or-wrong', data);
  }
  const explanation = digest === null ? null : explainDigest(digest, parts, user.password, crypto);
  if (explanation) {
    return passwordError(document, token, explanation.code, { username: user.name, how: explanation.how });
  }
  const other = users.find((one) => {
    const theirs = one === user || digest === null ? null : passwordDigest(parts, one.password, crypto);
    return theirs !== null && digest !== null && equalOctets(theirs, digest.octets);
  });
  const data = {
    username: user.name,
    otherUser: other?.name ?? null,
    computed: computed === null ? null : encodeBase64(computed),
    stated: shownDigest(stated, digest),
    decodable: digest !== null,
  };
  return passwordError(document, token, 'password-digest-wrong', data, other ? 'proven' : 'certain');
}

/** Seconds that a UsernameToken without other statement is taken to live (UTP 1.1 §3.1 recommends five minutes). */
const USERNAME_TOKEN_TTL = 300;

/**
 * When a token made at `created` ends, in UTC milliseconds: its lifetime is `ttlSeconds`, else that of a Timestamp in
 * the same header (`statedUntil`), else five minutes.
 */
export function usernameTokenEnd(created: number, { ttlSeconds }: Clock, statedUntil: number | null): number {
  const own = created + (ttlSeconds ?? USERNAME_TOKEN_TTL) * 1000;
  return ttlSeconds === null && statedUntil !== null ? Math.max(own, statedUntil) : own;
}

/** Judges the token's Created, which ends as {@link usernameTokenEnd} says. */
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
  const until = usernameTokenEnd(created.time, clock, statedUntil);
  const amiss = created.time > clock.at + skew || until + skew < clock.at;
  findings.push(...zoneProblems(token.created, created, ranges, clock, amiss));
  if (amiss) {
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
