/** The JDK's canonicalizer (Apache Santuario), where a JDK is there: jobs in, canonical octets out, in one process. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const EXPORTS = ['', '.c14n', '.utils'].flatMap((room) => [
  '--add-exports',
  `java.xml.crypto/com.sun.org.apache.xml.internal.security${room}=ALL-UNNAMED`,
]);

export interface JdkJob {
  readonly xml: string;
  readonly uri: string;
  readonly prefixes: readonly string[];
  /** `document`, `element N`, or `set SEED PERCENT`. */
  readonly what: string;
}

/** Whether javac and java are there. */
export function jdkIsThere(): boolean {
  return spawnSync('javac', ['-version']).status === 0 && spawnSync('java', ['-version']).status === 0;
}

/** The canonical octets of each job as text, or what the JDK said instead, after `! `. */
export function canonicalizedByJdk(jobs: readonly JdkJob[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'canonicalize-batch-'));
  try {
    execFileSync('javac', ['-nowarn', ...EXPORTS, '-d', folder, 'interop/jdk/CanonicalizeBatch.java'], {
      stdio: 'pipe',
    });
    const input = jobs
      .map(({ xml, uri, prefixes, what }) =>
        [Buffer.from(xml).toString('base64'), uri, prefixes.map((prefix) => prefix || '#default').join(' '), what].join(
          '\t',
        ),
      )
      .join('\n');
    const output = execFileSync(
      'java',
      ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', ...EXPORTS, '-cp', folder, 'CanonicalizeBatch'],
      { input, maxBuffer: 2 ** 30 },
    ).toString();
    return output
      .trimEnd()
      .split('\n')
      .map((line) => (line.startsWith('! ') ? line : Buffer.from(line, 'base64').toString()));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Whether a node is in the set with that seed: the same arithmetic as in CanonicalizeBatch. */
export function keptBy(seed: number, element: number, name: string, percent: number): boolean {
  let nameHash = 0;
  for (let i = 0; i < name.length; i++) nameHash = (Math.imul(nameHash, 31) + name.charCodeAt(i)) | 0;
  let hash = (Math.imul(seed, 31) + element) | 0;
  hash = (Math.imul(hash, 0x2c1b3c6d) + nameHash) | 0;
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x297a2d39);
  hash ^= hash >>> 13;
  return (hash >>> 0) % 100 < percent;
}
