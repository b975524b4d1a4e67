/** The join-URI-References function of Canonical XML 1.1 §2.4: RFC 3986 §5.2 where the base may be relative too. */

interface UriParts {
  readonly scheme: string | null;
  readonly authority: string | null;
  readonly path: string;
  readonly query: string | null;
}

/** Joins two URI references; the fragment of both is dropped. Two relative ones give a relative one, possibly "". */
export function joinUriReferences(base: string, reference: string): string {
  const outer = splitUri(base);
  const inner = splitUri(reference);
  if (inner.scheme !== null) return compose({ ...inner, path: removeDotSegments(inner.path) });
  if (inner.authority !== null) return compose({ ...inner, scheme: outer.scheme, path: removeDotSegments(inner.path) });
  const { scheme, authority } = outer;
  const outerPath = endsInParent(outer.path) ? `${outer.path}/` : outer.path;
  if (inner.path === '') return compose({ scheme, authority, path: outerPath, query: inner.query ?? outer.query });
  if (inner.path.startsWith('/')) {
    return compose({ scheme, authority, path: removeDotSegments(inner.path), query: inner.query });
  }
  const merged =
    authority !== null && outerPath === ''
      ? `/${inner.path}`
      : outerPath.slice(0, outerPath.lastIndexOf('/') + 1) + inner.path;
  return compose({ scheme, authority, path: removeDotSegments(merged), query: inner.query });
}

/**
 * RFC 3986 §5.2.4 as Canonical XML 1.1 §2.4 changes it: leading `../` segments of a relative path stay, a trailing
 * `..` counts as `../`, and several slashes count as one.
 */
export function removeDotSegments(path: string): string {
  const absolute = path.startsWith('/');
  const kept: string[] = [];
  const segments = path.split('/');
  /** Whether what is kept ends with a slash. */
  let open = false;
  for (let i = 0; i < segments.length; i++) {
    const segment = segments[i]!;
    const last = i === segments.length - 1;
    if (segment === '') {
      open = open || (last && kept.length > 0);
      continue;
    }
    open = !last || segment === '.' || segment === '..';
    if (segment === '.') continue;
    if (segment !== '..') kept.push(segment);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!absolute) kept.push('..');
  }
  return (absolute ? '/' : '') + kept.join('/') + (open && kept.length > 0 ? '/' : '');
}

function endsInParent(path: string): boolean {
  return path === '..' || path.endsWith('/..');
}

/** RFC 3986 §3, without the fragment. */
function splitUri(reference: string): UriParts {
  const hash = reference.indexOf('#');
  let rest = hash === -1 ? reference : reference.slice(0, hash);
  let query: string | null = null;
  const question = rest.indexOf('?');
  if (question !== -1) {
    query = rest.slice(question + 1);
    rest = rest.slice(0, question);
  }
  let scheme: string | null = null;
  const colon = rest.indexOf(':');
  if (colon > 0 && !rest.slice(0, colon).includes('/')) {
    scheme = rest.slice(0, colon);
    rest = rest.slice(colon + 1);
  }
  let authority: string | null = null;
  if (rest.startsWith('//')) {
    const slash = rest.indexOf('/', 2);
    authority = slash === -1 ? rest.slice(2) : rest.slice(2, slash);
    rest = slash === -1 ? '' : rest.slice(slash);
  }
  return { scheme, authority, path: rest, query };
}

/** RFC 3986 §5.3. */
function compose(parts: UriParts): string {
  return (
    (parts.scheme === null ? '' : `${parts.scheme}:`) +
    (parts.authority === null ? '' : `//${parts.authority}`) +
    parts.path +
    (parts.query === null ? '' : `?${parts.query}`)
  );
}
