/** Dereferences, transforms and digests one ds:Reference, and the Manifest behind it (XML Signature §3.2.1, §5.1). */
import { DS } from '../xml/namespaces.ts';
import type { OpenStep } from '../trace/recorder.ts';
import type { ElementTarget, ReferenceReport } from '../trace/trace.ts';
import { processReference } from '../transforms/reference-processing.ts';
import type { ProcessedReference } from '../transforms/transform-types.ts';
import { NO_NODE, type NodeIndex } from '../xml/document.ts';
import { childElements, descendantElements, elementPath, isElement, nodeRange, startOf } from '../xml/navigate.ts';
import type { JudgedReference } from './judged-signature.ts';
import { holds } from './node-coverage.ts';
import { readReference } from './read-signature.ts';
import type { SignatureContext } from './signature-context.ts';
import { judgeDigest, type ReferenceTask } from './judge-digest.ts';

const MANIFEST_TYPE = `${DS}Manifest`;

/** Manifests may name Manifests; deeper ones are left, and so not covered. */
const DEEPEST_MANIFEST = 3;

/**
 * Dereferences, transforms, digests and compares one ds:Reference (XML Signature 1.1 §3.2.1), and enters the
 * ds:Manifest it points to.
 */
export async function judgeReference(
  task: ReferenceTask,
  context: SignatureContext,
  parent: OpenStep,
): Promise<JudgedReference> {
  const { document } = context;
  const { fields, reference } = task;
  const step = parent.child('reference', {
    range: nodeRange(document, reference),
    data: { uri: fields.uri, type: fields.type, inManifest: task.within.length > 0 },
    citation: { spec: 'XMLDSIG', section: '3.2.1' },
  });
  const processed = await processReference(reference, { ...context, signature: task.signature }, step);
  const judged = await judgeDigest(task, processed, context, step);
  const manifest = await followManifest(task, processed, context, step);
  const report: ReferenceReport = {
    step: step.id,
    uri: fields.uri,
    digestMethod: fields.digestMethod,
    digest: judged.digest,
    expected: fields.digestValue.replace(/\s+/g, ''),
    computed: judged.computed,
    target: targetOf(processed, context),
    octets: processed.status === 'octets' ? processed.octets.length : null,
    space: processed.status === 'octets' ? processed.space : null,
    transforms: processed.transforms,
    range: nodeRange(document, reference),
    ...(manifest === null ? {} : { manifest: manifest.map((one) => one.report) }),
  };
  // Lowers the coverage and refuses nothing (docs/attacks.md XSW-09): a filter that leaves a Signature out is what real
  // messages use, and what is left out is shown as not signed.
  if (processed.status === 'octets' && processed.discards && judged.digest === 'pass') {
    step.finding({
      code: 'XSW-09',
      severity: 'warning',
      data: { path: targetOf(processed, context)?.path ?? null, transforms: processed.transforms },
    });
  }
  step.data({ digest: judged.digest });
  step.end(
    judged.digest === 'pass'
      ? undefined
      : judged.digest === 'fail'
        ? 'failed'
        : judged.obstacle === 'unsupported'
          ? 'unsupported'
          : judged.obstacle === 'refused'
            ? 'failed'
            : 'unknown',
  );
  return { report, processed, obstacle: judged.obstacle, manifest: manifest ?? [], weak: judged.weak };
}

async function followManifest(
  task: ReferenceTask,
  processed: ProcessedReference,
  context: SignatureContext,
  parent: OpenStep,
): Promise<readonly JudgedReference[] | null> {
  const { document } = context;
  const manifest = manifestBehind(task, processed, context);
  if (manifest === null || task.followed.has(manifest) || task.within.length >= DEEPEST_MANIFEST) return null;
  // What the transforms left out of the Manifest nobody signed: its references would be anybody's.
  if (
    processed.status === 'octets' &&
    (processed.kept === null || holds(processed.kept, document, manifest, task.signature) !== 'full')
  ) {
    return null;
  }
  task.followed.add(manifest);
  const references = childElements(document, manifest).filter((child) => isElement(document, child, DS, 'Reference'));
  const step = parent.child('manifest', {
    range: nodeRange(document, manifest),
    data: { references: references.length },
    citation: { spec: 'XMLDSIG', section: '5.1' },
  });
  context.budget.check('referencesPerSignature', references.length, startOf(document, manifest));
  const judged: JudgedReference[] = [];
  for (const reference of references) {
    judged.push(
      await judgeReference(
        {
          reference,
          fields: readReference(document, reference),
          signature: task.signature,
          within: [...task.within, manifest],
          followed: task.followed,
        },
        context,
        step,
      ),
    );
  }
  const wrong = judged.filter((one) => one.report.digest !== 'pass').length;
  // Whether a Manifest's digests must match is the application's to say; they are shown and cover nothing unless they
  // do.
  if (wrong > 0) step.finding({ code: 'SIG-06', severity: 'warning', data: { wrong, count: judged.length } });
  step.end(wrong > 0 ? 'warned' : 'passed');
  return judged;
}

function manifestBehind(
  task: ReferenceTask,
  processed: ProcessedReference,
  context: SignatureContext,
): NodeIndex | null {
  const { document } = context;
  const { target } = processed;
  if (target === null || target <= 0) return null;
  if (isElement(document, target, DS, 'Manifest')) return target;
  if (task.fields.type !== MANIFEST_TYPE) return null;
  for (const inner of descendantElements(document, target)) {
    if (isElement(document, inner, DS, 'Manifest')) return inner;
  }
  return null;
}

function targetOf(processed: ProcessedReference, context: SignatureContext): ElementTarget | null {
  const { document, ids } = context;
  const { target } = processed;
  if (target === null) return null;
  const element = target === 0 ? document.root : target;
  if (element === NO_NODE) return null;
  return { ...nodeRange(document, element), path: elementPath(document, element), id: ids.idOf(element) };
}
