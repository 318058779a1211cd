/* What flags would have been raised in the past, and how often they would have been right. */
#include "api/watch.h"
#include "line/replay.h"
#include "line/tell.h"

#include <math.h>
#include <string.h>

#define MONTHS_DEFAULT 12
/* Months before the first one that its judgement stands on. */
#define MONTHS_BEFORE 24

struct backtest_query {
    struct watching watching;
    const char *from, *to, *line;
    struct flag_settings thresholds; /* NAN: as they are in force */
    /* From here on it is filled on the way. */
    int first, end;
};

static const struct field backtest_fields[] = {
    SCOPE_UNIT_FIELDS,
    FIELD(struct backtest_query, from, MONTH, .optional = true),
    FIELD(struct backtest_query, to, MONTH, .optional = true),
    FIELD(struct backtest_query, line, ID, .optional = true),
#define FLAG_SETTING(setting, ...)                                  \
    {.name = #setting,                                              \
     .type = NUMBER,                                                \
     .offset = offsetof(struct backtest_query, thresholds.setting), \
     .optional = true},
#include "line/flag_setting.def"
#undef FLAG_SETTING
};
const struct field_table backtest_run_query = {backtest_fields,
                                               sizeof backtest_fields / sizeof *backtest_fields,
                                               sizeof(struct backtest_query)};

#define TEXT_PROPERTY(name)     "\"" name "\":{\"type\":\"string\"}"
#define NULLABLE_PROPERTY(name) "\"" name "\":{\"type\":[\"string\",\"null\"]}"
#define DATE_PROPERTY(name)     "\"" name "\":{\"type\":[\"string\",\"null\"],\"format\":\"date\"}"
#define WHOLE_PROPERTY(name)    "\"" name "\":{\"type\":\"integer\"}"
#define FLAG_PROPERTIES   \
    TEXT_PROPERTY("line") \
    "," TEXT_PROPERTY("line_code") "," TEXT_PROPERTY("code") "," NULLABLE_PROPERTY("subject")

MEMBERS(
    backtest_run_computed, ANALYSIS_MEMBERS, WORD_MEMBER("from"), WORD_MEMBER("to"),
    INTEGER_MEMBER("lines"), INTEGER_MEMBER("line_months"),
    TABLE_MEMBER(
        "items",
        "\"line\",\"line_code\",\"code\",\"subject\",\"level\",\"raised\",\"cleared\","
        "\"verdict\",\"since\",\"sentence\"",
        FLAG_PROPERTIES
        "," TEXT_PROPERTY("level") "," DATE_PROPERTY("raised") "," DATE_PROPERTY("cleared") "," TEXT_PROPERTY(
            "verdict") "," DATE_PROPERTY("since") "," TEXT_PROPERTY("sentence")),
    TABLE_MEMBER("missed", "\"line\",\"line_code\",\"code\",\"subject\",\"from\",\"to\"",
                 FLAG_PROPERTIES "," DATE_PROPERTY("from") "," DATE_PROPERTY("to")),
    TABLE_MEMBER(
        "scores",
        "\"code\",\"alarms\",\"right\",\"wrong\",\"open\",\"missed\",\"delay\","
        "\"wrong_per_line_year\"",
        TEXT_PROPERTY("code") "," WHOLE_PROPERTY("alarms") "," WHOLE_PROPERTY("right") "," WHOLE_PROPERTY(
            "wrong") "," WHOLE_PROPERTY("open") "," WHOLE_PROPERTY("missed") ",\"delay\":" NULLABLE_NUMBER
                                                                             ",\"wrong_per_line_year\":" NULLABLE_NUMBER),
    TABLE_MEMBER("thresholds", "\"name\",\"value\",\"in_force\"",
                 TEXT_PROPERTY("name") ",\"value\":" NULLABLE_NUMBER
                                       ",\"in_force\":" NULLABLE_NUMBER));

static analysis_fn tell_backtest;

/* All months that are over by default; no more line-months than a helper thread should take. */
static const char *accept_months(struct watching *watching, struct moment now, size_t lines)
{
    struct backtest_query *asked = (struct backtest_query *)(void *)watching;

    asked->end = asked->to ? month_read(asked->to) : now.month;
    if (asked->end > now.month)
        asked->end = now.month;
    asked->first = asked->from ? month_read(asked->from) : asked->end - MONTHS_DEFAULT;
    if (asked->first >= asked->end)
        return "from must be a month that is over, and before to.";
    if ((size_t)(asked->end - asked->first) * (lines ? lines : 1) > REPLAY_MAX)
        return "That is more than 6000 months of lines: choose a line, or fewer months.";
    watching->back = now.month - asked->first + MONTHS_BEFORE;
    return NULL;
}

/** GET /api/v1/analytics/backtest: the past judged anew, by these thresholds or others. */
void backtest_run(struct request *req)
{
    struct backtest_query *asked = REQ_STATE(req, struct backtest_query);

    if (!QUERY_READ(req, asked))
        return;
    asked->watching.age = asked->thresholds.age;
    asked->watching.accept = accept_months;
    watch_lines(req, asked->line, false, tell_backtest);
}

