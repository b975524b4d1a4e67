import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AROUND, ENGINE } from './boundaries.ts';
import { ROOM_FOLDERS, arrowsUp, boundaryBreaks, roomOf } from './judge-boundaries.ts';
import { circles, importsOf, moduleGraph, repositorySources } from './module-graph.ts';
import { impurities } from './purity.ts';

const sources = repositorySources();
const graph = moduleGraph(sources);

/** Named as it stands after a build, or as a pattern. */
const isBuilt = (path: string): boolean =>
  path.startsWith('dist/') || path.includes('*') || path === 'src/cli/start-batch-worker.cjs';

/** What the checks say of one more file. */
function judgeProbe(path: string, text: string): string[] {
  return [...boundaryBreaks(importsOf(path, text)), ...(path.startsWith('src/engine/') ? impurities(path, text) : [])];
}

describe('boundaries', () => {
  it('every import is allowed by the row of its room', () => {
    expect(boundaryBreaks(graph)).toEqual([]);
  });
  it('every import of our own leads to a file', () => {
    const lost = graph.filter(({ to, own }) => own && !isBuilt(to) && !existsSync(to));
    expect(lost).toEqual([]);
  });
  it('no file imports itself by way of others, types included', () => {
    expect(circles(graph)).toEqual([]);
  });
  it('the engine names nothing of the world around it', () => {
    const engine = [...sources].filter(([path]) => path.startsWith('src/engine/') && !path.endsWith('.d.ts'));
    expect(engine.length).toBeGreaterThan(200);
    expect(engine.flatMap(([path, text]) => impurities(path, text))).toEqual([]);
  });
  it('a row names only rooms above it', () => {
    expect(arrowsUp()).toEqual([]);
  });
  it('every file of src stands in a room, every room of src has files', () => {
    const rooms = new Set([...sources.keys()].map(roomOf));
    expect([...sources.keys()].filter((path) => path.startsWith('src/') && roomOf(path) === '/')).toEqual([]);
    expect([...ROOM_FOLDERS.keys()].filter((room) => !rooms.has(room))).toEqual([]);
    const folders = readdirSync('src/engine', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.filter(({ name }) => !(`engine/${name}` in ENGINE))).toEqual([]);
  });
});

