/** `--canonical DIR`: the octets of every stage as files, with an index (docs/command.md, "wss verify"). */
import { join } from 'node:path';
import { stepText } from '../content/steps.ts';
import { jsonText } from '../content/visible-text.ts';
import { indexTrace } from '../engine/trace/trace-index.ts';
import type { Run } from '../engine/message/request.ts';
import { makeDirectory, writeOutput } from './output-file.ts';

/** Writes `s12-canonicalize.xml` and the like, and `index.json` that says what each is and where it came from. */
export function writeCanonicalDirectory(directory: string, run: Run): void {
  makeDirectory(directory);
  const { step: stepOf } = indexTrace(run.trace);
  const index = run.trace.spaces.flatMap((space) => {
    const kept = run.octets.get(space.id);
    if (kept === undefined) return [];
    const step = stepOf(space.id);
    // Space ids are the engine's own, but a file name is nothing to take on trust.
    const file = `${space.id.replace(/[^A-Za-z0-9._-]/g, '_')}-${step?.kind ?? space.kind}.${space.kind === 'canonical' ? 'xml' : 'bin'}`;
    writeOutput(join(directory, file), kept.octets);
    return [
      {
        file,
        space: space.id,
        kind: space.kind,
        label: space.label,
        step: step === null ? null : stepText(run.trace, step),
        parent: space.parent,
        size: space.size,
        sha256: space.sha256,
      },
    ];
  });
  writeOutput(join(directory, 'index.json'), `${jsonText(index, 2)}\n`);
}
