/** Walking oxc-parser's syntax tree without its types: what is asked here is asked of any node. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly [member: string]: unknown;
}

/** The value as a node, or null. */
export const asNode = (value: unknown): SyntaxNode | null =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
    ? (value as SyntaxNode)
    : null;

const asNodes = (value: unknown): readonly SyntaxNode[] => {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap((one) => asNode(one) ?? []);
};

/** The nodes directly below, each with the member that holds it. */
export function* children(node: SyntaxNode): Generator<readonly [member: string, child: SyntaxNode]> {
  for (const [member, value] of Object.entries(node)) for (const child of asNodes(value)) yield [member, child];
}

/** A node and all below it, in the order of the text. */
export function* descendants(root: unknown): Generator<SyntaxNode> {
  const open = [...asNodes(root)];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    const below = [...children(node)].map(([, child]) => child);
    open.push(...below.toReversed());
  }
}
