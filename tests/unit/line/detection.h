#ifndef DETECTION_H
#define DETECTION_H

/**
 * How well flags tell the truth: synthetic histories are judged at the end of every month with
 * what was known then, and the alarms are held against what was put into the history.
 */

#include "line/replay.h"
#include "synthetic.h"

/* Months after that of the bad lot's shipment in which its alarm is looked for. */
#define DETECTION_MONTHS 12

struct detection {
    size_t histories;
    size_t named[DETECTION_MONTHS]; /* bad lots that were named by the end of that month */
    size_t wrong_lots;              /* good lots that were named */
    double line_years;
    size_t rises, losses; /* told of lines in which all is as it was, and that earn */
    double calm_years;
};

/* Nothing else depends on the line: with a bad lot it may rise, or make a loss. */
static inline void detection_count(struct detection *detection, const struct alarm *alarm,
                                   const struct synthetic_plan *plan, int since, const char *bad,
                                   bool *found)
{
    bool calm = alarm->line || plan->bad_month < 0;
    int after = alarm->raised - since - plan->bad_month;
    bool right = plan->bad_month >= 0 && !alarm->line && !strcmp(alarm->subject, bad);

    detection->rises += alarm->code == FLAG_RISING && calm;
    detection->losses += alarm->code == FLAG_RATE_ABOVE_BREAKEVEN && calm;
    if (alarm->code != FLAG_BATCH_CLUSTER)
        return;
    detection->wrong_lots += !right;
    for (int k = after; right && !*found && k < DETECTION_MONTHS; k++)
        detection->named[k]++;
    *found |= right;
}

/**
 * Replay one history of as many lines as `lines`, from month `first` to its end; only the first
 * line has the bad lot, of which the first alarm counts.
 */
static inline void detection_add(struct detection *detection, const struct synthetic_plan *plan,
                                 size_t lines, int first, uint64_t seed)
{
    struct arena arena = {0};
    struct line_histories all = synthetic_lines(&arena, lines, plan, seed);
    struct flag_settings settings = flag_settings_default();
    struct assess_plan assess_plan = {.settings = &settings, .periods = 3, .level = .95};
    const char *bad = arena_printf(&arena, "%02dA", plan->bad_month);
    double years = (plan->months - first) / 12.0;
    struct replay replay;
    bool found = false;

    replay_make(&replay, &all, all.since + first, all.since + plan->months, &assess_plan, &arena);
    for (size_t i = 0; i < replay.nalarms; i++)
        detection_count(detection, &replay.alarms[i], plan, all.since, bad, &found);
    detection->histories++;
    detection->line_years += (double)lines * years;
    detection->calm_years += (double)(lines - (plan->bad_month < 0 ? 0 : 1)) * years;
    arena_clear(&arena);
}

#endif
