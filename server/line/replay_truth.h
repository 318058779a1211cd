#ifndef LINE_REPLAY_TRUTH_H
#define LINE_REPLAY_TRUTH_H

#include "line/replay.h"

/** What was true in each month of a replay, as is known by now. For replay.c alone. */
struct truth {
    const struct line_histories *lines;
    int first, end;
    enum hindsight *rate, *rising; /* lines x months: right if it was so, wrong if not */
    bool *sure;                    /* the rise was no chance */
    bool *rate_alarmed, *rising_alarmed;
};

void truth_make(struct truth *truth, const struct line_histories *lines, int first, int end,
                struct arena *arena);
/** Look back at what was judged at the end of a month. */
void truth_tell(struct truth *truth, const struct assessment *assessment, size_t line, int month,
                const struct flag_settings *settings, struct arena *scratch);
/** Which flags stood at the end of a month. */
void truth_alarmed(struct truth *truth, size_t line, int month, bool rate, bool rising);
/** Judge the alarms, and find what was missed. */
void truth_judge(const struct truth *truth, struct replay *replay,
                 const struct flag_settings *settings, struct arena *arena);

#endif
