/** Judging goes on after a failure: every reference has its own verdict. */
import { expect, fixture, test, textFile } from './workbench.ts';

test('three references with wrong digests are three failures, beside a sound SignedInfo', async ({ workbench }) => {
  await workbench.open();
  const text = new TextDecoder().decode(fixture('three-references.xml').octets);
  // Each signed element changed, SignedInfo left alone: its value still verifies.
  const broken = text.replace(
    /(<(?:[\w-]+:)?(?:Body|Trace|BinarySecurityToken)\b[^>]*\b(?:[\w-]+:)?Id="[^"]+")/g,
    '$1 changed="yes"',
  );
  await workbench.drop([textFile('broken.xml', broken), fixture('client.crt.pem')]);
  await workbench.expectHeadline('invalid');
  await expect(workbench.trace.locator('.step-failed[data-kind="reference"]')).toHaveCount(3);
  const trace = await workbench.exportedTrace();
  expect(trace.signatures.map((signature) => signature.value)).toEqual(['pass']);
  expect(trace.signatures[0]?.references.map((reference) => reference.digest)).toEqual(['fail', 'fail', 'fail']);
  for (const reference of trace.signatures[0]?.references ?? []) {
    expect(reference.computed).not.toBe(reference.expected);
  }
});

test('one wrong reference leaves the others passed', async ({ workbench }) => {
  await workbench.open();
  await workbench.chooseSample('Text changed after signing');
  await workbench.expectHeadline('invalid');
  await expect(workbench.step('reference')).toHaveCount(2);
  await expect(workbench.trace.locator('.step-failed[data-kind="reference"]')).toHaveCount(1);
  await expect(workbench.trace.locator('.step-passed[data-kind="reference"]')).toHaveCount(1);
});
