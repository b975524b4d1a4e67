/** The engine's version: changes whenever the same input may give another trace. */
export const ENGINE_VERSION = '0.1.0';
