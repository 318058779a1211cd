/* The past judged anew. */
#include "line/replay.h"
#include "line/replay_truth.h"

#include <math.h>
#include <string.h>

/* An alarm that is given again for the same reason is not told without end. */
#define ALARMS_MAX 10000

/* A flag that stands in the replay, and the alarm it came with. */
struct open {
    struct standing standing;
    struct alarm *alarm;
    struct open *next;
};

/* A replay under way. */
struct replaying {
    struct replay *replay;
    struct line_histories *lines;
    const struct assess_plan *plan;
    struct arena *arena, scratch;
    int first, end;
    struct open **open; /* of each line */
    struct truth truth;
};

const char *hindsight_name(enum hindsight hindsight)
{
    static const char *const names[] = {"open", "right", "wrong"};

    return names[hindsight];
}

/* Returns may be dear without being too many. */
static bool claims(const struct alarm *alarm, const struct assessment *it,
                   const struct flag_settings *settings)
{
    return alarm->code != FLAG_RATE_ABOVE_BREAKEVEN || it->money.p_loss >= settings->chance_watch ||
           it->money.booked < 0;
}

static void raise(struct replaying *it, const struct assessment *assessment, size_t line,
                  const struct finding *finding, int month)
{
    struct open *open;

    if (it->replay->nalarms == ALARMS_MAX)
        return;
    open = arena_alloc(it->arena, sizeof *open);
    open->alarm = &it->replay->alarms[it->replay->nalarms++];
    open->standing = (struct standing){.code = finding->code, .subject = finding->subject};
    standing_step(&open->standing, finding, assessment->now.day, it->plan->settings->clean_days);
    *open->alarm = (struct alarm){
        .line = line,
        .code = finding->code,
        .subject = finding->subject,
        .sentence = finding_sentence(finding, assessment, it->plan->settings, it->arena),
        .level = open->standing.level,
        .raised = month,
    };
    if (claims(open->alarm, assessment, it->plan->settings))
        open->alarm->claimed = month;
    open->next = it->open[line];
    it->open[line] = open;
}

/* A lot whose flag is cleared is watched anew from the month after. */
static void restart(struct line_history *line, const char *lot, int month)
{
    for (size_t i = 0; i < line->nlots; i++)
        if (!strcmp(line->lots[i].name, lot))
            line->lots[i].restarted = month + 1;
}

static void step(struct replaying *it, const struct assessment *assessment, size_t line,
                 const struct finding *findings, size_t n, int month)
{
    for (struct open **at = &it->open[line]; *at;) {
        struct open *open = *at;
        const struct finding *finding = standing_find(&open->standing, findings, n);
        enum change change = standing_step(&open->standing, finding, assessment->now.day,
                                           it->plan->settings->clean_days);

        if (change != CHANGE_CLEARED) {
            if (!open->alarm->claimed && claims(open->alarm, assessment, it->plan->settings))
                open->alarm->claimed = month;
            if (open->standing.level > open->alarm->level)
                open->alarm->level = open->standing.level;
            at = &open->next;
            continue;
        }
        open->alarm->cleared = month;
        if (open->alarm->code == FLAG_BATCH_CLUSTER)
            restart(&it->lines->at[line], open->alarm->subject, month);
        *at = open->next;
    }
}

static bool stands(const struct open *open, const struct finding *finding)
{
    for (; open; open = open->next)
        if (standing_find(&open->standing, finding, 1))
            return true;
    return false;
}

static bool stands_code(const struct open *open, enum flag_code code)
{
    for (; open; open = open->next)
        if (open->standing.code == code)
            return true;
    return false;
}

static void replay_line(struct replaying *it, const struct assessment *assessment, size_t line,
                        int month)
{
    struct finding *findings;
    size_t n = findings_make(&findings, assessment, it->plan->settings, &it->scratch);

    step(it, assessment, line, findings, n, month);
    for (size_t i = 0; i < n; i++)
        if (findings[i].enter && !stands(it->open[line], &findings[i]))
            raise(it, assessment, line, &findings[i], month);
    truth_tell(&it->truth, assessment, line, month, it->plan->settings, &it->scratch);
    truth_alarmed(&it->truth, line, month, stands_code(it->open[line], FLAG_RATE_ABOVE_BREAKEVEN),
                  stands_code(it->open[line], FLAG_RISING));
}

static void replay_month(struct replaying *it, int month)
{
    struct assessment *all = arena_alloc(&it->scratch, (it->lines->n + 1) * sizeof *all);

    assess(all, it->lines, moment_after(month), it->plan, &it->scratch);
    for (size_t line = 0; line < it->lines->n; line++)
        replay_line(it, &all[line], line, month);
    arena_clear(&it->scratch);
}

static void watch_from_the_beginning(struct line_histories *lines)
{
    for (size_t i = 0; i < lines->n; i++)
        for (size_t k = 0; k < lines->at[i].nlots; k++)
            lines->at[i].lots[k].restarted = 0;
}

static void add_delay(struct score *score, const struct alarm *alarm)
{
    int delay = alarm->claimed - alarm->since;

    score->delay += delay > 0 ? delay : 0;
}

static void score_all(struct replay *replay)
{
    static const enum flag_code codes[REPLAY_SCORES] = {FLAG_RATE_ABOVE_BREAKEVEN, FLAG_RISING,
                                                        FLAG_BATCH_CLUSTER};

    for (size_t s = 0; s < REPLAY_SCORES; s++) {
        struct score score = {.code = codes[s]};

        for (size_t i = 0; i < replay->nalarms; i++) {
            const struct alarm *alarm = &replay->alarms[i];

            if (alarm->code != codes[s])
                continue;
            score.alarms++;
            score.right += alarm->verdict == HINDSIGHT_RIGHT;
            score.wrong += alarm->verdict == HINDSIGHT_WRONG;
            score.open += alarm->verdict == HINDSIGHT_OPEN;
            if (alarm->verdict == HINDSIGHT_RIGHT)
                add_delay(&score, alarm);
        }
        for (size_t i = 0; i < replay->nmissed; i++)
            score.missed += replay->missed[i].code == codes[s];
        score.delay = score.right ? score.delay / (double)score.right : NAN;
        replay->scores[s] = score;
    }
}

void replay_make(struct replay *replay, struct line_histories *lines, int first, int end,
                 const struct assess_plan *plan, struct arena *arena)
{
    struct replaying it = {.replay = replay,
                           .lines = lines,
                           .plan = plan,
                           .arena = arena,
                           .first = first,
                           .end = end,
                           .open = arena_alloc(arena, (lines->n + 1) * sizeof *it.open)};

    *replay = (struct replay){.alarms = arena_alloc(arena, ALARMS_MAX * sizeof *replay->alarms)};
    truth_make(&it.truth, lines, first, end, arena);
    watch_from_the_beginning(lines);
    for (int month = first; month < end; month++)
        replay_month(&it, month);
    watch_from_the_beginning(lines);
    truth_judge(&it.truth, replay, plan->settings, arena);
    score_all(replay);
}
