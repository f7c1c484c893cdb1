/* SPDX-License-Identifier: MIT
 * base/real.c - logarithm, exponential and gamma with the same bits on every machine.
 *
 * Each is a series or a continued fraction long enough for a double, summed in one fixed
 * order. Contraction into fused multiply-adds is off: it would change last bits. */
#include "base/real.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF /* gcc has it off in -std=c17 */
#endif

static const double ln2_high = 0x1.62e42fee00000p-1; /* 32 bits of ln 2, so that times an */
static const double ln2_low = 0x1.a39ef35793c76p-33; /* exponent is exact; and the rest */

static double from_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

double ef_ln(double x)
{
    assert(x > 0 && x <= 0x1.fffffffffffffp1023);
    int shift = 0;
    if (x < 0x1p-1022) { /* subnormal: its exponent says nothing */
        x *= 0x1p54;
        shift = -54;
    }
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    int exponent = (int)(bits >> 52) - 1023;
    double m = from_bits((bits & UINT64_C(0xFFFFFFFFFFFFF)) | UINT64_C(1023) << 52);
    if (m > 0x1.6a09e667f3bcdp0) { /* the square root of 2: keeps |f| below 0.172 */
        m /= 2;
        exponent++;
    }
    /* ln m = 2 artanh f; 0.172^2k / (2k + 1) is below 2^-54 from k = 10 on. */
    double f = (m - 1) / (m + 1), square = f * f, sum = 0;
    for (int k = 10; k >= 1; k--)
        sum = (sum + 1.0 / (2 * k + 1)) * square;
    double e = exponent + shift;
    return e * ln2_high + (2 * f + (2 * f * sum + e * ln2_low));
}

double ef_exp(double x)
{
    if (x < -700)
        return 0;
    if (x > 700)
        x = 700;
    double turns = x * 0x1.71547652b82fep0; /* 1 / ln 2 */
    int k = (int)(turns < 0 ? turns - 0.5 : turns + 0.5);
    double r = (x - k * ln2_high) - k * ln2_low;
    /* |r| <= 0.347, and 0.347^14 / 14! is below 2^-56. */
    double sum = 1;
    for (int i = 14; i >= 1; i--)
        sum = 1 + sum * r / i;
    return sum * from_bits((uint64_t)(1023 + k) << 52);
}

double ef_ln_gamma(double x)
{
    assert(x > 0);
    double product = 1;
    for (; x < 12; x += 1)
        product *= x;
    /* Stirling's series; at 12 its next term is below 1e-17. */
    static const double terms[] = { 1.0 / 12,   -1.0 / 360,      1.0 / 1260, -1.0 / 1680,
                                    1.0 / 1188, -691.0 / 360360, 1.0 / 156 };
    double square = 1 / (x * x), sum = 0;
    for (int i = 6; i >= 0; i--)
        sum = sum * square + terms[i];
    const double half_ln_2pi = 0x1.d67f1c864beb5p-1;
    return (x - 0.5) * ef_ln(x) - x + half_ln_2pi + sum / x - ef_ln(product);
}

double ef_sqrt(double x)
{
    return sqrt(x); /* IEEE 754 rounds it correctly everywhere */
}

double ef_normal_tail(double z)
{
    assert(z >= 0);
    const double density = ef_exp(-z * z / 2) * 0x1.9884533d43651p-2; /* 1 / sqrt(2 pi) */
    if (z < 3) { /* 1/2 minus density times sum of z^(2k+1) / (2k+1)!!: positive terms */
        double term = z, sum = z;
        for (int k = 1; k < 60; k++) {
            term *= z * z / (2 * k + 1);
            sum += term;
        }
        return 0.5 - density * sum;
    }
    double fraction = z; /* Laplace's continued fraction, from its end */
    for (int k = 60; k >= 1; k--)
        fraction = z + k / fraction;
    return density / fraction;
}

int32_t ef_unit_of(double x)
{
    double scaled = x * 10000;
    if (!(scaled > -2147483647.0)) /* not a number, too */
        return -2147483647;
    if (scaled > 2147483647.0)
        return 2147483647;
    return (int32_t)(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
}
