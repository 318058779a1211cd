/* What was true, as is known by now. */
#include "line/replay_truth.h"

#include "stat/expected.h"

#include <math.h>
#include <string.h>

/* Months are judged once so much of their returns has come. */
#define MATURE_SHARE 0.9
/* A rise is one if it lasts for so many months more; an alarm may come so many before. */
#define LASTING_MONTHS 2
/* One-sided p of a rise that is missed for sure. */
#define SURE_P 0.01

void truth_make(struct truth *truth, const struct line_histories *lines, int first, int end,
                struct arena *arena)
{
    size_t cells = lines->n * (size_t)(end > first ? end - first : 0) + 1;

    *truth = (struct truth){
        .lines = lines,
        .first = first,
        .end = end,
        .rate = arena_alloc(arena, cells * sizeof *truth->rate),
        .rising = arena_alloc(arena, cells * sizeof *truth->rising),
        .sure = arena_alloc(arena, cells * sizeof *truth->sure),
        .rate_alarmed = arena_alloc(arena, cells * sizeof *truth->rate_alarmed),
        .rising_alarmed = arena_alloc(arena, cells * sizeof *truth->rising_alarmed),
    };
}

static size_t cell_of(const struct truth *truth, size_t line, int month)
{
    return line * (size_t)(truth->end - truth->first) + (size_t)(month - truth->first);
}

/* Whether the months that counted then have come to more than break-even. */
static enum hindsight rate_was(const struct truth *truth, const struct assessment *then,
                               const struct flag_settings *settings, struct arena *scratch)
{
    struct nowcast by_now;

    if (assessment_gap(then, settings))
        return HINDSIGHT_OPEN;
    nowcast_make(&by_now, then->line, then->first, then->end, truth->lines->now, scratch);
    if (!by_now.known || by_now.full < MATURE_SHARE * by_now.shipped)
        return HINDSIGHT_OPEN;
    return by_now.ultimate / by_now.shipped > then->money.break_even ? HINDSIGHT_RIGHT
                                                                     : HINDSIGHT_WRONG;
}

/* Whether the rise of the window lasted. */
static enum hindsight rise_was(const struct truth *truth, const struct assessment *then,
                               const struct flag_settings *settings, bool *sure)
{
    struct lag_span window = {then->trend.window.first, then->trend.window.end + LASTING_MONTHS};
    const struct lag_cells *cells = &then->line->lags;
    struct trend_counts counts;
    struct lag_compared compared;
    double p;

    *sure = false;
    if (window.end > truth->lines->now.month)
        return HINDSIGHT_OPEN;
    counts = trend_counts(cells, cells->counted, window, then->trend.baseline, truth->lines->now);
    compared = lag_compare(&counts.window, &counts.baseline);
    if (compared.counted < BASELINE_EVENTS || compared.expected < settings->expected_min)
        return HINDSIGHT_OPEN;
    *sure = expected_p_more(floor(compared.observed), compared.expected, compared.counted, &p) &&
            p <= SURE_P;
    return compared.observed >= settings->ratio_min * compared.expected &&
                   compared.observed - compared.expected >= settings->excess_min
               ? HINDSIGHT_RIGHT
               : HINDSIGHT_WRONG;
}

void truth_tell(struct truth *truth, const struct assessment *assessment, size_t line, int month,
                const struct flag_settings *settings, struct arena *scratch)
{
    size_t cell = cell_of(truth, line, month);

    truth->rate[cell] = rate_was(truth, assessment, settings, scratch);
    truth->rising[cell] = rise_was(truth, assessment, settings, &truth->sure[cell]);
}

void truth_alarmed(struct truth *truth, size_t line, int month, bool rate, bool rising)
{
    truth->rate_alarmed[cell_of(truth, line, month)] = rate;
    truth->rising_alarmed[cell_of(truth, line, month)] = rising;
}

/* An alarm against the months from its own on; it may have come early. */
static void judge_by_months(const struct truth *truth, struct alarm *alarm,
                            const enum hindsight *was)
{
    int month = alarm->claimed, last = alarm->claimed + LASTING_MONTHS;

    if (!alarm->claimed)
        return;
    while (month <= last && month < truth->end &&
           was[cell_of(truth, alarm->line, month)] != HINDSIGHT_RIGHT)
        month++;
    if (month > last || month == truth->end) {
        alarm->verdict = was[cell_of(truth, alarm->line, alarm->claimed)];
        return;
    }
    alarm->verdict = HINDSIGHT_RIGHT;
    while (month > truth->first && was[cell_of(truth, alarm->line, month - 1)] == HINDSIGHT_RIGHT)
        month--;
    alarm->since = month;
}

