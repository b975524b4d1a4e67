/** The octets that go into the digest are those that xmlsec1 digests. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { BASE64, ENVELOPED, EXCLUSIVE, filter2, INCLUSIVE_WITH_COMMENTS, signature, xpath } from './signed-document.ts';
import { message, shown } from './transforming.ts';

function available(): boolean {
  try {
    execFileSync('xmlsec1', ['--version']);
    return true;
  } catch {
    console.log('skipped: xmlsec1 is not installed');
    return false;
  }
}

const present = available();
const folder = mkdtempSync(join(tmpdir(), 'octets-'));
afterAll(() => rmSync(folder, { recursive: true }));

function xmlsec1(xml: string): string {
  const file = join(folder, 'message.xml');
  const key = join(folder, 'key.bin');
  writeFileSync(file, xml);
  writeFileSync(key, 'secret');
  let output: string;
  try {
    output = execFileSync(
      'xmlsec1',
      [
        '--verify',
        '--store-references',
        '--print-debug',
        '--hmackey',
        key,
        '--id-attr:Id',
        'item',
        '--id-attr:Id',
        'http://www.w3.org/2000/09/xmldsig#:Object',
        file,
      ],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    ).toString();
  } catch (error) {
    // A digest of zeros never matches; what it was compared with is printed all the same.
    output = String((error as { stdout?: Buffer }).stdout ?? '');
  }
  return /== PreDigest data - start buffer:\n([\s\S]*?)\n== PreDigest data - end buffer/.exec(output)?.[1] ?? '';
}

const body = (signed: string) =>
  '<?xml version="1.0"?><!-- head --><r xmlns="urn:d" xmlns:a="urn:a" xml:lang="en"><item xmlns="" Id="one" ' +
  'n="1">text<!-- c --> &amp; <b xmlns:u="urn:u">more</b></item>' +
  (`<a:item a:k="v" k='w'><a:deep><item xmlns="" Id="two">aGVsbG8gd29ybGQ=</item></a:deep></a:item>${signed}<?pi ` +
    'data?></r><!-- tail -->');
const DSIG = 'xmlns:dsig="http://www.w3.org/2000/09/xmldsig#"';

const CASES: readonly (readonly [name: string, transforms: string, uri?: string, content?: string])[] = [
  ['enveloped', ENVELOPED],
  ['enveloped, exclusive', ENVELOPED + EXCLUSIVE],
  ['enveloped, with comments: none are left in the set', ENVELOPED + INCLUSIVE_WITH_COMMENTS],
  ['xpointer of the root keeps comments', ENVELOPED + INCLUSIVE_WITH_COMMENTS, '#xpointer(/)'],
  ['xpointer of an id keeps comments', INCLUSIVE_WITH_COMMENTS, "#xpointer(id('one'))"],
  ['id', '', '#one'],
  ['id, exclusive', EXCLUSIVE, '#two'],
  ['object in the signature', EXCLUSIVE, '#o', '<ds:Object Id="o">in <x xmlns="urn:d"/></ds:Object>'],
  ['base64', BASE64, '#two'],
  ['not in a signature', xpath('not(ancestor-or-self::dsig:Signature)', DSIG)],
  [
    'the enveloped expression of the specification',
    xpath(
      'count(ancestor-or-self::dsig:Signature | here()/ancestor::dsig:Signature[1]) > ' +
        'count(ancestor-or-self::dsig:Signature)',
      DSIG,
    ),
  ],
  ['text only', xpath('self::text()')],
  ['elements without attributes', xpath('self::* or self::text()')],
  ['attributes by name', xpath("not(self::node()[name() = 'k']) and not(ancestor-or-self::dsig:Signature)", DSIG)],
  [
    'without namespace nodes of one prefix',
    xpath("not(ancestor-or-self::dsig:Signature) and not(count(../namespace::*) > 0 and name() = 'u')", DSIG),
  ],
  ['orphans: an element without its parent', xpath('ancestor-or-self::a:deep | self::node()[ancestor::b]')],
  ['nothing', xpath('false()')],
  ['everything, comments left out by the reference', xpath('true()')],
  ['two filters in a row', ENVELOPED + xpath('not(self::comment())') + xpath('ancestor-or-self::item') + EXCLUSIVE],
  ['parsed anew', INCLUSIVE_WITH_COMMENTS + xpath('ancestor-or-self::b'), '#one'],
  ['filter: intersect', filter2(['intersect', '//item'])],
  ['filter: subtract', filter2(['subtract', '//dsig:Signature | //b']).replaceAll('<f:XPath', `<f:XPath ${DSIG}`)],
  [
    'filter: intersect, subtract, union',
    filter2(['intersect', '/*/*'], ['subtract', '//b | //a:deep'], ['union', "//*[@Id = 'two']"]),
  ],
  ['filter: nothing', filter2(['intersect', '//none'])],
];

describe.skipIf(!present)('octets as xmlsec1 has them', () => {
  for (const [name, transforms, uri, content] of CASES) {
    test(name, async () => {
      const xml = body(signature(transforms, uri, content));
      expect(shown(await message(xml).first())).toBe(xmlsec1(xml));
    });
  }
});
