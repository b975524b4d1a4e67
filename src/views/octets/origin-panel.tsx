/**
 * Where the octets of the last stage came from: copied, rewritten, added or removed, piece by piece, back to the
 * message.
 */
import { useMemo } from 'react';
import { INPUT_SPACE } from '../../engine/bytes/source-range.ts';
import { openingStage } from '../../state/stages.ts';
import { Untrusted } from '../../ui/untrusted.tsx';
import { count } from '../format.ts';
import { useNavigation, useSelection } from '../bench-context.tsx';
import type { OriginSlice } from '../../state/inspector.ts';
import { useStageOctets, useStages, type StageOctets } from './octets-panel.tsx';

const KINDS = { copied: 'copied', rewritten: 'rewritten', added: 'added', removed: 'left out' } as const;
const SHOWN = 300;

function sample(octets: Uint8Array, start: number, end: number): string {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    octets.subarray(Math.max(0, start), Math.min(octets.length, Math.min(end, start + 120))),
  );
  return text.replaceAll('\r', '␍').replaceAll('\n', '↵').replaceAll('\t', '→').replaceAll('\u00A0', '⍽');
}

export function OriginPanel() {
  const navigation = useNavigation();
  const stages = useStages();
  const stage = openingStage(stages);
  const loaded = useStageOctets(stage);
  const segments = useMemo(() => loaded?.origin?.segments ?? [], [loaded]);
  if (!stage) return <p className="panel-empty">Select a step that produced octets.</p>;
  if (stage.space === INPUT_SPACE) {
    return (
      <p className="panel-empty">
        These octets are the message’s own: octet {count(stage.start)} to {count(stage.end)}.
      </p>
    );
  }
  if (loaded && !loaded.origin) {
    return (
      <p className="panel-empty">No origin is known for these octets: they were decoded or decrypted, not copied.</p>
    );
  }
  const sums = { copied: 0, rewritten: 0, added: 0, removed: 0 };
  for (const segment of segments) {
    sums[segment.kind] +=
      segment.kind === 'removed' ? segment.sourceEnd - segment.sourceStart : segment.end - segment.start;
  }
  return (
    <div className="origin scroll">
      <p className="origin-sum">
        <b>{stage.label}</b>: {count(sums.copied)} octets copied, {count(sums.rewritten)} rewritten, {count(sums.added)}{' '}
        added; {count(sums.removed)} of the message left out.
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Octets</th>
            <th scope="col">How</th>
            <th scope="col">What</th>
            <th scope="col">From</th>
          </tr>
        </thead>
        <tbody onPointerLeave={() => navigation.hover(null)}>
          {segments
            .slice(0, SHOWN)
            .map((segment) =>
              loaded ? (
                <SegmentRow
                  key={`${segment.start}:${segment.sourceStart}:${segment.kind}`}
                  segment={segment}
                  loaded={loaded}
                />
              ) : null,
            )}
        </tbody>
      </table>
      {segments.length > SHOWN ? <p className="muted pad">and {count(segments.length - SHOWN)} more pieces</p> : null}
    </div>
  );
}

function SegmentRow({
  segment,
  loaded,
}: {
  readonly segment: OriginSlice['segments'][number];
  readonly loaded: StageOctets;
}) {
  const navigation = useNavigation();
  const selected = useSelection((selection) => selection.range);
  const source = {
    space: loaded.origin?.source ?? INPUT_SPACE,
    start: segment.sourceStart,
    end: Math.max(segment.sourceEnd, segment.sourceStart + 1),
  };
  const on = selected?.space === source.space && selected.start < source.end && selected.end > source.start;
  return (
    <tr
      className={`origin-${segment.kind}${on ? ' is-selected' : ''}`}
      onPointerEnter={() => navigation.hover(source)}
      onClick={() => navigation.selectRange(source, 'original')}
    >
      <td className="mono">{segment.start === segment.end ? '–' : `${segment.start}–${segment.end - 1}`}</td>
      <td>
        <span className={`how how-${segment.kind}`}>{KINDS[segment.kind]}</span>
      </td>
      <td className="mono origin-what">
        {segment.kind === 'removed' ? (
          <span className="muted">{count(segment.sourceEnd - segment.sourceStart)} octets of the message</span>
        ) : (
          <Untrusted
            text={sample(loaded.octets, segment.start - loaded.stage.start, segment.end - loaded.stage.start)}
            limit={140}
          />
        )}
      </td>
      <td>
        <button
          type="button"
          className="linkish mono"
          onClick={(event) => {
            event.stopPropagation();
            navigation.show({ range: source, by: 'origin', caret: source.start });
          }}
        >
          {segment.kind === 'added'
            ? `at ${segment.sourceStart}`
            : `${segment.sourceStart}–${Math.max(segment.sourceEnd - 1, segment.sourceStart)}`}
        </button>
      </td>
    </tr>
  );
}
