export declare const ENGINE_ROOMS: string[];
export declare const OUTER_ROOMS: Record<string, { never: string[]; typesOnly: string[]; packages: string[] }>;
export declare function lintConfig(): object;
