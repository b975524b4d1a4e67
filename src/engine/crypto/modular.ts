/** Modular arithmetic over public numbers; not constant in time, so never for private keys (RFC 8017 §5.2.2). */

/** base^exponent mod modulus for exponent ≥ 0 and modulus > 1. */
export function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  const reduced = ((base % modulus) + modulus) % modulus;
  const digits = exponent.toString(16);
  return digits.length > WINDOW_FROM_DIGITS ? windowed(reduced, digits, modulus) : binary(reduced, exponent, modulus);
}

/** A window's table costs 14 products: too much for a public exponent such as 65537. */
const WINDOW_FROM_DIGITS = 16;

function binary(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let power = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * power) % modulus;
    power = (power * power) % modulus;
  }
  return result;
}

/** Four bits of the exponent at a time. */
function windowed(base: bigint, digits: string, modulus: bigint): bigint {
  const powers = [1n, base];
  for (let count = 2; count < 16; count++) powers.push(((powers[count - 1] ?? 0n) * base) % modulus);
  let result = 1n;
  for (const digit of digits) {
    for (let square = 0; square < 4; square++) result = (result * result) % modulus;
    const factor = Number.parseInt(digit, 16);
    if (factor > 0) result = (result * (powers[factor] ?? 0n)) % modulus;
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