/** Wrong on purpose, one by one: a file that would stand there, and what must be said of it. */
const PROBES: readonly (readonly [what: string, path: string, text: string, said: RegExp])[] = [
  // A room of the engine that looks up, in every form of import.
  ['a static import', 'src/engine/xml/probe.ts', `import { x } from '../tokens/token.ts';`, /tokens\/token\.ts/],
  ['a side effect', 'src/engine/xml/probe.ts', `import '../tokens/token.ts';`, /tokens/],
  [
    'a dynamic import',
    'src/engine/xml/probe.ts',
    `export const x = () => import('../verdict/headline.ts');`,
    /verdict/,
  ],
  ['a re-export', 'src/engine/bytes/probe.ts', `export { x } from '../xml/parse.ts';`, /xml\/parse/],
  ['a re-export of all', 'src/engine/bytes/probe.ts', `export * from '../xml/parse.ts';`, /xml\/parse/],
  ['a type', 'src/engine/bytes/probe.ts', `import type { X } from '../xml/document.ts';`, /types of .*xml\/document/],
  ['an inline type', 'src/engine/bytes/probe.ts', `import { type X } from '../xml/document.ts';`, /xml\/document/],
  ['an import type', 'src/engine/bytes/probe.ts', `export type X = import('../xml/document.ts').Y;`, /xml\/document/],
  ['a type re-export', 'src/engine/bytes/probe.ts', `export type { X } from '../xml/document.ts';`, /xml\/document/],
  ['a computed import', 'src/engine/xml/probe.ts', `export const x = (name: string) => import(name);`, /computed/],
  ['a template', 'src/engine/xml/probe.ts', 'export const x = () => import(`../tokens/token.ts`);', /computed/],
  ['require', 'src/engine/xml/probe.ts', `export const x = require('../tokens/token.ts');`, /tokens/],
  ['a floor of a room', 'src/engine/crypto/legacy/probe.ts', `import '../../tokens/token.ts';`, /tokens/],
  ['a floor of diagnosis', 'src/engine/diagnosis/edits/probe.ts', `import '../../trust/judge-trust.ts';`, /trust/],
  ['an unnamed neighbour below', 'src/engine/verdict/probe.ts', `import '../keystore/key-entry.ts';`, /keystore/],
  ['judge, from a room', 'src/engine/verdict/probe.ts', `import { judge } from '../index.ts';`, /engine\/index\.ts/],
  ['an unknown room', 'src/engine/mystery/probe.ts', `import '../bytes/octets.ts';`, /no room/],
  // The engine and what is around it.
  ['the page', 'src/engine/xml/probe.ts', `import { x } from '../../views/workbench/workbench.tsx';`, /views/],
  ['the words', 'src/engine/verdict/probe.ts', `import '../../content/glossary.ts';`, /content/],
  ['the worker', 'src/engine/crypto/probe.ts', `import '../../worker/page/protocol.ts';`, /worker/],
  ['the command', 'src/engine/keystore/probe.ts', `import '../../cli/main.ts';`, /cli/],
  ['Node', 'src/engine/bytes/probe.ts', `import { readFileSync } from 'node:fs';`, /node:fs/],
  ['Node without its prefix', 'src/engine/bytes/probe.ts', `import fs from 'fs';`, /imports fs/],
  ['React', 'src/engine/xml/probe.ts', `import { useState } from 'react';`, /react/],
  ['JSX', 'src/engine/xml/probe.tsx', `export const x = <b />;`, /react\/jsx-runtime/],
  ['a package', 'src/engine/xml/probe.ts', `import { DOMParser } from '@xmldom/xmldom';`, /xmldom/],
  ['another room’s package', 'src/engine/tokens/probe.ts', `import '@noble/hashes/sha2.js';`, /@noble\/hashes/],
  ['a package by its path', 'src/engine/xml/probe.ts', `import '../../../node_modules/react/index.js';`, /react/],
  ['a test', 'src/engine/xml/probe.ts', `import '../../../tests/fixtures/signed-message.ts';`, /tests/],
  ['a worker', 'src/engine/xml/probe.ts', `new Worker(new URL('../../cli/main.ts', import.meta.url));`, /starts .*cli/],
  // Files directly in src/engine and in src.
  ['React beside judge', 'src/engine/probe.ts', `import 'react';`, /react/],
  ['views beside judge', 'src/engine/probe.ts', `import '../views/workbench/workbench.tsx';`, /views/],
  ['Node beside judge', 'src/engine/probe.ts', `import 'node:fs';`, /node:fs/],
  ['fetch beside judge', 'src/engine/probe.ts', `export const x = fetch('https://example.org');`, /fetch/],
  ['a file in src', 'src/probe.ts', `import './engine/index.ts';`, /no room/],
  // The world, in the engine.
  ['the clock', 'src/engine/tokens/probe.ts', `export const x = Date.now();`, /:1 names Date/],
  ['a date of now', 'src/engine/tokens/probe.ts', `export const x = new Date();`, /Date/],
  ['a date of maybe now', 'src/engine/tokens/probe.ts', `export const x = (a: []) => new Date(...a);`, /Date/],
  ['Date called', 'src/engine/tokens/probe.ts', `export const x = Date();`, /Date/],
  ['Date renamed', 'src/engine/tokens/probe.ts', `const D = Date; export const x = D.now();`, /Date/],
  ['Date taken apart', 'src/engine/tokens/probe.ts', `const { now } = Date; export const x = now();`, /Date/],
  ['Date by a text', 'src/engine/tokens/probe.ts', `export const x = Date['now']();`, /Date/],
  ['performance', 'src/engine/tokens/probe.ts', `export const x = performance.now();`, /performance/],
  ['randomness', 'src/engine/crypto/probe.ts', `export const x = Math.random();`, /Math/],
  ['randomness by a text', 'src/engine/crypto/probe.ts', `export const x = Math['random']();`, /Math/],
  ['random octets', 'src/engine/crypto/probe.ts', `crypto.getRandomValues(new Uint8Array(1));`, /crypto/],
  ['a random id', 'src/engine/crypto/probe.ts', `export const x = crypto.randomUUID();`, /crypto/],
  ['a timer', 'src/engine/xml/probe.ts', `setTimeout(() => {}, 1);`, /setTimeout/],
  ['an interval', 'src/engine/xml/probe.ts', `setInterval(() => {}, 1);`, /setInterval/],
  ['a microtask', 'src/engine/xml/probe.ts', `queueMicrotask(() => {});`, /queueMicrotask/],
  ['storage', 'src/engine/xml/probe.ts', `localStorage.setItem('a', 'b');`, /localStorage/],
  ['the console', 'src/engine/xml/probe.ts', `console.log('x');`, /console/],
  ['the process', 'src/engine/xml/probe.ts', `export const x = process.env;`, /process/],
  ['all globals', 'src/engine/xml/probe.ts', `export const x = globalThis['fetch'];`, /globalThis/],
  ['a network socket', 'src/engine/xml/probe.ts', `export const x = new WebSocket('ws://a');`, /WebSocket/],
  ['a document', 'src/engine/xml/probe.ts', `export const x = document.title;`, /document/],
  ['evaluation', 'src/engine/xml/probe.ts', `export const x = eval('1');`, /eval/],
  ['evaluation by Function', 'src/engine/xml/probe.ts', `export const x = new Function('1');`, /Function/],
  ['a declared global', 'src/engine/xml/probe.ts', `declare const fetch: () => void; fetch();`, /ambient/],
  ['the module’s address', 'src/engine/xml/probe.ts', `export const x = import.meta.url;`, /import\.meta/],
  ['a locale', 'src/engine/tokens/probe.ts', `export const x = (a: string) => a.localeCompare('b');`, /localeCompare/],
  ['a time zone', 'src/engine/tokens/probe.ts', `export const x = new Date(0).getHours();`, /getHours/],
  ['Intl', 'src/engine/tokens/probe.ts', `export const x = new Intl.NumberFormat();`, /Intl/],
  ['a default argument', 'src/engine/tokens/probe.ts', `export const x = (at = Date.now()) => at;`, /Date/],
  // Rooms around the engine.
  ['the worker’s keys', 'src/state/probe.ts', `import { x } from '../worker/inside/key-box.ts';`, /inside\/key-box/],
  ['the worker’s outline', 'src/state/panes/probe.ts', `import '../../worker/inside/outline.ts';`, /inside\/outline/],
  ['types of the inside', 'src/state/probe.ts', `import type { X } from '../worker/inside/key-box.ts';`, /inside/],
  ['values of the trace', 'src/state/probe.ts', `import { x } from '../engine/trace/recorder.ts';`, /recorder/],
  ['judge, from state', 'src/state/probe.ts', `import { judge } from '../engine/index.ts';`, /engine\/index/],
  [
    'judge, from views',
    'src/views/verdict/probe.tsx',
    `import { judge } from '../../engine/index.ts';`,
    /engine\/index/,
  ],
  ['judge, from app', 'src/app/probe.ts', `import { judge } from '../engine/index.ts';`, /engine\/index/],
  ['judge, from content', 'src/content/probe.ts', `import { judge } from '../engine/index.ts';`, /engine\/index/],
  ['the client, from views', 'src/views/verdict/probe.ts', `import '../../worker/page/client.ts';`, /client/],
  ['the client, from editor', 'src/editor/probe.ts', `import { x } from '../worker/page/client.ts';`, /client/],
  ['Monaco, in views', 'src/views/message/probe.ts', `import { editor } from 'monaco-editor/editor';`, /monaco/],
  ['Monaco, bare', 'src/views/message/probe.ts', `import 'monaco-editor';`, /monaco/],
  ['Monaco, in app', 'src/app/probe.ts', `export const x = () => import('monaco-editor/editor');`, /monaco/],
  ['app, from views', 'src/views/workbench/probe.ts', `import '../../app/actions.ts';`, /app\/actions/],
  ['state, from ui', 'src/ui/probe.ts', `import '../state/workbench.ts';`, /state/],
  ['the engine, from ui', 'src/ui/probe.ts', `import '../engine/bytes/octets.ts';`, /engine/],
  ['state, from content', 'src/content/probe.ts', `import '../state/files.ts';`, /state/],
  ['state, from cli', 'src/cli/probe.ts', `import '../state/files.ts';`, /state/],
  ['state, from the worker', 'src/worker/inside/probe.ts', `import '../../state/files.ts';`, /state/],
  ['React, in the command', 'src/cli/probe.ts', `import 'react';`, /react/],
  ['React, in the words', 'src/content/probe.tsx', `export const x = <b />;`, /react\/jsx-runtime/],
  ['React, in state', 'src/state/probe.ts', `import { useState } from 'react';`, /react/],
  ['zustand’s React, in state', 'src/state/probe.tsx', `export const x = 1;`, /react\/jsx-runtime/],
  ['Node, in the page', 'src/app/probe.ts', `import 'node:fs';`, /node:fs/],
  ['the opinion, from state', 'src/state/probe.ts', `import '../second-opinion/opinions.ts';`, /second-opinion/],
  [
    'a worker, from views',
    'src/views/trace/probe.ts',
    `import u from '../../worker/inside/worker.ts?worker&url';`,
    /starts/,
  ],
  ['a glob', 'src/state/probe.ts', `export const x = import.meta.glob('../app/main.tsx');`, /app\/main/],
];

