package io.evenkeel.flaky.rate;

/**
 * The beta distribution: what is known of a rate.
 *
 * <p>Distribution function by the continued fraction of the incomplete beta function (Abramowitz and Stegun 26.5.8, evaluated by Lentz's method),
 * logarithm of the gamma function by Lanczos' approximation (g = 7, nine terms, error below 1e-13). Immutable.
 *
 * @param a first shape, above 0
 * @param b second shape, above 0
 */
record Beta(double a, double b) {

    private static final double TINY = 1e-300;
    private static final int MOST_STEPS = 500;
    private static final double[] LANCZOS = {
        0.99999999999980993,
        676.5203681218851,
        -1259.1392167224028,
        771.32342877765313,
        -176.61502916214059,
        12.507343278686905,
        -0.13857109526572012,
        9.9843695780195716e-6,
        1.5056327351493116e-7
    };

    Beta {
        if (!(a > 0 && b > 0)) {
            throw new IllegalArgumentException(
                    "The shapes (" + a + ", " + b + ") of a beta distribution must be above 0.");
        }
    }

    double mean() {
        return a / (a + b);
    }

    /** Returns the probability of a rate below x. */
    double below(double x) {
        if (x <= 0) {
            return 0;
        }
        if (x >= 1) {
            return 1;
        }
        double front = StrictMath.exp(
                logGamma(a + b) - logGamma(a) - logGamma(b) + a * StrictMath.log(x) + b * StrictMath.log1p(-x));
        return x < (a + 1) / (a + b + 2) ? front * fraction(x, a, b) / a : 1 - front * fraction(1 - x, b, a) / b;
    }

    /** Returns the rate below which this share lies, exact to 1e-9 relative; by bisection on the logarithm of the rate. */
    double quantile(double share) {
        double low = -700;
        double high = 0;
        for (int step = 0; step < 80; step++) {
            double middle = (low + high) / 2;
            if (below(StrictMath.exp(middle)) < share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return StrictMath.exp((low + high) / 2);
    }

    private static double fraction(double x, double a, double b) {
        double c = 1;
        double d = 1 / nonZero(1 - (a + b) * x / (a + 1));
        double result = d;
        for (int m = 1; m <= MOST_STEPS; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / nonZero(1 + even * d);
            c = nonZero(1 + even / c);
            result *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / nonZero(1 + odd * d);
            c = nonZero(1 + odd / c);
            double change = d * c;
            result *= change;
            if (Math.abs(change - 1) < 1e-14) {
                break;
            }
        }
        return result;
    }

    private static double nonZero(double x) {
        return Math.abs(x) < TINY ? TINY : x;
    }

    private static double logGamma(double x) {
        if (x < 0.5) {
            return StrictMath.log(Math.PI / StrictMath.sin(Math.PI * x)) - logGamma(1 - x);
        }
        double z = x - 1;
        double sum = LANCZOS[0];
        for (int i = 1; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (z + i);
        }
        double t = z + 7.5;
        return 0.5 * StrictMath.log(2 * Math.PI) + (z + 0.5) * StrictMath.log(t) - t + StrictMath.log(sum);
    }
}
