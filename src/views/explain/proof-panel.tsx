/** The proof: declared, received and proven digest, and the two octet strings with every difference marked. */
import { CONFIDENCE, codeWords, partyWords } from '../../content/data-words.ts';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { indexTrace } from '../../engine/trace/trace-index.ts';
import { encodeHex } from '../../engine/bytes/hex.ts';
import type { SpaceId } from '../../engine/bytes/source-range.ts';
import type { Trace } from '../../engine/trace/trace.ts';
import { algorithmName } from '../../content/steps.ts';
import { findingFixes } from '../../content/findings/fixes.ts';
import { findingMessage, findingTitle, findingWords } from '../../content/findings/index.ts';
import { difference, type OctetDifference } from '../../state/octet-difference.ts';
import { shortAlgorithm } from '../../content/short-algorithm.ts';
import { leadingFinding } from '../../state/run.ts';
import type { Proof } from '../../state/proof.ts';
import type { Stage } from '../../state/stages.ts';
import { OctetGrid, type OctetRange } from '../../ui/octet-grid.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { useWidth } from '../../ui/use-width.ts';
import { count, hexOfBase64, shortHex } from '../format.ts';
import { useLayout, useRun } from '../bench-context.tsx';
import { useProof } from './use-proof.ts';
import { Citations } from './explain-panel.tsx';
import { sourceOf, useInspect, useStageOctets, type StageOctets } from '../octets/octets-panel.tsx';

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

export function ProofPanel() {
  const trace = useRun((run) => run.trace);
  const proof = useProof();
  if (!trace || !proof) return <p className="panel-empty">Nothing is proven about what is selected.</p>;
  return <Shown key={proof.finding.id} trace={trace} proof={proof} />;
}

function Shown({ trace, proof }: { readonly trace: Trace; readonly proof: Proof }) {
  const { finding, reference } = proof;
  const explain = findingWords(finding.code)?.explain;
  const [side, setSide] = useState<Side>(proof.arrived === null ? 'signed' : 'arrived');
  const [at, setAt] = useState(0);
  const [box, width] = useWidth<HTMLDivElement>();
  const arrivedStage = useMemo(() => stageOf(trace, proof.arrived, 'as received'), [trace, proof]);
  const signedStage = useMemo(() => stageOf(trace, proof.signed, 'as signed'), [trace, proof]);
  const arrived = useStageOctets(arrivedStage);
  const signed = useStageOctets(signedStage);
  const recomputed = useDigest(signed?.octets, reference?.digestMethod);
  const different = useMemo(
    () => (arrived && signed ? difference(arrived.octets, signed.octets) : null),
    [arrived, signed],
  );
  const places = useMemo(
    () =>
      (different?.ranges ?? []).map((range) =>
        side === 'arrived'
          ? { start: range.start, end: Math.max(range.end, range.start + 1) }
          : { start: range.otherStart, end: Math.max(range.otherEnd, range.otherStart + 1) },
      ),
    [different, side],
  );
  const loaded = side === 'arrived' ? arrived : signed;
  const shownAt = Math.min(at, Math.max(0, places.length - 1));
  const place = places[shownAt] ?? null;
  const step = (by: 1 | -1) => setAt((shownAt + by + places.length) % Math.max(1, places.length));
  const { how } = finding.data;
  // The verdict band says it already; on narrow screens it is cut there.
  const inBand = leadingFinding(trace)?.id === finding.id;
  return (
    <div ref={box} className="proof scroll">
      <h3>
        <Untrusted text={findingTitle(finding)} limit={240} />
      </h3>
      {inBand && width >= 560 ? null : (
        <p>
          <span className={`confidence confidence-${finding.confidence}`}>
            {finding.confidence === 'proven' ? '✓ ' : ''}
            {CONFIDENCE[finding.confidence]}
          </span>
          <Untrusted text={findingMessage(finding)} limit={1200} />
        </p>
      )}
      {reference ? (
        <Digests proof={proof} how={typeof how === 'string' ? codeWords(how) : ''} recomputed={recomputed} />
      ) : (
        <p className="muted">SignatureValue verifies over the octets as signed, and not over those received.</p>
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
        <ProofOctets key={side} side={side} loaded={loaded} places={places} place={place} width={width} />
      ) : (
        <p className="muted">Fetching octets…</p>
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
        <div className="segmented" role="radiogroup" aria-label="Octets">
          {(['arrived', 'signed'] as const).map((option) => (
            <button
              key={option}
              type="button"
              role="radio"
              aria-checked={side === option}
              className={side === option ? 'is-on' : ''}
              onClick={() => onSide(option)}
            >
              {option === 'arrived' ? 'as received' : 'as signed'}
              {sizes[option] === undefined ? '' : ` · ${count(sizes[option])}`}
            </button>
          ))}
        </div>
      )}
      {different ? (
        <span className="muted">
          {different.ranges.length === 1 ? '1 place differs' : `${count(different.ranges.length)} places differ`}
          {different.exact ? '' : ' or more'}
        </span>
      ) : null}
      {places > 1 ? (
        <>
          <button type="button" className="mini" aria-label="Previous difference" onClick={() => onStep(-1)}>
            <ChevronUp aria-hidden />
          </button>
          <span className="muted proof-count">
            {shownAt + 1} of {count(places)}
          </span>
          <button type="button" className="mini" aria-label="Next difference" onClick={() => onStep(1)}>
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
        label={side === 'arrived' ? 'Octets as received' : 'Octets as signed'}
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

function Fixes({ code }: { readonly code: string }) {
  const fixes = Object.entries(findingFixes(code));
  return fixes.length === 0 ? null : (
    <section className="fixes">
      <h4>What to change</h4>
      <dl>
        {fixes.map(([party, text]) => (
          <div key={party}>
            <dt>{partyWords(party)}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Digests({
  proof,
  how,
  recomputed,
}: {
  readonly proof: Proof;
  readonly how: string;
  readonly recomputed: string | null;
}) {
  const { reference, finding } = proof;
  if (!reference) return null;
  const declared = hexOfBase64(reference.expected);
  const equal = recomputed === null ? finding.confidence === 'proven' : recomputed === declared;
  const rows = [
    { label: 'declared', hex: declared, tone: '', says: '' },
    ...(reference.computed === null
      ? []
      : [{ label: 'as received', hex: hexOfBase64(reference.computed), tone: 'unequal', says: '≠ differs' }]),
    {
      label: how === '' ? 'as signed' : how,
      hex: recomputed ?? declared,
      tone: equal ? 'equal' : 'unequal',
      says: equal ? '= equals the declared value' : '≠ differs',
    },
  ];
  return (
    <dl
      className="digests"
      aria-label={`${algorithmName(reference.digestMethod)} digests`}
      data-recomputed={recomputed !== null}
    >
      {rows.map((row) => (
        <div key={row.label}>
          <dt>{row.label}</dt>
          <dd className="mono" title={`${shortAlgorithm(reference.digestMethod)} ${row.hex}`}>
            {shortHex(row.hex)}
          </dd>
          <dd className={row.tone}>{row.says}</dd>
        </div>
      ))}
    </dl>
  );
}
