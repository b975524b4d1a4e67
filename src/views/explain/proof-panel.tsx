/** The proof: declared, received and proven digest, and the two octet strings with every difference marked. */
import { codeWords } from '../../content/data-words.ts';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { indexTrace } from '../../engine/trace/trace-index.ts';
import { encodeHex } from '../../engine/bytes/hex.ts';
import type { SpaceId } from '../../engine/bytes/source-range.ts';
import type { ReferenceReport, Trace } from '../../engine/trace/trace.ts';
import { algorithmName } from '../../content/steps.ts';
import { findingTitle, findingWords } from '../../content/findings/index.ts';
import { difference, type OctetDifference } from '../../state/octet-difference.ts';
import { leadingFinding } from '../../state/run.ts';
import type { Proof } from '../../state/proof.ts';
import type { Stage } from '../../state/stages.ts';
import { OctetGrid, type OctetRange } from '../../ui/octet-grid.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { useMedia } from '../../ui/use-media.ts';
import { useWidth } from '../../ui/use-width.ts';
import { DIGESTS, differingWords, PROOF } from '../../content/page/explain.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { hexOfBase64 } from '../format.ts';
import { useLayout, useRun } from '../bench-context.tsx';
import { useProof } from './use-proof.ts';
import { Citations } from './citations.tsx';
import { DigestRows } from './digest-rows.tsx';
import { Fixes } from './fixes.tsx';
import { Said } from './said.tsx';
import { sourceOf, useInspect, useStageOctets, type StageOctets } from '../octets/stage-octets.ts';

function stageOf(trace: Trace, space: SpaceId | null, label: string): Stage | null {
  const known = indexTrace(trace).space(space);
  return known ? { id: known.id, label, space: known.id, start: 0, end: known.size, step: null } : null;
}

/** The digests that a browser computes itself, by the names that WebCrypto and our table share. */
const NATIVE: ReadonlySet<string> = new Set(['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512']);

/** The digest of octets, computed here and now by the browser; null where it cannot. */
function useDigest(octets: Uint8Array | undefined, algorithm: string | undefined): string | null {
  const [made, setMade] = useState<{ readonly octets: Uint8Array; readonly hex: string } | null>(null);
  const known = algorithm === undefined ? '' : algorithmName(algorithm);
  const name = NATIVE.has(known) ? known : null;
  useEffect(() => {
    if (!octets || !name || !globalThis.crypto?.subtle) return undefined;
    let current = true;
    void (async () => {
      const digest = new Uint8Array(await crypto.subtle.digest(name, octets as Uint8Array<ArrayBuffer>));
      if (current) {
        setMade({ octets, hex: encodeHex(digest) });
      }
    })();
    return () => {
      current = false;
    };
  }, [octets, name]);
  return made && made.octets === octets ? made.hex : null;
}

/** The proof that belongs to the selection, or that there is none. */
export function ProofPanel() {
  const trace = useRun((run) => run.trace);
  const proof = useProof();
  if (!trace || !proof) return <p className="panel-empty">{PROOF.none}</p>;
  return <Shown key={proof.finding.id} trace={trace} proof={proof} />;
}

/** Octets as received and as signed, where they differ, and the difference that is looked at. */
function useDifferences(trace: Trace, proof: Proof) {
  const [side, setSide] = useState<Side>(proof.arrived === null ? 'signed' : 'arrived');
  const [at, setAt] = useState(0);
  const arrivedStage = useMemo(() => stageOf(trace, proof.arrived, PROOF.arrived), [trace, proof]);
  const signedStage = useMemo(() => stageOf(trace, proof.signed, PROOF.signed), [trace, proof]);
  const arrived = useStageOctets(arrivedStage);
  const signed = useStageOctets(signedStage);
  const different = useMemo(
    () => (arrived && signed ? difference(arrived.octets, signed.octets) : null),
    [arrived, signed],
  );
  const places = useMemo(() => placesOn(side, different), [different, side]);
  const shownAt = Math.min(at, Math.max(0, places.length - 1));
  const step = (by: 1 | -1) => setAt((shownAt + by + places.length) % Math.max(1, places.length));
  return { side, setSide, arrived, signed, different, places, shownAt, step };
}

/** Where one side differs from the other; a place where it has nothing is the octet after it. */
function placesOn(side: Side, different: OctetDifference | null): readonly OctetRange[] {
  return (different?.ranges ?? []).map((range) => {
    const [start, end] = side === 'arrived' ? [range.start, range.end] : [range.otherStart, range.otherEnd];
    return { start, end: Math.max(end, start + 1) };
  });
}

