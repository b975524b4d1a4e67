/** Builds page and command when a source changed since the last build. */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, fingerprint, run } from './install.mjs';

function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}

export function buildIfNeeded() {
  const sources = [
    ...['index.html', 'vite.config.ts', 'package.json', 'package-lock.json', 'scripts/build-cli.mjs'].map((name) =>
      join(ROOT, name),
    ),
    ...filesBelow(join(ROOT, 'src')),
    ...filesBelow(join(ROOT, 'public')),
  ];
  const marker = join(ROOT, 'dist', '.built');
  const wanted = fingerprint(sources);
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;
  console.log('Building …');
  run('npm', ['run', '--silent', 'build']);
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  writeFileSync(marker, wanted);
}
