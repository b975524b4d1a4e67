/**
 * Containers of signatures: ASiC and its likes, a ZIP archive with the signatures in META-INF and the files that they
 * sign beside it (ETSI EN 319 162-1 §4.3, §4.4).
 */
import type { Attachment } from '../attachments/attachment.ts';
import { isSignedFile } from '../attachments/container-file.ts';
import type { Budget } from '../bytes/budget.ts';
import { OriginBuilder } from '../bytes/origin-map.ts';
import { composed, inputOffset, slice, type Piece } from './input-piece.ts';
import type { PlacedProblem } from './placed-problem.ts';
import { readZip, unpack, type ZipEntry } from './zip-archive.ts';

/** What is said of a container. */
export type ContainerCode =
  | 'container-opened'
  | 'container-ambiguous'
  | 'container-unreadable'
  | 'container-without-signatures'
  | 'container-file-unreadable';

/** A container's problem. */
export type ContainerProblem = PlacedProblem<ContainerCode>;

/** The signatures that were taken out, null where there are none to take, with the files beside them. */
export interface OpenedContainer {
  readonly inner: Piece | null;
  readonly files: ReadonlyMap<string, Attachment>;
  readonly problems: readonly ContainerProblem[];
}

/** XAdES in META-INF, by whichever name its makers gave it. */
const SIGNATURES = /^META-INF\/[^/]*signatures?[^/]*\.xml$/i;
/** Signatures that are no XML, and evidence beside them. */
const OTHER_SIGNATURES = /^META-INF\/[^/]*\.(?:p7s|tst|ers)$/i;

/** Opens a ZIP archive. @throws {BudgetExceeded} */
export function openContainer(piece: Piece, budget: Budget): OpenedContainer {
  const { octets } = piece;
  const told = (problem: Omit<ContainerProblem, 'at'>, at: number) =>
    ({ ...problem, at: inputOffset(piece, Math.min(at, octets.length - 1)) }) as ContainerProblem;
  const nothing = (problem: ContainerProblem): OpenedContainer => ({
    inner: null,
    files: new Map(),
    problems: [problem],
  });
  const archive = readZip(octets, budget);
  if (!archive.ok) {
    const { reason, entry, at, ambiguous } = archive.problem;
    const code = ambiguous ? 'container-ambiguous' : 'container-unreadable';
    return nothing(told({ code, severity: 'error', data: { reason, entry } }, at));
  }
  const { entries } = archive;
  const signatures = entries
    .filter((entry) => SIGNATURES.test(entry.name))
    .map(({ name }) => name)
    .toSorted();
  const [first, ...others] = signatures;
  if (first === undefined) {
    const found = entries.filter((entry) => OTHER_SIGNATURES.test(entry.name)).map(({ name }) => name);
    return nothing(told({ code: 'container-without-signatures', severity: 'error', data: { found } }, 0));
  }
  const problems: ContainerProblem[] = [];
  const files = new Map<string, Attachment>();
  let inner: Piece | null = null;
  let left = budget.limits.inputOctets;
  for (const entry of entries) {
    // What would unpack to more than the bound is an attack: its own word is enough not to begin.
    if (entry.size > left) budget.check('inputOctets', budget.limits.inputOctets + 1);
    if (entry.name.endsWith('/')) continue;
    const made = unpack(octets, entry, left);
    if (typeof made === 'string') {
      const severity = entry.name === first ? 'error' : 'warning';
      const data = { entry: entry.name, reason: made };
      problems.push(told({ code: 'container-file-unreadable', severity, data }, entry.start));
      continue;
    }
    left -= made.length;
    if (entry.name === first) inner = entryPiece(piece, entry, made);
    else files.set(entry.name, { name: entry.name, octets: made, encoded: made, fields: null });
  }
  const data = { entry: first, others, files: [...files.keys()].filter(isSignedFile).length };
  if (inner !== null) problems.unshift(told({ code: 'container-opened', severity: 'note', data }, 0));
  return { inner, files, problems };
}

function entryPiece(piece: Piece, entry: ZipEntry, octets: Uint8Array): Piece {
  if (entry.stored) return slice(piece, entry.start, entry.end);
  const origin = new OriginBuilder();
  origin.rewrite(octets.length, entry.start, entry.end);
  return composed(piece, { octets, segments: origin.segments });
}
