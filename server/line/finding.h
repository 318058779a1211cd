#ifndef LINE_FINDING_H
#define LINE_FINDING_H

#include "line/assess.h"

/** What is found about a line, and how much of an alarm it is. */

enum flag_code {
#define FLAG_CODE(NAME, name) FLAG_##NAME,
#include "line/flag_code.def"
#undef FLAG_CODE
    NFLAG_CODES
};
/** Its name, as it is told and kept. */
const char *flag_code_name(enum flag_code code);
/** The code of a name; NFLAG_CODES if there is none. */
enum flag_code flag_code_find(const char *name);

enum level { LEVEL_NONE, LEVEL_NO_VERDICT, LEVEL_WATCH, LEVEL_AT_RISK, LEVEL_LOSS_MAKING };
/** Its name; that of LEVEL_NONE is "earning". */
const char *level_name(enum level level);
/** The level of a name; LEVEL_NONE if there is none, or for NULL. */
enum level level_find(const char *name);

struct finding {
    enum flag_code code;
    const char *subject;       /* the lot of a BATCH_CLUSTER; else "" */
    enum level enter;          /* what is raised by it; LEVEL_NONE: nothing */
    enum level lasts;          /* what is not over of what was raised before: at least `enter` */
    const struct batch *batch; /* of a BATCH_CLUSTER */
};

/**
 * Judge an assessment by the thresholds. Findings that neither raise nor keep anything are left
 * out. Returns how many there are.
 */
size_t findings_make(struct finding **findings, const struct assessment *assessment,
                     const struct flag_settings *settings, struct arena *arena);

/** Whether the newest months are a rise by the thresholds. */
bool trend_rises(const struct trend *trend, const struct flag_settings *settings);

/**
 * The status of a line: the highest level of its findings. Without an alarm it is LEVEL_NONE,
 * or LEVEL_NO_VERDICT where the data do not tell (see assessment_gap()): what is wrong with a
 * line is told although the whole is not known, that all is well is not.
 */
enum level findings_status(const struct finding *findings, size_t n, const char *gap);

/** The finding as a sentence with its numbers. */
const char *finding_sentence(const struct finding *finding, const struct assessment *assessment,
                             const struct flag_settings *settings, struct arena *arena);

#endif
