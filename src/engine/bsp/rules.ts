/**
 * The rules of WS-I Basic Security Profile 1.1 that the engine judges: where each stands in the profile, how strict it
 * is, which room finds it and under which code. Rooms name a rule of this table and nothing else; the rest of the
 * profile comes here row by row.
 */

/** One rule of the profile. */
export interface BspRow {
  /** Section of Basic Security Profile 1.1 in which the rule stands. */
  readonly section: string;
  readonly level: 'MUST' | 'SHOULD';
  /** The finding that says so: the rule itself, or a code of ours that says more; its words are in `src/content`. */
  readonly code: string;
  /** The room of the engine that finds it. */
  readonly room: string;
}

const row = (section: string, room: string, code: string): BspRow => ({ section, level: 'MUST', code, room });

const HEADER = '5';
const TIMESTAMPS = '6';
const TOKEN_REFERENCES = '7';
const SIGNATURE = '8';
const BINARY_TOKENS = '10';
const USERNAME_TOKEN = '11';
const X509_TOKEN = '12';

/** By the number of the rule, in the order of the profile's sections. */
export const BSP_RULES = {
  /** At most one Security header without actor or role. */
  R3206: row(HEADER, 'security-header', 'R3206'),
  /** No two Security headers with the same actor or role. */
  R3210: row(HEADER, 'security-header', 'R3210'),

  /** One Timestamp a header. */
  R3227: row(TIMESTAMPS, 'tokens', 'R3227'),

  /** A KeyIdentifier has a ValueType. */
  R3054: row(TOKEN_REFERENCES, 'key-resolution', 'R3054'),
  /** Embedded holds no SecurityTokenReference. */
  R3056: row(TOKEN_REFERENCES, 'key-resolution', 'R3056'),
  /** A Reference points to no SecurityTokenReference. */
  R3057: row(TOKEN_REFERENCES, 'key-resolution', 'R3057'),
  /** A Reference's ValueType is that of the token it points to. */
  R3058: row(TOKEN_REFERENCES, 'key-resolution', 'keyid-type-unexpected'),
  /** One reference a SecurityTokenReference. */
  R3061: row(TOKEN_REFERENCES, 'key-resolution', 'R3061'),

  /** No HMACOutputLength. */
  R5401: row(SIGNATURE, 'algorithms', 'hmac-truncated'),

  /** A BinarySecurityToken has an EncodingType. */
  R3029: row(BINARY_TOKENS, 'tokens', 'R3029'),
  /** It is Base64Binary. */
  R3030: row(BINARY_TOKENS, 'tokens', 'R3030'),
  /** A BinarySecurityToken has a ValueType. */
  R3031: row(BINARY_TOKENS, 'tokens', 'R3031'),
  /** A token profile defines it. */
  R3032: row(BINARY_TOKENS, 'tokens', 'R3032'),

  /** A Password has a Type. */
  R4201: row(USERNAME_TOKEN, 'tokens', 'pwd-type-missing-or-wrong'),
  /** A key is derived with at least 1000 iterations. */
  R4218: row(USERNAME_TOKEN, 'tokens', 'R4218'),
  /** A Nonce has an EncodingType. */
  R4220: row(USERNAME_TOKEN, 'tokens', 'nonce-encodingtype-missing'),
  /** It is Base64Binary. */
  R4221: row(USERNAME_TOKEN, 'tokens', 'R4221'),
  /** One Password. */
  R4222: row(USERNAME_TOKEN, 'tokens', 'usernametoken-repeated-element'),
  /** One Created. */
  R4223: row(USERNAME_TOKEN, 'tokens', 'usernametoken-repeated-element'),
  /** One Nonce. */
  R4225: row(USERNAME_TOKEN, 'tokens', 'usernametoken-repeated-element'),

  /** An X.509 KeyIdentifier is a subject key identifier or a thumbprint. */
  R5206: row(X509_TOKEN, 'key-resolution', 'R5206'),
} as const satisfies Readonly<Record<string, BspRow>>;

/** The number of a rule that the engine judges. */
export type BspRule = keyof typeof BSP_RULES;
