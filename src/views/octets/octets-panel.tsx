/**
 * The byte inspector: the exact octets of each stage of the selected step, with where each came from; the last stage is
 * what was hashed.
 */
import { Copy, Download } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { OriginIndex } from '../../engine/bytes/origin-index.ts';
import { encodeHex } from '../../engine/bytes/hex.ts';
import { INPUT_SPACE, type SourceRange } from '../../engine/bytes/source-range.ts';
import { difference, type OctetDifference } from '../../state/octet-difference.ts';
import { lineColumn, lineStarts } from '../../engine/bytes/text-lines.ts';
import { openingStage, stagesOf, type Stage } from '../../state/stages.ts';
import type { OriginSlice, RunId } from '../../state/inspector.ts';
import { OctetGrid, type OctetKind, type OctetRange } from '../../ui/octet-grid.tsx';
import { count, octets as octetWords } from '../format.ts';
import { saveFile } from '../save.ts';
import { useWidth } from '../../ui/use-width.ts';
import {
  useInspector,
  useLayout,
  useLayoutStore,
  useNavigation,
  usePane,
  useRun,
  useSelection,
  useSubject,
} from '../bench-context.tsx';

/** More than this of one stage is not brought over for looking at; saving brings all of it. */
const MOST = 4 * 1024 * 1024;

/** Pixels of the panel: below, rows are of 8 octets; from, there is room to say where they came from. */
const NARROW = 560;
const ORIGIN_FROM = 700;

/** A range of the input; `added`: the place where octets were added. */
export interface SourcePlace {
  readonly start: number;
  readonly end: number;
  readonly added: boolean;
}

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

export function useStages(): readonly Stage[] {
  const trace = useRun((run) => run.trace);
  const step = useSelection((selection) => selection.step);
  return useMemo(() => (trace && step ? stagesOf(trace, step) : []), [trace, step]);
}

