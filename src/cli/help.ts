/** `--help` of each command (docs/command.md). */

const HELP: Readonly<Record<string, string>> = {
  verify: `wss verify [options] FILE|-
Parses, verifies, judges and explains one message: raw XML, an HTTP dump, MIME multipart or base64.

  --key [NAME=]FILE[:PASSWORD[:KEYPASSWORD]]  key material of any format; not trusted by itself (repeatable)
  --secret [NAME=]base64:…|hex:…|text:…|file:PATH|env:NAME|prompt:  a symmetric key (repeatable)
  --trust FILE[:PASSWORD]       trust anchors (repeatable)
  --crl FILE                    revocation lists (repeatable)
  --user NAME=PASSWORD          for UsernameToken (repeatable)
  --at RFC3339|made|now         judge as of this time; made: of the message's own Created (default: now)
  --skew SECONDS                clock tolerance (default 60)
  --ttl SECONDS                 the longest lifetime accepted (default: what the message says)
  --request FILE                the request that this message answers
  --attachment CID=FILE         parts of a message, octets for an external reference (repeatable)
  --receiver-actor URI          which Security header is ours
  --id-attribute NAME           a further attribute that is an Id (repeatable)
  --limit NAME=N                raise or lower a bound; octets=N for a larger input (repeatable)
  --no-diagnosis                skip the search for causes
  --second-opinion              ask a second library (xmldsigjs) about the same signatures; never part of the verdict
  --json                        machine report (schema 1)
  --trace                       the whole trace as JSON
  --html FILE                   printable report
  --decoded FILE                the envelope as the application would see it
  --canonical DIR               the octets of every stage
  -v, --verbose                 open every step of the trace

A password may be env:NAME, file:PATH (its first line), prompt: (asked at the terminal), or text:… for one like these.

Exit status: 0 valid, 1 any other verdict, 2 unusable arguments or key files.
`,
  batch: `wss batch JOBS.jsonl|- [--jobs N]
One JSON job a line in, one JSON report a line out, in order. --jobs N runs N worker threads.

A job: {"id", "file", "keys": [KEY], "secrets": [], "trust": [KEY], "crls": [], "users": ["NAME=PASSWORD"], "at", "skew", "ttl",
"request", "attachments": {"CID": "FILE"}, "receiverActor", "idAttributes": [], "limits": {"NAME": N}, "diagnosis": true}
KEY is a string as for --key, or {"file", "password", "keyPassword", "alias", "name"}. Paths are relative to the jobs file.
`,
  c14n: `wss c14n [options] FILE|-
Writes canonical octets.

  --algorithm URI      or c14n, c14n11, exc-c14n, each with -with-comments (default: c14n)
  --prefix-list "a b"  InclusiveNamespaces of exclusive canonicalization; #default for the default namespace
  --id ID              the element with this Id
  --xpath EXPR         the nodes it selects
  --xpath-file FILE    the expression in a file, or in an XML element that brings its namespaces
  --ns PREFIX=URI      a namespace for the expression (repeatable)
  --id-attribute NAME  a further attribute that is an Id (repeatable)
`,
  keys: `wss keys [--json|--text] FILE[:PASSWORD[:KEYPASSWORD]]…
Lists what is in key files. Nothing of a private key or secret is shown. A password may be env:NAME, file:PATH or prompt:

  --json  the list as JSON
  --text  certificates, requests and revocation lists in full, each followed by its PEM
`,
  algorithms: 'wss algorithms [--json]\nLists every algorithm URI with what we can do with it.\n',
  explain: 'wss explain CODE|URI\nExplains a finding or an algorithm.\n',
  serve:
    'wss serve [--port N] [--host ADDRESS]\nServes the built page on this machine, loopback only. Without --port: ' +
    '4173, or the next free one.\n',
};

/** The help of a command; "" where there is no such command. */
export function helpFor(command: string): string {
  return HELP[command] ?? '';
}
