// Data whose statistics are published.

const counts = (text) => {
    const pairs = text.trim().split(/\s+/).flatMap((term) => {
        const [pair, times = 1] = term.split('*');

        return Array(Number(times)).fill(pair.split('/').map(Number));
    });

    return { x: pairs.map(([x]) => x), n: pairs.map(([, n]) => n) };
};

/** Tumours in 70 groups of rats: Bayesian Data Analysis, chapter 5. */
export const RAT_TUMOURS = counts(`
    0/20*7 0/19*4 0/18*2 0/17 1/20*4 1/19*2 1/18*2 2/25 2/24 2/23 2/20*6 1/10 5/49 2/19 5/46
    3/27 2/17 7/49 7/47 3/20 3/20 2/13 9/48 10/50 4/20*7 10/48 4/19*3 5/22 11/46 12/49 5/20
    5/20 6/23 5/19 6/22 6/20*3 16/52 15/47 15/46 9/24`);

/** Hits of 18 batters in 45 at bats: Efron and Morris 1977. */
export const BATTERS = counts('18/45 17/45 16/45 15/45 14/45*2 13/45 12/45 11/45*2 10/45*5 9/45 8/45 7/45');
