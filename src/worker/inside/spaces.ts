/**
 * Octets and origins of one run, handed out in slices; maps are computed when asked for and composed back to the
 * input.
 */
import { clipOrigin, composeOrigins } from '../../engine/bytes/origin-compose.ts';
import type { OriginMap, OriginSegment } from '../../engine/bytes/origin-map.ts';
import { INPUT_SPACE, type SpaceId } from '../../engine/bytes/source-range.ts';
import type { KeptOctets } from '../../engine/trace/recorder.ts';
import type { OriginSlice } from '../page/protocol.ts';

/** Segments of one answer; a slice with more is cut. */
const SEGMENTS = 20_000;

/** The octet spaces of one run. */
export class Spaces {
  readonly #kept: ReadonlyMap<SpaceId, KeptOctets>;
  readonly #maps = new Map<SpaceId, OriginMap | null>();

  constructor(kept: ReadonlyMap<SpaceId, KeptOctets>) {
    this.#kept = kept;
  }

  /** Overwrites all octets. */
  wipe(): void {
    for (const { octets } of this.#kept.values()) octets.fill(0);
  }

  octets(space: SpaceId, start: number, end: number): Uint8Array | null {
    return this.#kept.get(space)?.octets.slice(start, end) ?? null;
  }

  #map(space: SpaceId): OriginMap | null {
    const known = this.#maps.get(space);
    if (known !== undefined) return known;
    const map = this.#kept.get(space)?.origin?.() ?? null;
    this.#maps.set(space, map);
    return map;
  }

  origin(space: SpaceId, start: number, end: number, toInput: boolean): OriginSlice | null {
    let map = this.#map(space);
    if (!map) return null;
    let segments: readonly OriginSegment[] = clipOrigin(map.segments, start, end);
    for (let hops = toInput ? 16 : 0; hops > 0 && map.source !== INPUT_SPACE; hops--) {
      const next = this.#map(map.source);
      if (!next) break;
      segments = composeOrigins(segments, next.segments);
      map = next;
    }
    return { source: map.source, segments: segments.slice(0, SEGMENTS) };
  }
}
