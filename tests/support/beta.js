// The beta distribution by plain integration: no formula of the service's.

/** Whether a number is near another. */
export const within = (value, expected, tolerance) => Math.abs(value - expected) <= tolerance;

/** P(p > limit), p being Beta(a, b), by Simpson's rule. */
export function chanceAbove(limit, a, b) {
    const peak = (a - 1) / (a + b - 2);
    const top = (a - 1) * Math.log(peak) + (b - 1) * Math.log1p(-peak);
    const density = (p) => (p <= 0 || p >= 1 ? 0 : Math.exp((a - 1) * Math.log(p) + (b - 1) * Math.log1p(-p) - top));
    const area = (from, to, steps = 200000) => {
        const width = (to - from) / steps;
        let sum = density(from) + density(to);

        for (let i = 1; i < steps; i++)
            sum += density(from + i * width) * (i % 2 ? 4 : 2);
        return sum * width / 3;
    };

    return area(limit, 1) / area(0, 1);
}

/** The smallest k with P(X <= k) >= q, X being beta-binomial(n, a, b): its terms, one after another. */
export function betaBinomialQuantile(q, n, a, b) {
    // P(k + 1) / P(k) = (n - k) (k + a) / ((k + 1) (n - k - 1 + b))
    const logs = [0];

    for (let k = 0; k < n; k++)
        logs.push(logs[k] + Math.log((n - k) * (k + a) / ((k + 1) * (n - k - 1 + b))));
    const top = Math.max(...logs);
    const all = logs.reduce((sum, log) => sum + Math.exp(log - top), 0);
    let sum = 0;

    for (let k = 0; k <= n; k++)
        if ((sum += Math.exp(logs[k] - top)) / all >= q)
            return k;
    return n;
}
