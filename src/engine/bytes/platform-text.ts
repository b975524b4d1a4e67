/** The text decoders and encoders that both platforms have; the engine has no DOM or Node types of its own. */

/** Decodes octets whole. With `fatal` it throws where they mean nothing. */
export interface PlatformDecoder {
  readonly encoding: string;
  decode(octets: Uint8Array): string;
}

interface Platform {
  readonly TextDecoder: new (
    label: string,
    options: { readonly ignoreBOM: boolean; readonly fatal?: boolean },
  ) => PlatformDecoder;
  readonly TextEncoder: new () => { encode(text: string): Uint8Array<ArrayBuffer> };
}

const platform = globalThis as unknown as Platform;

/** Of UTF-8: a BOM is kept as U+FEFF, an ill-formed sequence becomes U+FFFD. */
export const utf8Decoder = new platform.TextDecoder('utf-8', { ignoreBOM: true });
/** To UTF-8. */
export const utf8Encoder = new platform.TextEncoder();

/** A decoder by any label of its encoding, which throws where octets mean nothing; null where the platform has none. */
export function decoderByLabel(label: string): PlatformDecoder | null {
  try {
    return new platform.TextDecoder(label, { ignoreBOM: true, fatal: true });
  } catch {
    return null;
  }
}
