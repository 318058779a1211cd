// An interval worked out apart from the service.

/**
 * The Wilson limits by their definition, not by the closed formula the service
 * uses: the p at which the observed share is exactly z standard errors away,
 * found by halving.
 */
export function wilson(x, n) {
    const z = 1.959963984540054;
    const distance = (p) => Math.abs(x / n - p) - z * Math.sqrt(p * (1 - p) / n);
    const root = (inside, outside) => {
        for (let step = 0; step < 200; step++) {
            const middle = (inside + outside) / 2;

            if (distance(middle) > 0)
                outside = middle;
            else
                inside = middle;
        }
        return (inside + outside) / 2;
    };

    return { low: x === 0 ? 0 : root(x / n, 0), high: x === n ? 1 : root(x / n, 1) };
}
