/** Every finding about attachments, provoked by a change to a message that WSS4J made. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { findingMessage, findingTitle } from '../../../src/content/findings/index.ts';
import {
  digests,
  envelopeOf,
  finding,
  judged,
  message,
  octetsOf,
  partOf,
  withDigest,
  withPart,
} from './interop-parts.ts';

const sha256 = (text: string) => createHash('sha256').update(octetsOf(text)).digest('base64');

describe('proven causes of a wrong attachment digest', () => {
  it.each([
    [
      'the header was not digested',
      message('swa-signed-content').replaceAll('Attachment-Content-Signature', 'Attachment-Complete-Signature'),
      'attachment-headers-in-digest',
      'content',
    ],
    [
      'the header was digested',
      message('swa-signed-complete').replaceAll('Attachment-Complete-Signature', 'Attachment-Content-Signature'),
      'attachment-headers-in-digest',
      'complete',
    ],
    [
      'text that is no longer called text',
      message('swa-signed-content').replace(
        'Content-Type: Text/Plain; Charset="UTF-8"; format=flowed',
        'Content-Type: application/octet-stream',
      ),
      'attachment-line-ends',
      'crlf',
    ],
    [
      'XML that is no longer called XML',
      message('swa-signed-content').replace('Content-Type: application/xml', 'Content-Type: application/octet-stream'),
      'attachment-line-ends',
      'xml',
    ],
    [
      'octets that are called text',
      withDigest(
        message('swa-signed-content'),
        'notes@interop',
        sha256(partOf(message('swa-signed-content'), 'notes@interop')),
      ),
      'attachment-line-ends',
      'as-sent',
    ],
    [
      'a line end added on the way',
      withPart(
        message('swa-signed-content'),
        'picture@interop',
        `${partOf(message('swa-signed-content'), 'picture@interop')}\r\n`,
      ),
      'attachment-line-ends',
      'crlf-removed',
    ],
    [
      'the transfer encoding digested',
      withDigest(
        message('swa-signed-content-base64'),
        'picture@interop',
        sha256(partOf(message('swa-signed-content-base64'), 'picture@interop')),
      ),
      'attachment-cte-base64',
      'encoded',
    ],
    [
      'the name of the transfer encoding lost',
      message('swa-signed-content-base64').replace(/Content-Transfer-Encoding: base64\r\n/, ''),
      'attachment-cte-base64',
      'decoded',
    ],
    [
      'the name of the transfer encoding lost, of content called XML',
      withPart(
        message('swa-signed-content'),
        'list@interop',
        Buffer.from(partOf(message('swa-signed-content'), 'list@interop'), 'latin1').toString('base64'),
      ),
      'attachment-cte-base64',
      'decoded',
    ],
    [
      'compressed after it was signed',
      withPart(
        message('swa-signed-content'),
        'picture@interop',
        gzipSync(octetsOf(partOf(message('swa-signed-content'), 'picture@interop'))).toString('latin1'),
      ),
      'attachment-compressed-order',
      'uncompressed',
    ],
  ])('%s', async (_, text, code, form) => {
    const run = await judged(text);
    const found = finding(run, code);
    expect(found?.confidence).toBe('proven');
    expect(found?.data.form).toBe(form);
    expect(run.trace.verdict.headline).toBe('invalid');
    expect(`${findingTitle(found!)} ${findingMessage(found!)}`).not.toMatch(/undefined|null/);
  });

  it('says nothing where the octets are simply others', async () => {
    const run = await judged(withPart(message('swa-signed-content'), 'picture@interop', 'another picture'));
    expect(digests(run)['cid:picture@interop']).toBe('fail');
    expect(finding(run, 'digest-mismatch-unproven')).toBeDefined();
  });
});

describe('parts that are not there, or under no signature', () => {
  it('an attachment that nobody gave leaves its reference open', async () => {
    const run = await judged(
      message('swa-signed-content').replace('Content-ID: <list@interop>', 'Content-ID: <other@interop>'),
    );
    expect(finding(run, 'attachment-cid-not-found')?.data.contentId).toBe('list@interop');
    expect(digests(run)['cid:list@interop']).toBe('unknown');
    expect(finding(run, 'attachment-not-signed')?.data.attachment).toBe('other@interop');
    expect(run.trace.verdict.headline).toBe('incomplete');
  });

  it('the header of an attachment given as a file is missing', async () => {
    const text = message('swa-signed-complete');
    const run = await judged(envelopeOf(text), {
      attachments: new Map([['picture@interop', octetsOf(partOf(text, 'picture@interop'))]]),
    });
    expect(finding(run, 'attachment-headers-missing')?.data.attachment).toBe('picture@interop');
    expect(digests(run)['cid:picture@interop']).toBe('unknown');
  });

  it('an XML attachment that is none', async () => {
    const run = await judged(withPart(message('swa-signed-content'), 'list@interop', '<list>'));
    expect(finding(run, 'attachment-xml-malformed')).toBeDefined();
    expect(run.trace.verdict.headline).toBe('invalid');
  });

  it('an attachment whose ciphertext has no key leaves its digest open', async () => {
    const run = await judged(message('swa-signed-content-encrypted-content'), { keys: [] });
    expect(digests(run)['cid:picture@interop']).toBe('unknown');
    expect(run.trace.verdict.headline).toBe('incomplete');
  });
});

describe('xop:Include', () => {
  it('whose part is missing leaves the digest open', async () => {
    const run = await judged(envelopeOf(message('mtom-signed-expanded')));
    expect(finding(run, 'digest-over-missing-part')).toBeDefined();
    expect(Object.values(digests(run))).toEqual(['unknown']);
    expect(run.trace.verdict.headline).toBe('incomplete');
  });

  it('whose part is given as a file is expanded', async () => {
    const text = message('mtom-signed-expanded');
    const run = await judged(envelopeOf(text), {
      attachments: new Map([['picture@interop', octetsOf(partOf(text, 'picture@interop'))]]),
    });
    expect(Object.values(digests(run))).toEqual(['pass']);
  });

  it('whose part was exchanged fails', async () => {
    const run = await judged(withPart(message('mtom-signed-expanded'), 'picture@interop', 'another picture'));
    expect(run.trace.verdict.headline).toBe('invalid');
  });

  it('that was signed as it stands is never valid, with its part or without', async () => {
    const text = message('mtom-signed-literal');
    const whole = await judged(text);
    expect(finding(whole, 'mtom-signed-before-after')?.confidence).toBe('proven');
    expect(finding(whole, 'XSW-15')).toBeDefined();
    expect(whole.trace.verdict.headline).toBe('invalid');
    const alone = await judged(envelopeOf(text));
    expect(finding(alone, 'XSW-15')?.severity).toBe('warning');
    expect(alone.trace.verdict.headline).toMatch(/^valid-/);
  });

  it('in the Security header is worth a note', async () => {
    const run = await judged(message('mtom-stored-all'));
    expect(finding(run, 'bst-mtom-optimised')?.severity).toBe('note');
  });
});
