/** Security tokens as they were read; judging is a later step (SMS §6). */
import type { Certificate } from '../certificates/certificate.ts';
import type { FindingDraft } from '../trace/recorder.ts';
import type { Data } from '../trace/trace.ts';
import type { NodeIndex } from '../xml/document.ts';

/** What a child of a Security header is. */
export type TokenKind =
  | 'Timestamp'
  | 'UsernameToken'
  | 'BinarySecurityToken'
  | 'SAMLAssertion'
  | 'SecurityContextToken'
  | 'DerivedKeyToken'
  | 'SignatureConfirmation'
  | 'EncryptedKey'
  | 'SecurityTokenReference'
  | 'unknown';

/** One child of a Security header, read. */
export interface Token {
  readonly kind: TokenKind;
  readonly node: NodeIndex;
  readonly id: string | null;
  /** The token's ValueType, Type or TokenType URI. */
  readonly valueType: string | null;
  readonly data: Data;
  /** Certificates in it, the end certificate first. */
  readonly certificates: readonly Certificate[];
  /** The wsse:Security header it stands in, if any. */
  readonly header: NodeIndex | null;
  /** What is wrong with the token as it stands, to be recorded when it is judged. */
  readonly problems?: readonly FindingDraft[];
}