function Shown({ trace, proof }: { readonly trace: Trace; readonly proof: Proof }) {
  const { finding, reference } = proof;
  const { side, setSide, arrived, signed, different, places, shownAt, step } = useDifferences(trace, proof);
  const [box, width] = useWidth<HTMLDivElement>();
  const narrow = useMedia('(max-width: 899px)');
  const recomputed = useDigest(signed?.octets, reference?.digestMethod);
  const explain = findingWords(finding.code)?.explain;
  const loaded = side === 'arrived' ? arrived : signed;
  // The verdict band says it already; on narrow screens it is cut there.
  const inBand = leadingFinding(trace)?.id === finding.id;
  return (
    <div ref={box} className="proof scroll">
      <h3>
        <Untrusted text={findingTitle(finding)} limit={240} />
      </h3>
      {inBand && !narrow ? null : <Said finding={finding} />}
      {reference ? (
        <Digests proof={proof} reference={reference} recomputed={recomputed} />
      ) : (
        <p className="muted">{PROOF.value}</p>
      )}
      <ProofBar
        side={side}
        onSide={proof.arrived === null ? null : setSide}
        sizes={{ arrived: arrived?.octets.length, signed: signed?.octets.length }}
        different={different}
        shownAt={shownAt}
        places={places.length}
        onStep={step}
      />
      {loaded ? (
        <ProofOctets
          key={side}
          side={side}
          loaded={loaded}
          places={places}
          place={places[shownAt] ?? null}
          width={width}
        />
      ) : (
        <p className="muted">{PROOF.fetching}</p>
      )}
      <Fixes code={finding.code} />
      {explain ? <p className="why">{explain}</p> : null}
      <p className="cite">
        <code>{finding.code}</code>
        <Citations citations={finding.citations} />
      </p>
    </div>
  );
}

type Side = 'arrived' | 'signed';

const SIDES: readonly Side[] = ['arrived', 'signed'];

/** Which octets are shown, and the way from one difference to the next. */
function ProofBar({
  side,
  onSide,
  sizes,
  different,
  shownAt,
  places,
  onStep,
}: {
  readonly side: Side;
  /** Null where nothing arrived that could be shown. */
  readonly onSide: ((side: Side) => void) | null;
  readonly sizes: Readonly<Record<Side, number | undefined>>;
  readonly different: OctetDifference | null;
  readonly shownAt: number;
  readonly places: number;
  readonly onStep: (by: 1 | -1) => void;
}) {
  return (
    <div className="proof-bar">
      {onSide === null ? null : (
        <Segmented
          label={PROOF.sides}
          value={side}
          options={SIDES.map((option) => [option, PROOF.sized(PROOF[option], sizes[option])])}
          onChange={onSide}
        />
      )}
      {different ? <span className="muted">{differingWords(different.ranges.length, different.exact)}</span> : null}
      {places > 1 ? (
        <>
          <button type="button" className="mini" aria-label={PROOF.previous} onClick={() => onStep(-1)}>
            <ChevronUp aria-hidden />
          </button>
          <span className="muted proof-count">{PROOF.which(shownAt + 1, places)}</span>
          <button type="button" className="mini" aria-label={PROOF.next} onClick={() => onStep(1)}>
            <ChevronDown aria-hidden />
          </button>
        </>
      ) : null}
    </div>
  );
}

function ProofOctets({
  side,
  loaded,
  places,
  place,
  width,
}: {
  readonly side: Side;
  readonly loaded: StageOctets;
  readonly places: readonly OctetRange[];
  readonly place: OctetRange | null;
  /** Of the panel, in pixels; 0 before it was measured. */
  readonly width: number;
}) {
  const inspect = useInspect();
  const view = useLayout((layout) => layout.octetView);
  return (
    <div className="proof-octets">
      <OctetGrid
        label={PROOF.octetsOf[side]}
        octets={loaded.octets}
        base={0}
        columns={width > 0 && width < 560 ? 8 : 16}
        view={view}
        kind={() => null}
        origin={null}
        linked={place}
        different={places.length === 0 ? null : places}
        onSelect={(start, end) => inspect(loaded, side === 'arrived' ? sourceOf(loaded, start, end) : null, start, end)}
      />
    </div>
  );
}

function Digests({
  proof,
  reference,
  recomputed,
}: {
  readonly proof: Proof;
  readonly reference: ReferenceReport;
  readonly recomputed: string | null;
}) {
  const { finding } = proof;
  const { how } = finding.data;
  const declared = hexOfBase64(reference.expected);
  const computed = reference.computed === null ? null : hexOfBase64(reference.computed);
  const equal = recomputed === null ? finding.confidence === 'proven' : recomputed === declared;
  return (
    <DigestRows
      method={reference.digestMethod}
      recomputed={recomputed !== null}
      rows={[
        { label: DIGESTS.declared, hex: declared, equal: null },
        ...(computed === null ? [] : [{ label: PROOF.arrived, hex: computed, equal: false }]),
        {
          label: typeof how === 'string' && how !== '' ? codeWords(how) : PROOF.signed,
          hex: recomputed ?? declared,
          equal,
        },
      ]}
    />
  );
}
