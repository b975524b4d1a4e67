/** Octets of a stage with their origin: brought over from the worker, looked up, selected. */
import { useEffect, useMemo, useState } from 'react';
import { OriginIndex } from '../../engine/bytes/origin-index.ts';
import { INPUT_SPACE, type SourceRange } from '../../engine/bytes/source-range.ts';
import type { OriginSlice, RunId } from '../../state/inspector.ts';
import { stagesOf, type Stage } from '../../state/stages.ts';
import type { OctetKind, OctetRange } from '../../ui/octet-grid.tsx';
import { useInspector, useNavigation, useRun, useSelection, useSubject } from '../bench-context.tsx';

/** More than this of one stage is not brought over for looking at; saving brings all of it. */
const MOST = 4 * 1024 * 1024;

/** A range of the input; `added`: the place where octets were added. */
export interface SourcePlace {
  readonly start: number;
  readonly end: number;
  readonly added: boolean;
}

/** What of a stage is here. */
export interface StageOctets {
  readonly stage: Stage;
  readonly octets: Uint8Array;
  readonly origin: OriginSlice | null;
  /** Look-ups in `origin`. */
  readonly index: OriginIndex | null;
}

/** Octets and origin of a stage: the input's are here, everything else is asked of the worker. */
export function useStageOctets(stage: Stage | null): StageOctets | null {
  const inspector = useInspector();
  const run = useRun(({ handle }) => handle);
  const subject = useSubject((own) => own);
  const [fetched, setFetched] = useState<(StageOctets & { readonly run: RunId }) | null>(null);
  const own = useMemo(
    () =>
      stage?.space === INPUT_SPACE && subject
        ? {
            stage,
            octets: subject.octets.subarray(stage.start, Math.min(stage.end, stage.start + MOST)),
            origin: null,
            index: null,
          }
        : null,
    [stage, subject],
  );
  useEffect(() => {
    if (!stage || stage.space === INPUT_SPACE || run === null) return undefined;
    let current = true;
    const slice = { run, space: stage.space, start: stage.start, end: Math.min(stage.end, stage.start + MOST) };
    void (async () => {
      const [octets, origin] = await Promise.all([inspector.octets(slice), inspector.origin(slice)]);
      const index = origin && new OriginIndex(origin.segments);
      if (current && octets) setFetched({ stage, octets, origin, index, run });
    })();
    return () => {
      current = false;
    };
  }, [stage, run, inspector]);
  return own ?? (fetched?.stage === stage && fetched.run === run ? fetched : null);
}

/** The stages of the selected step. */
export function useStages(): readonly Stage[] {
  const trace = useRun((run) => run.trace);
  const step = useSelection((selection) => selection.step);
  return useMemo(() => (trace && step ? stagesOf(trace, step) : []), [trace, step]);
}

/** Kinds of origin by octet of the stage: copied octets look plain. */
export function kindsOf({ stage, index }: StageOctets): (offset: number) => OctetKind {
  if (index === null) return () => null;
  return (offset) => {
    const kind = index.segmentAt(stage.start + offset)?.kind;
    return kind === 'rewritten' || kind === 'added' ? kind : null;
  };
}

/** The range of the input that octets of a stage came from, the place where they were added; null where not known. */
export function sourceOf({ stage, origin, index }: StageOctets, start: number, end: number): SourcePlace | null {
  const [from, to] = [stage.start + start, stage.start + end];
  if (stage.space === INPUT_SPACE) return { start: from, end: to, added: false };
  if (origin?.source !== INPUT_SPACE || index?.segmentAt(from) === undefined) return null;
  const source = index.sourceOf(from, to);
  // An octet to point at where they stand.
  return source.start < source.end
    ? { ...source, added: false }
    : { start: source.start, end: source.start + 1, added: true };
}

/** The octets of the stage that came from the selected range of the input. */
export function linkedOctets(
  loaded: StageOctets | null,
  range: SourceRange | null,
  by: string | null,
): OctetRange | null {
  if (!loaded || range?.space !== INPUT_SPACE || by === null || by === 'trace' || by === 'octets') return null;
  if (loaded.stage.space === INPUT_SPACE) {
    const start = Math.max(0, range.start - loaded.stage.start);
    const end = Math.min(loaded.octets.length, range.end - loaded.stage.start);
    return start < end ? { start, end } : null;
  }
  const spans = loaded.index?.derivedOf(range.start, range.end) ?? [];
  const [first, last] = [spans[0], spans.at(-1)];
  return first && last ? { start: first.start - loaded.stage.start, end: last.end - loaded.stage.start } : null;
}

/** Selects octets of a stage, and in the message what they came from. */
export function useInspect(): (loaded: StageOctets, source: SourcePlace | null, start: number, end: number) => void {
  const navigation = useNavigation();
  return ({ stage }, source, start, end) =>
    navigation.show({
      inspected: { space: stage.space, start: stage.start + start, end: stage.start + end },
      by: 'octets',
      ...(source ? { range: { space: INPUT_SPACE, start: source.start, end: source.end }, caret: source.start } : {}),
    });
}
