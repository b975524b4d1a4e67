/** @param signatures at most 64 @param references of each, at most 100 */
export declare function longTrace(signatures: number, references: number): string;
