/** Words inside the editors. */

/** Hovers, fixes, and the way out of the text. */
export const EDITOR = {
  leave: 'Leave the text',
  frame: (pane: string) => `${pane}. Press Enter to go into the text, Escape to leave it.`,
  unknownUri: 'Unknown here',
  didYouMean: (name: string, uri: string) => `Did you mean ${name}, ${uri}?`,
  nearMiss: (name: string, uri: string) => `Unknown URI. Did you mean ${name}: ${uri}?`,
  replaceWith: (uri: string) => `Replace with ${uri}`,
} as const;
