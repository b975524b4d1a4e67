/**
 * ../shared/reports as jobs of `wss batch`, each with what is right for it: reports of users (java, other), messages of
 * public projects (collected) and attacks. A case: `id`, `kind`, `job`, `feature` (what a later issue builds, or ''),
 * `limits` (seconds and mb, or null), and `wrong(report)`: null, or why the report is not right.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPORTS = fileURLToPath(new URL('../../../shared/reports', import.meta.url));

export const reportsExist = () => existsSync(join(REPORTS, 'reports.jsonl'));

const readJson = (path) => JSON.parse(readFileSync(join(REPORTS, path), 'utf8'));

/** The options of `wss verify` that reports use, as members of a job. */
const MEMBER = { '--key': 'keys', '--trust': 'trust', '--crl': 'crls', '--user': 'users', '--secret': 'secrets' };

function jobOf(id, folder, file, args) {
  const job = { id, file: join(folder, file) };
  const words = args.trim().split(/\s+/).filter(Boolean);
  for (let place = 0; place < words.length; place += 2) {
    const [option, value] = words.slice(place, place + 2);
    if (option === '--at') job.at = value;
    else if (option === '--request') job.request = join(folder, value);
    else if (option in MEMBER) {
      const isFile = option !== '--user' && option !== '--secret';
      (job[MEMBER[option]] ??= []).push(isFile ? join(folder, value) : value);
    } else throw new Error(`${id}: option ${option}`);
  }
  return job;
}

/** Parties that a finding may not accuse where the report tells whose doing it is. */
const CLEARED = {
  sender: ['hop', 'receiver'],
  hop: ['sender', 'receiver'],
  either: ['receiver'],
  receiver: ['sender', 'hop'],
  nobody: ['sender', 'hop', 'receiver'],
};

const listed = (findings) => findings.slice(0, 4).map(({ code, confidence }) => `${code} (${confidence})`);

/** The code that leads, or one of the two that lead together. */
function leads(findings, codes) {
  const [first, second] = findings;
  if (first === undefined) return false;
  if (codes.includes(first.code)) return true;
  const equal = second?.severity === first.severity && second.confidence === first.confidence;
  return equal && codes.includes(second.code);
}

function judgedWrong(report, { codes, headlines, blame }) {
  if (report === undefined) return 'no report';
  if (headlines !== null && !headlines.includes(report.headline)) {
    return `${report.headline}; right: ${headlines.join(', ')}; ${listed(report.findings).join(', ')}`;
  }
  const { findings } = report;
  if (codes.length === 0) {
    const error = findings.find(({ severity, confidence, code }) => {
      return severity === 'error' && (confidence === 'proven' || code.endsWith('-unproven'));
    });
    return error === undefined ? null : `an error on a message that has none: ${error.code} (${error.confidence})`;
  }
  if (!leads(findings, codes)) return `${report.headline}: ${listed(findings).join(', ')}; right: ${codes.join(', ')}`;
  const accuses = findings.find(({ by, severity }) => severity === 'error' && CLEARED[blame]?.includes(by));
  return accuses === undefined ? null : `${accuses.code} accuses the ${accuses.by}; right: ${blame}`;
}

/** Reports of users, one case a file. */
export function fieldReports() {
  const lines = readFileSync(join(REPORTS, 'reports.jsonl'), 'utf8').trim().split('\n');
  return lines
    .map((line) => JSON.parse(line))
    .flatMap((entry) =>
      entry.files.map((file) => {
        const args = typeof entry.args === 'string' ? entry.args : (entry.args[file] ?? '');
        const id = `${entry.id}/${file}`;
        const right = {
          codes: entry.codes[file] ?? [],
          headlines: entry.headline[file] ?? null,
          blame: entry.blame[file] ?? 'either',
        };
        return {
          id,
          kind: `field, ${entry.folder}`,
          job: jobOf(id, join(REPORTS, entry.folder), file, args),
          feature: entry.feature ?? '',
          limits: null,
          wrong: (report) => judgedWrong(report, right),
        };
      }),
    );
}

/** What was judged wrongly of public projects' files: their outcome as two others see it. */
export function collected() {
  const folder = join(REPORTS, 'collected');
  return readJson('collected/manifest.json').map((entry) => {
    const at = (path) => join(folder, path);
    const withPath = (key) => (typeof key === 'string' ? at(key) : { ...key, file: at(key.file) });
    const job = { id: `collected/${entry.id}`, file: at(entry.file) };
    job.keys = entry.keys.map(withPath);
    job.trust = entry.trust.map(withPath);
    job.secrets = entry.secrets;
    if (entry.at !== null) job.at = entry.at;
    // Not every data file came into the folder.
    const beside = Object.entries(entry.attachments ?? {}).filter(([, file]) => existsSync(at(file)));
    if (beside.length > 0) job.attachments = Object.fromEntries(beside.map(([name, file]) => [name, at(file)]));
    const { outcome } = entry.expect;
    return {
      id: job.id,
      kind: 'collected',
      job,
      feature: '',
      limits: null,
      wrong: (report) => {
        const fine = report !== undefined && (outcome === 'valid') === (report.headline ?? '').startsWith('valid');
        return fine ? null : `${report?.headline ?? 'no report'}; right: ${outcome} (${entry.what})`;
      },
    };
  });
}

/** Attacks: headlines that are right for each, or bounds of time and memory. */
export function attacks() {
  const folder = join(REPORTS, 'attacks');
  return readJson('attacks/manifest.json').entries.map((entry) => {
    const at = (path) => resolve(folder, path);
    const secret = (text) => text.replace(/^((?:\w+=)?file:)(.*)$/, (_, start, path) => start + at(path));
    const job = {
      id: entry.id,
      file: at(entry.file),
      users: entry.users,
      keys: entry.keys.map(at),
      trust: entry.trust.map(at),
      crls: entry.crls.map(at),
      secrets: entry.secrets.map(secret),
      diagnosis: entry.diagnosis ?? false,
      ...(entry.at ? { at: entry.at } : {}),
      ...(entry.request ? { request: at(entry.request) } : {}),
    };
    return {
      id: entry.id,
      kind: `attack, ${entry.class}`,
      job,
      feature: '',
      limits: entry.class.startsWith('dos') ? entry.limits : null,
      wrong: (report) => {
        const headline = report?.headline ?? null;
        const fine =
          entry.expect === 'not-valid' ? headline !== null && headline !== 'valid' : entry.expect.includes(headline);
        return fine ? null : `${headline}; right: ${entry.expect} (${entry.why})`;
      },
    };
  });
}
