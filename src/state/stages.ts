/** The octet stages that belong to a step: where the octets stood, and what each transform made of them. */
import { INPUT_SPACE, type SpaceId } from '../engine/bytes/source-range.ts';
import type { Step, StepKind, Trace } from '../engine/trace/trace.ts';
import { FIRST_STAGE } from '../content/pane-words.ts';
import { shortAlgorithm } from '../content/short-algorithm.ts';
import { indexTrace, type TraceIndex } from '../engine/trace/trace-index.ts';

/** Octets of a step at one point of its way: half-open, in their space. */
export interface Stage {
  /** Stable within a selection. */
  readonly id: string;
  readonly label: string;
  readonly space: SpaceId;
  readonly start: number;
  readonly end: number;
  /** The step that made it; null for the original. */
  readonly step: string | null;
}

/** The steps whose octets are looked at as one story. */
const STORIES: readonly StepKind[] = [
  'reference',
  'signed-info',
  'verify-value',
  'encrypted-data',
  'encrypted-key',
  'attachment',
  'saml-assertion',
  'read-token',
  'signature',
  'parse',
  'decode',
];

function storyOf(trace: Trace, stepId: string): Step | null {
  const line = indexTrace(trace).lineage(stepId);
  return line.find((step) => STORIES.includes(step.kind)) ?? line[0] ?? null;
}

/** Stages of the selected step's story, the original first, duplicates dropped. */
export function stagesOf(trace: Trace, stepId: string): readonly Stage[] {
  const story = storyOf(trace, stepId);
  if (!story) return [];
  const stages: Stage[] = [];
  const index = indexTrace(trace);
  const add = (label: string, space: SpaceId, start: number, end: number, step: string | null) => {
    if (stages.some((stage) => stage.space === space && stage.start === start && stage.end === end)) return;
    stages.push({ id: `${space}:${start}:${end}`, label, space, start, end, step });
  };
  const target = story.kind === 'reference' ? index.referenceOf(story.id)?.target : null;
  const original = target ?? story.range;
  if (original) add(FIRST_STAGE, original.space, original.start, original.end, null);
  else if (story.kind === 'decode' || story.kind === 'parse') add(FIRST_STAGE, INPUT_SPACE, 0, trace.input.size, null);
  const pending: Step[] = [story];
  while (pending.length > 0) {
    const step = pending.shift();
    if (!step) break;
    for (const artifact of [...step.inputs, ...step.outputs]) {
      if (artifact.type !== 'octets') continue;
      const size = index.space(artifact.space)?.size ?? artifact.range?.end ?? 0;
      add(
        stageLabel(index, step, artifact.space, artifact.label),
        artifact.space,
        artifact.range?.start ?? 0,
        artifact.range?.end ?? size,
        step.id,
      );
    }
    const below = index.children(step.id);
    // Another reference below (a manifest's) tells its own story; a signature's are looked at one by one.
    pending.unshift(
      ...below.filter(
        (child) => story.kind !== 'signature' || child.kind === 'signed-info' || child.kind === 'canonicalize',
      ),
    );
  }
  return stages;
}

function stageLabel(index: TraceIndex, step: Step, space: SpaceId, label: string): string {
  const known = index.space(space);
  const maker = index.step(space) ?? step;
  const { algorithm } = maker.data;
  if ((maker.kind === 'canonicalize' || maker.kind === 'transform') && typeof algorithm === 'string') {
    return shortAlgorithm(algorithm);
  }
  if (maker.kind === 'signed-info') return 'SignedInfo';
  if (known?.kind === 'plaintext') return 'plaintext';
  // A space named by its step's id alone says nothing to people.
  const name =
    known && known.label !== known.id && !/^s\d+$/.test(known.label) ? known.label : /^s\d+$/.test(label) ? '' : label;
  return name || step.kind.replaceAll('-', ' ');
}

/** The stage to open first: the last one, which is what was hashed or verified. */
export function openingStage(stages: readonly Stage[]): Stage | null {
  return stages.at(-1) ?? null;
}
