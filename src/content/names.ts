/** Names of people and systems, short enough for a line. */

/** The common name of a distinguished name, or the name itself. */
export function commonName(name: string): string {
  return /(?:^|,)\s*CN=((?:\\.|[^,+\\])+)/i.exec(name)?.[1]?.trim() ?? name;
}
