#ifndef LINE_REPLAY_H
#define LINE_REPLAY_H

#include "line/standing.h"

/**
 * The past judged anew, month by month, with nothing but what was known then; and what became of
 * it by now: which alarms were right, and what was missed.
 */
enum hindsight {
    HINDSIGHT_OPEN, /* too early to tell, or not an alarm that can be right or wrong */
    HINDSIGHT_RIGHT,
    HINDSIGHT_WRONG
};
/** Its name: "open", "right", "wrong". */
const char *hindsight_name(enum hindsight hindsight);

struct alarm {
    size_t line;
    enum flag_code code;
    const char *subject, *sentence;
    enum level level;    /* the highest it came to */
    int raised, cleared; /* months at whose end it was; 0: it still stands */
    int claimed; /* when it first said what can be right or wrong: of the rate, that it may lie
                    above break-even, and not only that returns are dear; 0: it never did */
    enum hindsight verdict;
    int since; /* the month in which what it tells of began, as is known now; 0: not known */
};

/** Something that was, and of which no alarm told at any time of it. */
struct missed {
    size_t line;
    enum flag_code code;
    const char *subject;
    int first, last; /* months */
};

/** Of RATE_ABOVE_BREAKEVEN, RISING, BATCH_CLUSTER. */
struct score {
    enum flag_code code;
    size_t alarms, right, wrong, open, missed;
    double
        delay; /* mean months from its beginning to the alarm, of those that were right; or NAN */
};
#define REPLAY_SCORES 3

struct replay {
    struct alarm *alarms;
    struct missed *missed;
    size_t nalarms, nmissed;
    struct score scores[REPLAY_SCORES];
};

/** Months of lines that may be replayed at once. */
#define REPLAY_MAX 6000

/**
 * Replay the ends of the months from `first` to before `end`, of which `lines` has the past.
 *
 * An alarm that the rate may lie above break-even is right if the returns of the months that
 * counted then have come to more than break-even, now that they are old; about a rise if it lasted,
 * over its window and the two months after it; about a lot if that has more than its share of
 * faults by now. What it tells of may also begin within two months after it: then it was early.
 * Missed is a time in which it was so without any alarm, and a lot that passes its boundary by now
 * and was not named. Changes the months from which lots are watched anew.
 */
void replay_make(struct replay *replay, struct line_histories *lines, int first, int end,
                 const struct assess_plan *plan, struct arena *arena);

#endif
