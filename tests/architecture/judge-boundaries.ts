/** The import graph against the table of rooms. */
import { posix } from 'node:path';
import { AROUND, ENGINE, OUTSIDE, type Row } from './boundaries.ts';
import type { Import } from './module-graph.ts';

const ROWS: Readonly<Record<string, Row>> = { ...ENGINE, ...AROUND, ...OUTSIDE };

/** A row's folder as a repository path. */
const folderOf = (room: string): string => (room.startsWith('/') ? room.slice(1) : `src/${room}`);

/** The row whose folder holds a file most closely, or null: then nobody said what the file may do. */
export function roomOf(path: string): string | null {
  if (!path.includes('/')) return '/';
  const folder = posix.dirname(path);
  for (let above = folder; above !== '.'; above = posix.dirname(above)) {
    const name = above.startsWith('src/') ? above.slice('src/'.length) : `/${above}`;
    // The row `engine` is for files directly in it: a folder of the engine has a row of its own, or none.
    if (Object.hasOwn(ROWS, name)) return name === 'engine' && above !== folder ? null : name;
  }
  return null;
}

const names = (rooms: readonly string[] = [], room: string): boolean =>
  rooms.includes(room) || (room.startsWith('engine/') && rooms.includes('engine/*'));

/** `@scope/name/deep` and `name/deep` without the subpath; one of Node's own as `node:`. */
export function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return 'node:';
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

function mayImport(row: Row, room: string, { to, own, kind }: Import): boolean {
  // A test may load what a list names; what is shipped says where it leads.
  if (kind === 'unreadable') return room.startsWith('/');
  if (!own) return names(row.packages, packageOf(to));
  const target = roomOf(to);
  if (target === null) return false;
  if (target === room) return true;
  if (kind === 'start') return names(row.starts, target);
  return (
    names(row.rooms, target) ||
    names(row.rooms, to.replace(/^src\//, '')) ||
    (kind === 'type' && names(row.types, target))
  );
}

const TABLE = 'tests/architecture/boundaries.ts';

const ARROW = { value: 'imports', type: 'imports the types of', start: 'starts', unreadable: 'imports' };

/** One sentence for each import that no row allows, and for each file in no room. */
export function boundaryBreaks(graph: readonly Import[]): string[] {
  const found = graph.flatMap((one) => {
    const room = roomOf(one.from);
    if (room === null) return [`${one.from} stands in no room of ${TABLE}`];
    const row = ROWS[room] ?? {};
    return mayImport(row, room, one)
      ? []
      : [`${one.from} ${ARROW[one.kind]} ${one.to}, which ${TABLE} lets ${room} not do`];
  });
  return [...new Set(found)];
}

/** Rows that name a room which does not stand above them: the order of the table is the order of the floors. */
export function arrowsUp(): string[] {
  return [ENGINE, AROUND].flatMap((group) => {
    const order = Object.keys(group);
    return Object.entries(group).flatMap(([room, { rooms = [], types = [] }]) =>
      [...rooms, ...types]
        .filter((target) => order.indexOf(roomOf(`${folderOf(target)}/x`) ?? target) >= order.indexOf(room))
        .map((target) => `${room} → ${target}`),
    );
  });
}

/** Folders of the rows of src, for comparing with what is on disk. */
export const ROOM_FOLDERS: ReadonlyMap<string, string> = new Map(
  Object.keys({ ...ENGINE, ...AROUND }).map((room) => [room, folderOf(room)]),
);
