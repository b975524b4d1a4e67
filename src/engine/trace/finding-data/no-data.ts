/** A finding whose code says all. */
export type NoData = Readonly<Record<string, never>>;
