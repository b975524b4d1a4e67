/** Builds small messages for the tests of tokens and opens them. */
import { Budget } from '../../../src/engine/bytes/budget.ts';
import { encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';
import { sha256Hex } from '../../../src/engine/crypto/fingerprint.ts';
import { CertificateMemory } from '../../../src/engine/certificates/certificate-memory.ts';
import { createCryptoProvider } from '../../../src/engine/crypto/provider-web.ts';
import { readEnvelope } from '../../../src/engine/envelope/read-envelope.ts';
import { indexIds } from '../../../src/engine/references/index-ids.ts';
import { readHeaders } from '../../../src/engine/security-header/read-headers.ts';
import { judgeTokens, type TokenJudgement } from '../../../src/engine/tokens/judge-tokens.ts';
import { readTokens } from '../../../src/engine/tokens/read-tokens.ts';
import { Recorder } from '../../../src/engine/trace/recorder.ts';
import type { Finding } from '../../../src/engine/trace/trace.ts';
import { parseXml } from '../../../src/engine/xml/parse.ts';

export const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
export const WSU = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
export const UTP = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0';
export const B64 = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary';
export const SOAP11 = 'http://schemas.xmlsoap.org/soap/envelope/';

export const crypto = createCryptoProvider(null);
export const certificates = new CertificateMemory(crypto);

/** A SOAP 1.1 message with that content in its Security header. */
export function message(header: string, attributes = '', body = '<a/>'): string {
  return (
    `<s:Envelope xmlns:s="${SOAP11}" xmlns:wsse="${WSSE}" xmlns:wsu="${WSU}"><s:Header><wsse:Security ` +
    `${attributes}>${header}</wsse:Security></s:Header><s:Body>${body}</s:Body></s:Envelope>`
  );
}

export function parse(text: string) {
  const result = parseXml(encodeUtf8(text), { budget: new Budget() });
  if (!result.wellFormed) throw new Error(JSON.stringify(result.problems));
  return result.document;
}

export interface Judging {
  readonly at?: string;
  readonly skewSeconds?: number;
  readonly ttlSeconds?: number | null;
  readonly users?: readonly { readonly name: string; readonly password: string }[];
}

/** Judges the tokens of a message. */
export function judge(
  text: string,
  options: Judging = {},
): TokenJudgement & { readonly findings: readonly Finding[]; readonly codes: readonly string[] } {
  const document = parse(text);
  const budget = new Budget();
  const envelope = readEnvelope(document);
  const headers = envelope && readHeaders(document, envelope, null, budget);
  const recorder = new Recorder(sha256Hex);
  const tokens = readTokens(document, headers?.ours?.node ?? null, indexIds(document, []), {
    crypto,
    certificates,
    budget,
  });
  const clock = {
    at: Date.parse(options.at ?? '2026-11-22T06:53:30Z'),
    skewSeconds: options.skewSeconds ?? 60,
    ttlSeconds: options.ttlSeconds ?? null,
  };
  const judgement = judgeTokens(
    tokens,
    { document, clock, users: options.users ?? [], crypto },
    recorder.step('header'),
  );
  return { ...judgement, findings: recorder.findings, codes: recorder.findings.map((one) => one.code) };
}
