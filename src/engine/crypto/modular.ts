/** Modular arithmetic over public numbers; not constant in time, so never for private keys (RFC 8017 §5.2.2). */

/** base^exponent mod modulus for exponent ≥ 0 and modulus > 1. */
export function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let power = ((base % modulus) + modulus) % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * power) % modulus;
    power = (power * power) % modulus;
  }
  return result;
}

/** The inverse of value mod modulus, or null where there is none. */
export function modInverse(value: bigint, modulus: bigint): bigint | null {
  let [a, b] = [((value % modulus) + modulus) % modulus, modulus];
  let [x, y] = [1n, 0n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b] = [b, a - quotient * b];
    [x, y] = [y, x - quotient * y];
  }
  return a === 1n ? ((x % modulus) + modulus) % modulus : null;
}

/** Length of a number ≥ 0 in bits; 0 has none. */
export function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length;
}

/** Square root mod an odd prime (Tonelli and Shanks), or null where there is none. */
export function modSqrt(value: bigint, prime: bigint): bigint | null {
  const n = ((value % prime) + prime) % prime;
  if (n === 0n) return 0n;
  if (modPow(n, (prime - 1n) >> 1n, prime) !== 1n) return null;
  if ((prime & 3n) === 3n) return modPow(n, (prime + 1n) >> 2n, prime);
  let q = prime - 1n;
  let s = 0;
  while ((q & 1n) === 0n) {
    q >>= 1n;
    s++;
  }
  let z = 2n;
  while (modPow(z, (prime - 1n) >> 1n, prime) === 1n) z++;
  let c = modPow(z, q, prime);
  let root = modPow(n, (q + 1n) >> 1n, prime);
  let t = modPow(n, q, prime);
  while (t !== 1n) {
    let i = 0;
    for (let power = t; power !== 1n; power = (power * power) % prime) i++;
    const b = modPow(c, 1n << BigInt(s - i - 1), prime);
    c = (b * b) % prime;
    root = (root * b) % prime;
    t = (t * c) % prime;
    s = i;
  }
  return root;
}