/** Kinds of origin by octet of the stage: copied octets look plain. */
function kindsOf({ stage, index }: StageOctets): (offset: number) => OctetKind {
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
function linkedOctets(loaded: StageOctets | null, range: SourceRange | null, by: string | null): OctetRange | null {
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

export function OctetsPanel() {
  const stages = useStages();
  const [box, width] = useWidth<HTMLDivElement>();
  const [chosen, setChosen] = useState<string | null>(null);
  const [compareWith, setCompareWith] = useState<string>('');
  const stage = stages.find((candidate) => candidate.id === chosen) ?? openingStage(stages);
  const other = stages.find((candidate) => candidate.id === compareWith && candidate.id !== stage?.id) ?? null;
  const loaded = useStageOctets(stage);
  const loadedOther = useStageOctets(other);
  const different = useMemo(
    () => (loaded && loadedOther ? difference(loaded.octets, loadedOther.octets) : null),
    [loaded, loadedOther],
  );
  if (!stage) return <p className="panel-empty">Select a step that produced octets.</p>;
  return (
    <div ref={box} className="octets">
      <div className="octets-bar">
        <StageList stages={stages} stage={stage} onChoose={setChosen} />
        <OctetTools
          stages={stages}
          stage={stage}
          other={other}
          octets={loaded?.octets ?? null}
          onCompare={setCompareWith}
        />
      </div>
      {loaded ? (
        <StageGrid key={`${stage.id}:${stage.label}`} loaded={loaded} different={different} width={width} />
      ) : (
        <p className="panel-empty">Fetching octets…</p>
      )}
      <OctetsFoot stage={stage} loaded={loaded} different={different} />
    </div>
  );
}

function StageList({
  stages,
  stage,
  onChoose,
}: {
  readonly stages: readonly Stage[];
  readonly stage: Stage;
  readonly onChoose: (id: string) => void;
}) {
  return (
    <div className="stages scroll" role="radiogroup" aria-label="Stage">
      {stages.map((candidate, index) => (
        <button
          key={candidate.id}
          type="button"
          role="radio"
          aria-checked={candidate === stage}
          className={`stage${candidate === stage ? ' is-on' : ''}`}
          data-space={candidate.space}
          onClick={() => onChoose(candidate.id)}
        >
          {index > 0 ? (
            <span aria-hidden className="stage-arrow">
              ›
            </span>
          ) : null}
          {candidate.label}
          <span className="muted">{count(candidate.end - candidate.start)}</span>
        </button>
      ))}
    </div>
  );
}

function OctetTools({
  stages,
  stage,
  other,
  octets,
  onCompare,
}: {
  readonly stages: readonly Stage[];
  readonly stage: Stage;
  readonly other: Stage | null;
  readonly octets: Uint8Array | null;
  readonly onCompare: (id: string) => void;
}) {
  const layout = useLayoutStore();
  const view = useLayout((state) => state.octetView);
  return (
    <div className="octets-tools">
      {stages.length > 1 ? (
        <select
          className="mini"
          aria-label="Compare with another stage"
          value={other?.id ?? ''}
          onChange={(event) => onCompare(event.target.value)}
        >
          <option value="">compare with…</option>
          {stages
            .filter((candidate) => candidate !== stage)
            .map((candidate) => (
              <option key={candidate.id} value={candidate.id}>
                {candidate.label}
              </option>
            ))}
        </select>
      ) : null}
      <div className="segmented" role="radiogroup" aria-label="Show as">
        {(['hex', 'both', 'text'] as const).map((option) => (
          <button
            key={option}
            type="button"
            role="radio"
            aria-checked={view === option}
            className={view === option ? 'is-on' : ''}
            onClick={() => layout.setState({ octetView: option })}
          >
            {option}
          </button>
        ))}
      </div>
      <button
        type="button"
        className="mini"
        aria-label="Copy these octets as hex"
        title="Copy as hex"
        onClick={() => {
          if (octets) void navigator.clipboard.writeText(encodeHex(octets));
        }}
      >
        <Copy aria-hidden />
      </button>
      <button
        type="button"
        className="mini"
        aria-label="Save these octets"
        title="Save"
        onClick={() => {
          if (octets) saveFile('octets.bin', octets);
        }}
      >
        <Download aria-hidden />
      </button>
    </div>
  );
}

function StageGrid({
  loaded,
  different,
  width,
}: {
  readonly loaded: StageOctets;
  readonly different: OctetDifference | null;
  /** Of the panel, in pixels; 0 before it was measured. */
  readonly width: number;
}) {
  const { stage, octets } = loaded;
  const inspect = useInspect();
  const view = useLayout((layout) => layout.octetView);
  const { text, map } = usePane('original');
  const starts = useMemo(() => lineStarts(text), [text]);
  const range = useSelection((selection) => selection.range);
  const by = useSelection((selection) => selection.by);
  const kind = useMemo(() => kindsOf(loaded), [loaded]);
  const linked = useMemo(() => linkedOctets(loaded, range, by), [loaded, range, by]);
  const places = useMemo(
    () => different?.ranges.map(({ start, end }) => ({ start, end: Math.max(end, start + 1) })) ?? null,
    [different],
  );
  const origin = (start: number, end: number) => {
    const source = sourceOf(loaded, start, end);
    if (!source) return '';
    const { line } = lineColumn(starts, map.textAt(source.start));
    return source.added ? `added, from line ${count(line)}` : `line ${count(line)}, octet ${count(source.start)}`;
  };
  return (
    <OctetGrid
      label={`Octets of ${stage.label}`}
      octets={octets}
      columns={width > 0 && width < NARROW ? 8 : 16}
      base={stage.space === INPUT_SPACE ? stage.start : 0}
      view={view}
      kind={kind}
      linked={linked}
      different={places}
      origin={loaded.origin && width >= ORIGIN_FROM ? origin : null}
      onSelect={(start, end) => inspect(loaded, sourceOf(loaded, start, end), start, end)}
    />
  );
}

function OctetsFoot({
  stage,
  loaded,
  different,
}: {
  readonly stage: Stage;
  readonly loaded: StageOctets | null;
  readonly different: OctetDifference | null;
}) {
  return (
    <p className="octets-foot">
      {different ? (
        <span>
          {different.ranges.length === 0
            ? 'The two stages are the same octets.'
            : `${count(different.ranges.length)} ` +
              `${different.ranges.length === 1 ? 'place differs' : 'places differ'}${different.exact ? '' : ' or more'}.`}
        </span>
      ) : loaded?.origin ? (
        <span className="origin-legend">
          <span>plain: copied</span>
          <span className="octet-rewritten">rewritten</span>
          <span className="octet-added">added</span>
        </span>
      ) : (
        <span>{octetWords(stage.end - stage.start)}</span>
      )}
      {loaded && loaded.octets.length < stage.end - stage.start ? (
        <span>showing the first {octetWords(loaded.octets.length)}</span>
      ) : null}
    </p>
  );
}