static size_t lot_of(const struct line_history *line, const char *name)
{
    size_t i = 0;

    while (i < line->nlots && strcmp(line->lots[i].name, name) != 0)
        i++;
    return i;
}

/* A lot by all that is known of it. */
static void judge_lot(const struct truth *truth, struct alarm *alarm,
                      const struct flag_settings *settings)
{
    const struct line_history *line = &truth->lines->at[alarm->line];
    size_t lot = lot_of(line, alarm->subject);
    struct batch batch;

    if (lot == line->nlots ||
        !batch_make(&batch, truth->lines, alarm->line, lot, truth->lines->now, settings))
        return;
    alarm->verdict =
        batch.observed >= settings->ratio_min * batch.expected ? HINDSIGHT_RIGHT : HINDSIGHT_WRONG;
    alarm->since = line->lots[lot].lags.first;
}

static void judge_alarm(const struct truth *truth, struct alarm *alarm,
                        const struct flag_settings *settings)
{
    if (alarm->code == FLAG_RATE_ABOVE_BREAKEVEN)
        judge_by_months(truth, alarm, truth->rate);
    else if (alarm->code == FLAG_RISING)
        judge_by_months(truth, alarm, truth->rising);
    else if (alarm->code == FLAG_BATCH_CLUSTER)
        judge_lot(truth, alarm, settings);
}

/* Runs of months in which it was so, and nobody said so. */
static void find_missed(const struct truth *truth, struct replay *replay, size_t line,
                        enum flag_code code)
{
    const enum hindsight *was = code == FLAG_RISING ? truth->rising : truth->rate;
    const bool *alarmed = code == FLAG_RISING ? truth->rising_alarmed : truth->rate_alarmed;

    for (int month = truth->first, next; month < truth->end; month = next) {
        bool told = false, sure = code != FLAG_RISING;

        for (next = month; next < truth->end && was[cell_of(truth, line, next)] == HINDSIGHT_RIGHT;
             next++) {
            told |= alarmed[cell_of(truth, line, next)];
            sure |= truth->sure[cell_of(truth, line, next)];
        }
        if (next > month && !told && sure)
            replay->missed[replay->nmissed++] = (struct missed){line, code, "", month, next - 1};
        next += next == month;
    }
}

static bool was_named(const struct replay *replay, size_t line, const char *lot)
{
    for (size_t i = 0; i < replay->nalarms; i++)
        if (replay->alarms[i].code == FLAG_BATCH_CLUSTER && replay->alarms[i].line == line &&
            !strcmp(replay->alarms[i].subject, lot))
            return true;
    return false;
}

/* Lots that were watched, pass their boundary by now, and were not named. */
static void find_missed_lots(const struct truth *truth, struct replay *replay, size_t line,
                             const struct flag_settings *settings)
{
    const struct line_history *history = &truth->lines->at[line];
    int since = history_since(moment_after(truth->first));

    for (size_t i = 0; i < history->nlots; i++) {
        const struct lot_history *lot = &history->lots[i];
        struct batch batch;

        if (lot->lags.first < since || lot->lags.first >= truth->end ||
            !batch_make(&batch, truth->lines, line, i, truth->lines->now, settings) ||
            batch.p > batch.allowed || was_named(replay, line, lot->name))
            continue;
        replay->missed[replay->nmissed++] =
            (struct missed){line, FLAG_BATCH_CLUSTER, lot->name, lot->lags.first, truth->end - 1};
    }
}

void truth_judge(const struct truth *truth, struct replay *replay,
                 const struct flag_settings *settings, struct arena *arena)
{
    size_t room = 2 * truth->lines->n * (size_t)(truth->end - truth->first) + 1;

    for (size_t line = 0; line < truth->lines->n; line++)
        room += truth->lines->at[line].nlots;
    replay->missed = arena_alloc(arena, room * sizeof *replay->missed);
    for (size_t i = 0; i < replay->nalarms; i++)
        judge_alarm(truth, &replay->alarms[i], settings);
    for (size_t line = 0; line < truth->lines->n; line++) {
        find_missed(truth, replay, line, FLAG_RATE_ABOVE_BREAKEVEN);
        find_missed(truth, replay, line, FLAG_RISING);
        find_missed_lots(truth, replay, line, settings);
    }
}
