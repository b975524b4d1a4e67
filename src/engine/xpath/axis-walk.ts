/**
 * Walks one axis from many context nodes as one, each node once: what overlaps costs nothing twice (XPath 1.0 §2.2).
 */
import { followingStart, visitAxis, visitRange } from './axes.ts';
import type { Axis } from './expression.ts';
import type { NodeNumbers, XPathNode } from './node-numbers.ts';

/** Walks of one document; keeps which nodes the last ones came by. */
export class AxisWalk {
  readonly #nodes: NodeNumbers;
  /** By tree node, the number of the last walk that came by. */
  #visited: Uint32Array | null = null;
  #number = 0;

  constructor(nodes: NodeNumbers) {
    this.#nodes = nodes;
  }

  /**
   * Gives `take` the nodes on the axis of any node of `from`, which is in document order. `take` answers false: the
   * walk goes on.
   */
  each(axis: Axis, from: readonly XPathNode[], take: (node: XPathNode) => boolean): void {
    const nodes = this.#nodes;
    if (axis === 'descendant' || axis === 'descendant-or-self') {
      let covered = 0;
      for (const node of from) {
        if (node < covered) continue;
        visitAxis(axis, node, nodes, take);
        if (node < nodes.attributeBase) covered = nodes.document.next[node]!;
      }
    } else if (axis === 'following') {
      let start = nodes.attributeBase;
      for (const node of from) start = Math.min(start, followingStart(node, nodes));
      visitRange(start, nodes.attributeBase, nodes, take);
    } else if (axis === 'preceding') {
      // What precedes any context node precedes the last one, except that one's ancestors, which precede none of them.
      let last = 0;
      for (const node of from) last = Math.max(last, nodes.owner(node));
      visitAxis(axis, last, nodes, take);
    } else if (
      axis === 'self' ||
      axis === 'child' ||
      axis === 'attribute' ||
      axis === 'namespace' ||
      from.length === 1
    ) {
      for (const node of from) visitAxis(axis, node, nodes, take);
    } else this.#eachUnmet(axis, from, take);
  }

  /** Walks that meet one of before have nothing new ahead. */
  #eachUnmet(axis: Axis, from: readonly XPathNode[], take: (node: XPathNode) => boolean): void {
    const visited = (this.#visited ??= new Uint32Array(this.#nodes.attributeBase));
    const mark = (this.#number += 1);
    for (const node of from) {
      visitAxis(axis, node, this.#nodes, (candidate) => {
        if (candidate < visited.length) {
          if (visited[candidate] === mark) return true;
          visited[candidate] = mark;
        }
        return take(candidate);
      });
    }
  }
}
