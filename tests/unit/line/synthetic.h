#ifndef SYNTHETIC_H
#define SYNTHETIC_H

/**
 * Histories of product lines made of stated parameters and seeded chance, so that the truth is
 * known and what is found can be scored.
 *
 * Each month ships `volume` units times growth and season, in `lots` lots. Of the units still
 * out a share `hazard[lag]` fails in each month after shipment; in the bad lot `factor` times
 * as many. Another part comes back for other reasons, with the same curve times `remorse`.
 */

#include "base/arena.h"
#include "line/assess.h"
#include "line/history_rows.h"
#include "stat/draw.h"
#include "stat/pcg.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct synthetic_plan {
    int months;     /* of history */
    double volume;  /* units in the first month */
    double growth;  /* a month, 0.01 is one percent */
    double season;  /* amplitude: 0.5 is from half to one and a half times */
    double faults;  /* share of units that fail in the end */
    double remorse; /* other returns, as a multiple of the faults */
    int lots;       /* a month */
    int bad_month;  /* whose first lot is bad; negative: none */
    double factor;  /* of its faults */
    const struct unit_cost *cost;
};

/* Of a price of 100 a margin of 30, and of a return a loss of 45: break-even is at 40 percent. */
static const struct unit_cost synthetic_cost = {.valid_from = "1970-01-01",
                                                .currency = "EUR",
                                                .price = 10000,
                                                .cogs = 5000,
                                                .outbound = 500,
                                                .fees = 1500,
                                                .inbound = 500,
                                                .inspect = 200,
                                                .repair = 300,
                                                .recovery = 2000};

/* How the faults of a unit are spread over the months since shipment. */
static const double synthetic_curve[] = {.22, .28, .16, .10, .07, .05,
                                         .04, .03, .02, .01, .01, .01};
#define SYNTHETIC_LAGS (sizeof synthetic_curve / sizeof *synthetic_curve)

/* The share of units that fail at a lag, of those that did not before. */
static double synthetic_hazard(double faults, size_t lag)
{
    double before = 0;

    for (size_t k = 0; k < lag; k++)
        before += faults * synthetic_curve[k];
    return fmin(1, faults * synthetic_curve[lag] / (1 - fmin(.999, before)));
}

/* One lot: what becomes of its units, into its own cells and those of its line. */
static void synthetic_lot(struct line_history *line, struct lot_history *lot,
                          const struct synthetic_plan *plan, struct pcg *pcg, int month,
                          double units, double faults)
{
    double left = units;

    lot->lags.shipped[0] = units;
    for (size_t lag = 0; lag < SYNTHETIC_LAGS && (int)lag + month < plan->months; lag++) {
        double failed = draw_binomial(pcg, left, synthetic_hazard(faults, lag));
        double other = draw_binomial(pcg, left - failed,
                                     fmin(1, plan->remorse * synthetic_hazard(plan->faults, lag)));
        int event = line->lags.origin + month + (int)lag;
        size_t cell = lag_cell(&line->lags, lot->lags.first, event);
        size_t own = lag_cell(&lot->lags, lot->lags.first, event);
        size_t period = lag ? lag - (pcg_uniform(pcg) < .5) : 0;
        size_t age = (size_t)month * line->periods + period;

        line->lags.counted[cell] += failed + other;
        line->lags.gross[cell] += failed + other;
        line->lags.suspect[cell] += failed;
        line->lags.leavers[cell] += failed + other;
        lot->lags.suspect[own] = failed;
        lot->lags.leavers[own] = failed + other;
        for (size_t i = 0; i < NTALLIES && period < line->periods; i++)
            line->ages[i][age] += i == TALLY_RECOVERED ? 0
                                  : i == TALLY_QUALITY ? failed
                                                       : failed + other;
        left -= failed + other;
    }
}

/** Make one line whose first month of shipment is `all->since`. */
static inline void synthetic_line(struct line_history *line, struct arena *arena,
                                  const struct line_histories *all,
                                  const struct synthetic_plan *plan, struct pcg *pcg)
{
    line->id = line->code = line->name = arena_printf(arena, "line %u", pcg_next(pcg) % 1000);
    line->family = "synthetic";
    line->costs = (struct unit_costs){plan->cost, plan->cost ? 1 : 0};
    line->shipped = (struct month_counts){all->since, (size_t)plan->months, NULL};
    line->lots_begun = line->shipped;
    months_make(&line->shipped, arena);
    months_make(&line->lots_begun, arena);
    line->periods = NOWCAST_PERIODS;
    for (size_t i = 0; i < NTALLIES; i++)
        line->ages[i] =
            arena_alloc(arena, (size_t)plan->months * line->periods * sizeof **line->ages);
    lag_cells_make(&line->lags, arena, all->since, (size_t)plan->months, all);
    line->lots = arena_alloc(arena, (size_t)(plan->months * plan->lots) * sizeof *line->lots);
    for (int month = 0; month < plan->months; month++) {
        double season = 1 + plan->season * sin(2 * M_PI * month / 12);
        double mean = plan->volume * pow(1 + plan->growth, month) * season / plan->lots;

        for (int k = 0; k < plan->lots; k++) {
            struct lot_history *lot = &line->lots[line->nlots++];
            double units = floor(mean + pcg_uniform(pcg));
            bool bad = month == plan->bad_month && k == 0;

            lot->name = arena_printf(arena, "%02d%c", month, 'A' + k);
            lag_cells_make(&lot->lags, arena, all->since + month, 1, all);
            line->shipped.at[month] += units;
            line->lags.shipped[month] += units;
            line->lots_begun.at[month]++;
            synthetic_lot(line, lot, plan, pcg, month, units,
                          plan->faults * (bad ? plan->factor : 1));
        }
    }
}

/** As many lines as `n`, of which only the first may have a bad lot; of one seed. */
static inline struct line_histories
synthetic_lines(struct arena *arena, size_t n, const struct synthetic_plan *plan, uint64_t seed)
{
    struct line_histories all = {
        .at = arena_alloc(arena, n * sizeof *all.at), .n = n, .since = month_read("2020-01-01")};
    struct synthetic_plan good = *plan;
    struct pcg pcg;

    good.bad_month = -1;
    all.now = moment_after(all.since + plan->months - 1);
    pcg_seed(&pcg, seed, 7);
    for (size_t i = 0; i < n; i++)
        synthetic_line(&all.at[i], arena, &all, i ? &good : plan, &pcg);
    return all;
}

#endif
