export const LONG_UNIT: readonly string[];
export const ASKED_MORE: readonly string[];
export const LONG_PAGES: readonly string[];
export const withLong: boolean;