describe('what a boundary must refuse', () => {
  it.each(PROBES)('%s: %s', (_what, path, text, said) => {
    expect(judgeProbe(path, text).join('\n')).toMatch(said);
  });
  it('circles, of types alone, by a barrel, and of three', () => {
    const probe = (files: Record<string, string>) =>
      circles(Object.entries(files).flatMap(([path, text]) => importsOf(path, text)));
    const two = {
      'src/a/x.ts': `import type { Y } from './y.ts';`,
      'src/a/y.ts': `export type Z = import('./x.ts').X;`,
    };
    expect(probe(two)).toEqual([['src/a/x.ts', 'src/a/y.ts']]);
    const three = {
      'src/a/x.ts': `export * from '../b/y.ts';`,
      'src/b/y.ts': `export const y = () => import('../c/z.ts');`,
      'src/c/z.ts': `import '../a/x.ts';`,
    };
    expect(probe(three)).toEqual([['src/a/x.ts', 'src/b/y.ts', 'src/c/z.ts']]);
    expect(probe({ 'src/a/x.ts': `import './y.ts';`, 'src/a/y.ts': '' })).toEqual([]);
  });
  it('nothing of what is allowed', () => {
    expect(judgeProbe('src/engine/xml/probe.ts', `import { x } from '../bytes/octets.ts';`)).toEqual([]);
    expect(judgeProbe('src/engine/tokens/probe.ts', `export const x = (at: number) => new Date(at);`)).toEqual([]);
    expect(judgeProbe('src/engine/tokens/probe.ts', `export const x = Math.max(Date.UTC(2000, 1), 1);`)).toEqual([]);
    expect(judgeProbe('src/engine/tokens/probe.ts', `const at = { fetch: 1 }; export const x = at.fetch;`)).toEqual([]);
    expect(judgeProbe('src/state/probe.ts', `import type { Trace } from '../engine/trace/trace.ts';`)).toEqual([]);
  });
});

describe('the tables of ARCHITECTURE.md', () => {
  const text = readFileSync('ARCHITECTURE.md', 'utf8');
  const rowsUnder = (heading: string): string[][] => {
    const section = text.slice(text.indexOf(heading)).split('\n## ')[0] ?? '';
    return section
      .split('\n')
      .filter((line) => /^\|\s*`/.test(line))
      .map((line) => line.split('|').slice(1, -1));
  };
  const quoted = (cell = ''): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

  it('have the engine’s rooms in the table’s order', () => {
    const rooms = rowsUnder('## Rooms of the engine').flatMap(([cell]) => quoted(cell));
    const folders = rooms.filter((name) => name !== 'legacy' && name !== 'index.ts');
    expect(folders.map((name) => `engine/${name}`)).toEqual(Object.keys(ENGINE).slice(0, -1));
  });
  it('have the rooms around it, and what each may import', () => {
    const rows = rowsUnder('## Rooms around the engine').map(([room, , may]) => [quoted(room)[0], quoted(may)]);
    const expected = Object.entries(AROUND).map(([room, { rooms = [], types = [], packages = [] }]) => [
      `src/${room}`,
      [...rooms, ...types, ...packages],
    ]);
    expect(rows).toEqual(expected);
  });
});
