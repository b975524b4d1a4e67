/**
 * Where the octets of the last stage came from: copied, rewritten, added or removed, piece by piece, back to the
 * message.
 */
import { useMemo } from 'react';
import { INPUT_SPACE } from '../../engine/bytes/source-range.ts';
import { openingStage } from '../../state/stages.ts';
import { Untrusted } from '../../ui/untrusted.tsx';
import { OCTETS, ORIGIN, originSum } from '../../content/page/octets.ts';
import { useNavigation, useSelection } from '../bench-context.tsx';
import type { OriginSlice } from '../../state/inspector.ts';
import { useStageOctets, useStages, type StageOctets } from './stage-octets.ts';

const SHOWN = 300;

function sample(octets: Uint8Array, start: number, end: number): string {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    octets.subarray(Math.max(0, start), Math.min(octets.length, Math.min(end, start + 120))),
  );
  return text.replaceAll('\r', '␍').replaceAll('\n', '↵').replaceAll('\t', '→').replaceAll('\u00A0', '⍽');
}

/** The pieces of the last stage of the selected step, each with its place in the message. */
export function OriginPanel() {
  const navigation = useNavigation();
  const stages = useStages();
  const stage = openingStage(stages);
  const loaded = useStageOctets(stage);
  const segments = useMemo(() => loaded?.origin?.segments ?? [], [loaded]);
  if (!stage) return <p className="panel-empty">{OCTETS.none}</p>;
  if (stage.space === INPUT_SPACE) {
    return <p className="panel-empty">{ORIGIN.own(stage.start, stage.end)}</p>;
  }
  if (loaded && !loaded.origin) {
    return <p className="panel-empty">{ORIGIN.unknown}</p>;
  }
  const sums = { copied: 0, rewritten: 0, added: 0, removed: 0 };
  for (const segment of segments) {
    sums[segment.kind] +=
      segment.kind === 'removed' ? segment.sourceEnd - segment.sourceStart : segment.end - segment.start;
  }
  return (
    <div className="origin scroll">
      <p className="origin-sum">
        <b>{stage.label}</b>: {originSum(sums)}
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">{ORIGIN.columns.octets}</th>
            <th scope="col">{ORIGIN.columns.how}</th>
            <th scope="col">{ORIGIN.columns.what}</th>
            <th scope="col">{ORIGIN.columns.from}</th>
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
      {segments.length > SHOWN ? <p className="muted pad">{ORIGIN.more(segments.length - SHOWN)}</p> : null}
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
        <span className={`how how-${segment.kind}`}>{ORIGIN.kinds[segment.kind]}</span>
      </td>
      <td className="mono origin-what">
        {segment.kind === 'removed' ? (
          <span className="muted">{ORIGIN.removed(segment.sourceEnd - segment.sourceStart)}</span>
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
            ? ORIGIN.at(segment.sourceStart)
            : `${segment.sourceStart}–${Math.max(segment.sourceEnd - 1, segment.sourceStart)}`}
        </button>
      </td>
    </tr>
  );
}
