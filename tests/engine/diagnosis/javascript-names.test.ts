/**
 * Names of a message that mean something in JavaScript are names like others to the search for causes (docs/attacks.md
 * C14-11).
 */
import { expect, test } from 'vitest';
import { nodeCrypto } from '../../../src/cli/node-crypto.ts';
import { explain } from '../../../src/engine/diagnosis/explain.ts';
import { judge } from '../../../src/engine/index.ts';
import { attackRequest } from '../../building/attack.ts';
import { envelope, goodMessage } from '../../building/good-message.ts';
import { SOAP, WSU } from '../../building/names.ts';

const ports = { crypto: nodeCrypto() };
const body = (text: string, name: string) =>
  `<soap:Body xmlns:soap="${SOAP}" xmlns:wsu="${WSU}" wsu:Id="body"><${name}:a xmlns:${name}="${name}" ` +
  `${name}="${name}" mustUnderstand="${name}">${text}</${name}:a></soap:Body>`;

test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'])('%s', async (name) => {
  const good = goodMessage({ body: body('signed', name) });
  const message = envelope({ body: body('changed', name), security: [good.token, good.timestamp, good.signature] });
  const judged = await judge(await attackRequest({ message: () => message }), ports);
  expect(judged.trace.verdict.headline).toBe('invalid');
  const { findings } = await explain(judged, ports);
  expect(findings.map(({ code }) => code)).toContain('digest-mismatch-unproven');
});