/* Thresholds that are given take the place of those in force. */
static const char *overriding(struct backtest_query *asked, struct flag_settings *settings)
{
    for (size_t i = 0; i < nflag_setting_kinds; i++) {
        const struct flag_setting_kind *kind = &flag_setting_kinds[i];
        double value = *flag_setting_value(&asked->thresholds, kind);

        if (isnan(value))
            continue;
        if (!flag_setting_allows(kind, value))
            return kind->name;
        *flag_setting_value(settings, kind) = value;
    }
    return NULL;
}

static void tell_flag(struct text *out, const struct line_histories *lines, size_t line,
                      enum flag_code code, const char *subject)
{
    value_word(out, "line", lines->at[line].id);
    value_word(out, "line_code", lines->at[line].code);
    value_word(out, "code", flag_code_name(code));
    value_word(out, "subject", *subject ? subject : NULL);
}

static void tell_alarms(struct text *out, const struct line_histories *lines,
                        const struct replay *replay)
{
    value_open(out, "items", '[');
    for (size_t i = 0; i < replay->nalarms; i++) {
        const struct alarm *alarm = &replay->alarms[i];

        value_open(out, NULL, '{');
        tell_flag(out, lines, alarm->line, alarm->code, alarm->subject);
        value_word(out, "level", level_name(alarm->level));
        month_tell(out, "raised", alarm->raised);
        month_tell(out, "cleared", alarm->cleared);
        value_word(out, "verdict", hindsight_name(alarm->verdict));
        month_tell(out, "since", alarm->since);
        value_word(out, "sentence", alarm->sentence);
        value_close(out, '}');
    }
    value_close(out, ']');
}

static void tell_missed(struct text *out, const struct line_histories *lines,
                        const struct replay *replay)
{
    value_open(out, "missed", '[');
    for (size_t i = 0; i < replay->nmissed; i++) {
        const struct missed *missed = &replay->missed[i];

        value_open(out, NULL, '{');
        tell_flag(out, lines, missed->line, missed->code, missed->subject);
        month_tell(out, "from", missed->first);
        month_tell(out, "to", missed->last + 1);
        value_close(out, '}');
    }
    value_close(out, ']');
}

static void tell_scores(struct text *out, const struct replay *replay, double line_years)
{
    value_open(out, "scores", '[');
    for (size_t i = 0; i < REPLAY_SCORES; i++) {
        const struct score *score = &replay->scores[i];

        value_open(out, NULL, '{');
        value_word(out, "code", flag_code_name(score->code));
        value_whole(out, "alarms", (int64_t)score->alarms);
        value_whole(out, "right", (int64_t)score->right);
        value_whole(out, "wrong", (int64_t)score->wrong);
        value_whole(out, "open", (int64_t)score->open);
        value_whole(out, "missed", (int64_t)score->missed);
        value_number(out, "delay", score->delay);
        value_number(out, "wrong_per_line_year",
                     line_years > 0 ? (double)score->wrong / line_years : NAN);
        value_close(out, '}');
    }
    value_close(out, ']');
}

static void tell_thresholds(struct text *out, struct flag_settings *used,
                            struct flag_settings *in_force)
{
    value_open(out, "thresholds", '[');
    for (size_t i = 0; i < nflag_setting_kinds; i++) {
        value_open(out, NULL, '{');
        value_word(out, "name", flag_setting_kinds[i].name);
        value_number(out, "value", *flag_setting_value(used, &flag_setting_kinds[i]));
        value_number(out, "in_force", *flag_setting_value(in_force, &flag_setting_kinds[i]));
        value_close(out, '}');
    }
    value_close(out, ']');
}

static const char *tell_backtest(struct analysis *analysis)
{
    struct backtest_query *asked = analysis->asked;
    struct flag_settings in_force = asked->watching.settings;
    const char *wrong = overriding(asked, &asked->watching.settings);
    struct text *out = analysis->out;
    struct line_histories lines;
    struct assess_plan plan;
    struct replay replay;
    int64_t months;

    if (wrong)
        return arena_printf(analysis->arena, "%s is not one of its kind, or out of range.", wrong);
    periods_of_age(asked->watching.settings.age, &asked->watching.periods);
    watch_read(analysis, &lines, &plan);
    plan.drawn = false;
    replay_make(&replay, &lines, asked->first, asked->end, &plan, analysis->arena);
    months = (int64_t)lines.n * (asked->end - asked->first);
    value_word(out, "method",
               "every month judged with what was known at its end, likely costs, and by hindsight");
    month_tell(out, "from", asked->first);
    month_tell(out, "to", asked->end);
    value_whole(out, "lines", (int64_t)lines.n);
    value_whole(out, "line_months", months);
    tell_alarms(out, &lines, &replay);
    tell_missed(out, &lines, &replay);
    tell_scores(out, &replay, (double)months / 12);
    tell_thresholds(out, &asked->watching.settings, &in_force);
    return NULL;
}
