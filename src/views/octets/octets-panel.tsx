/**
 * The byte inspector: the exact octets of each stage of the selected step, with where each came from; the last stage is
 * what was hashed.
 */
import { Copy, Download } from 'lucide-react';
import { useMemo, useState } from 'react';
import { encodeHex } from '../../engine/bytes/hex.ts';
import { INPUT_SPACE } from '../../engine/bytes/source-range.ts';
import { difference, type OctetDifference } from '../../state/octet-difference.ts';
import { lineColumn, lineStarts } from '../../engine/bytes/text-lines.ts';
import { openingStage, type Stage } from '../../state/stages.ts';
import { OctetGrid } from '../../ui/octet-grid.tsx';
import { count, octets as octetWords } from '../../content/page/figures.ts';
import { differingWords } from '../../content/page/explain.ts';
import { OCTET_LEGEND, OCTETS, sourceWords } from '../../content/page/octets.ts';
import { saveFile } from '../save.ts';
import { useWidth } from '../../ui/use-width.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { useLayout, useLayoutStore, usePane, useSelection } from '../bench-context.tsx';
import {
  kindsOf,
  linkedOctets,
  sourceOf,
  useInspect,
  useStageOctets,
  useStages,
  type StageOctets,
} from './stage-octets.ts';

/** Pixels of the panel: below, rows are of 8 octets; from, there is room to say where they came from. */
const NARROW = 560;
const ORIGIN_FROM = 700;

/** The octets of one stage of the selected step, compared with another where wished. */
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
  if (!stage) return <p className="panel-empty">{OCTETS.none}</p>;
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
        <p className="panel-empty">{OCTETS.fetching}</p>
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
    <div className="stages scroll" role="radiogroup" aria-label={OCTETS.stages}>
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

const VIEWS = (['hex', 'both', 'text'] as const).map((view) => [view, OCTETS.views[view]] as const);

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
  const others = stages.filter((candidate) => candidate !== stage);
  return (
    <div className="octets-tools">
      {others.length > 0 ? <Compare others={others} chosen={other} onCompare={onCompare} /> : null}
      <Segmented
        label={OCTETS.showAs}
        value={view}
        options={VIEWS}
        onChange={(octetView) => layout.setState({ octetView })}
      />
      <TakeOctets octets={octets} />
    </div>
  );
}

/** The stage that this one is compared with. */
function Compare({
  others,
  chosen,
  onCompare,
}: {
  readonly others: readonly Stage[];
  readonly chosen: Stage | null;
  readonly onCompare: (id: string) => void;
}) {
  return (
    <select
      className="mini"
      aria-label={OCTETS.compare}
      value={chosen?.id ?? ''}
      onChange={(event) => onCompare(event.target.value)}
    >
      <option value="">{OCTETS.compareWith}</option>
      {others.map(({ id, label }) => (
        <option key={id} value={id}>
          {label}
        </option>
      ))}
    </select>
  );
}

/** The octets as hex on the clipboard, or as they are in a file. */
function TakeOctets({ octets }: { readonly octets: Uint8Array | null }) {
  return (
    <>
      <button
        type="button"
        className="mini"
        aria-label={OCTETS.copyLabel}
        title={OCTETS.copy}
        onClick={() => {
          if (octets) void navigator.clipboard.writeText(encodeHex(octets));
        }}
      >
        <Copy aria-hidden />
      </button>
      <button
        type="button"
        className="mini"
        aria-label={OCTETS.saveLabel}
        title={OCTETS.save}
        onClick={() => {
          if (octets) saveFile('octets.bin', octets);
        }}
      >
        <Download aria-hidden />
      </button>
    </>
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
    return sourceWords(line, source.start, source.added);
  };
  return (
    <OctetGrid
      label={OCTETS.of(stage.label)}
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
          {different.ranges.length === 0 ? OCTETS.same : `${differingWords(different.ranges.length, different.exact)}.`}
        </span>
      ) : loaded?.origin ? (
        <span className="origin-legend">
          <span>{OCTET_LEGEND.plain}</span>
          <span className="octet-rewritten">{OCTET_LEGEND.rewritten}</span>
          <span className="octet-added">{OCTET_LEGEND.added}</span>
        </span>
      ) : (
        <span>{octetWords(stage.end - stage.start)}</span>
      )}
      {loaded && loaded.octets.length < stage.end - stage.start ? (
        <span>{OCTETS.first(loaded.octets.length)}</span>
      ) : null}
    </p>
  );
}
