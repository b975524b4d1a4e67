/** Values that a file of src exports and nobody asks for. Types are shapes that signatures show: they may stand. */
import { parseSync } from 'oxc-parser';
import type { Import, Sources } from './module-graph.ts';

/** `path name` of each value exported from src that no import of the graph names. */
export function deadExports(sources: Sources, graph: readonly Import[]): string[] {
  const asked = new Map<string, Set<string>>();
  for (const { to, own, names } of graph) {
    if (!own) continue;
    const known = asked.get(to) ?? new Set();
    for (const name of names) known.add(name);
    asked.set(to, known);
  }
  return [...sources].flatMap(([path, text]) => {
    const names = asked.get(path);
    if (!path.startsWith('src/') || path.endsWith('.d.ts') || names?.has('*') === true) return [];
    const exported = parseSync(path, text).module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ exportName, isType }) => (isType ? [] : [exportName.name ?? 'default'])),
    );
    const isShape = (name: string) => new RegExp(`export (?:interface|type) ${name}\\b`).test(text);
    return exported.filter((name) => names?.has(name) !== true && !isShape(name)).map((name) => `${path} ${name}`);
  });
}
