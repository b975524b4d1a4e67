/**
 * The JSON report of docs/command.md, schema 1, as a validator written from that text: members, their types, their
 * words.
 */

const HEADLINES = (
  'valid valid-weak valid-untrusted valid-partial valid-stale wrapped unsecured incomplete unsupported invalid ' +
  'refused limit malformed'
).split(' ');
const RESULT = ['pass', 'fail', 'unknown'];
const AXES: Readonly<Record<string, readonly string[]>> = {
  structure: ['pass', 'fail'],
  signature: [...RESULT, 'absent'],
  decryption: [...RESULT, 'absent'],
  coverage: ['full', 'partial', 'none', 'absent'],
  authentication: [...RESULT, 'absent'],
  trust: [...RESULT, 'absent'],
  freshness: ['pass', 'fail', 'absent'],
  policy: ['pass', 'fail', 'absent'],
};

type Check = (value: unknown, path: string) => string[];

const wrong = (path: string, what: string, value: unknown): string[] => [
  `${path}: ${what}, not ${JSON.stringify(value)?.slice(0, 60)}`,
];
const string: Check = (value, path) => (typeof value === 'string' ? [] : wrong(path, 'a string', value));
const text: Check = (value, path) =>
  typeof value === 'string' && value !== '' ? [] : wrong(path, 'a string that is not empty', value);
const count: Check = (value, path) =>
  Number.isInteger(value) && (value as number) >= 0 ? [] : wrong(path, 'an integer from 0', value);
const digest: Check = (value, path) =>
  typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
    ? []
    : wrong(path, 'a SHA-256 in lower case hexadecimal', value);
const oneOf =
  (words: readonly unknown[]): Check =>
  (value, path) =>
    words.includes(value) ? [] : wrong(path, `one of ${words.join('|')}`, value);
const orNull =
  (check: Check): Check =>
  (value, path) =>
    value === null ? [] : check(value, path);
/** A member that may be left out. */
const OPTIONAL = new WeakSet<Check>();
const optional = (check: Check): Check => {
  const made: Check = (value, path) => check(value, path);
  OPTIONAL.add(made);
  return made;
};
const list =
  (check: Check): Check =>
  (value, path) =>
    Array.isArray(value)
      ? value.flatMap((one, index) => check(one, `${path}[${index}]`))
      : wrong(path, 'a list', value);
/** Every member must be there, null where there is nothing; further ones are welcome. */
const object =
  (members: Readonly<Record<string, Check>>): Check =>
  (value, path) =>
    typeof value !== 'object' || value === null || Array.isArray(value)
      ? wrong(path, 'an object', value)
      : Object.entries(members).flatMap(([name, check]) =>
          Object.hasOwn(value, name)
            ? check((value as Record<string, unknown>)[name], `${path}.${name}`)
            : OPTIONAL.has(check)
              ? []
              : [`${path}.${name}: missing`],
        );
const both =
  (...checks: readonly Check[]): Check =>
  (value, path) =>
    checks.flatMap((check) => check(value, path));

function report(size: number): Check {
  const ordered: Check = (value, path) => {
    const { space, start, end } = value as { space: string; start: number; end: number };
    return start > end || (space === 'input' && end > size) ? wrong(path, `octets within ${size}`, value) : [];
  };
  const bounds = { space: text, start: count, end: count };
  const range = both(object(bounds), ordered);
  const target = both(object({ path: text, ...bounds }), ordered);
  const signedTarget = both(target, object({ id: orNull(string) }));
  const reference = object({
    uri: orNull(string),
    digestMethod: string,
    digest: oneOf(RESULT),
    expected: string,
    computed: orNull(string),
    target: orNull(signedTarget),
    octets: orNull(count),
  });
  return object({
    schema: oneOf([1]),
    id: orNull(string),
    headline: oneOf(HEADLINES),
    axes: both(object(Object.fromEntries(Object.entries(AXES).map(([name, words]) => [name, oneOf(words)])))),
    at: object({
      instant: text,
      from: oneOf(['given', 'now', 'made']),
      now: optional(text),
      made: optional(orNull(object({ instant: text, signed: oneOf([true, false]), target: signedTarget }))),
      until: optional(orNull(text)),
    }),
    signatures: list(
      object({
        id: orNull(string),
        method: string,
        canonicalization: string,
        value: oneOf(RESULT),
        key: orNull(object({ kind: text, how: text, subject: orNull(string), sha256: orNull(digest) })),
        references: list(reference),
      }),
    ),
    encrypted: list(
      object({
        id: orNull(string),
        method: string,
        keyTransport: orNull(string),
        result: oneOf(RESULT),
        target,
        plaintextSha256: orNull(digest),
      }),
    ),
    tokens: list(object({ kind: text, id: orNull(string), path: text })),
    findings: list(
      object({
        code: text,
        severity: oneOf(['error', 'warning', 'note']),
        confidence: oneOf(['proven', 'certain', 'likely', 'possible']),
        message: text,
        ranges: list(range),
        by: optional(oneOf(['sender', 'hop', 'receiver', 'either'])),
      }),
    ),
  });
}

/** What does not follow the schema, one line each. @param size the input's octets */
export function schemaProblems(value: unknown, size: number): readonly string[] {
  return report(size)(value, 'report');
}

const ERRORS_FIRST = ['error', 'warning', 'note'];

/** Times, trust, strength, coverage and what is missing: whether they lead is the headline's to say. */
const BY_HEADLINE =
  /^(?:ts-|saml-conditions|cert-|trust-|session-key-of|weak-|legacy-|small-rsa|hmac-trunc|required-part|token-not|password-not|user-unknown|key-name-unknown)/;

/** Findings come root causes first: nothing that is only a note stands before an error. */
export function orderProblems(value: {
  readonly findings: readonly { readonly code: string; readonly severity: string }[];
}): readonly string[] {
  const ranks = value.findings
    .filter(({ code }) => !BY_HEADLINE.test(code))
    .map((finding) => ERRORS_FIRST.indexOf(finding.severity));
  return ranks.flatMap((rank, index) =>
    index > 0 && rank < ranks[index - 1]! ? [`findings[${index}] is graver than the one before`] : [],
  );
}
