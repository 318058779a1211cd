/* From figures to findings. */
#include "line/finding.h"

#include <math.h>
#include <string.h>

static const char *const code_names[NFLAG_CODES] = {
#define FLAG_CODE(NAME, name) #name,
#include "line/flag_code.def"
#undef FLAG_CODE
};

static const char *const level_names[] = {"earning", "no_verdict", "watch", "at_risk",
                                          "loss_making"};

const char *flag_code_name(enum flag_code code)
{
    return code_names[code];
}

enum flag_code flag_code_find(const char *name)
{
    for (int i = 0; i < NFLAG_CODES; i++)
        if (!strcmp(code_names[i], name))
            return (enum flag_code)i;
    return NFLAG_CODES;
}

const char *level_name(enum level level)
{
    return level_names[level];
}

enum level level_find(const char *name)
{
    for (int i = LEVEL_NO_VERDICT; name && i <= LEVEL_LOSS_MAKING; i++)
        if (!strcmp(level_names[i], name))
            return (enum level)i;
    return LEVEL_NONE;
}

/* What is judged, and where findings go. */
struct judgement {
    const struct assessment *it;
    const struct flag_settings *settings;
    struct finding *findings;
    size_t n;
};

static enum level higher(enum level a, enum level b)
{
    return a > b ? a : b;
}

static void add(struct judgement *judgement, enum flag_code code, enum level enter,
                enum level lasts)
{
    if (enter || lasts)
        judgement->findings[judgement->n++] =
            (struct finding){code, "", enter, higher(enter, lasts), NULL};
}

/* A rule that is entered at a threshold and left below a share of it. */
static void add_watch(struct judgement *judgement, enum flag_code code, double value,
                      double threshold)
{
    double left = threshold * judgement->settings->leave_share;

    add(judgement, code, value >= threshold ? LEVEL_WATCH : LEVEL_NONE,
        value >= left ? LEVEL_WATCH : LEVEL_NONE);
}

static enum level rate_level(const struct assessment *it, double watch, double at_risk, double loss,
                             double margin_loss, bool booked_loss)
{
    double p = it->money.p_loss;

    if (p >= loss || booked_loss)
        return LEVEL_LOSS_MAKING;
    if (p >= at_risk || it->money.erosion > margin_loss)
        return LEVEL_AT_RISK;
    return p >= watch ? LEVEL_WATCH : LEVEL_NONE;
}

static void judge_rate(struct judgement *judgement)
{
    const struct flag_settings *s = judgement->settings;
    const struct assessment *it = judgement->it;
    double left = s->leave_share;

    if (assessment_gap(it, s))
        return;
    add(judgement, FLAG_RATE_ABOVE_BREAKEVEN,
        rate_level(it, s->chance_watch, s->chance_at_risk, s->chance_loss, s->margin_loss_max,
                   it->money.booked < 0),
        rate_level(it, left * s->chance_watch, s->chance_at_risk_leave, s->chance_loss_leave,
                   left * s->margin_loss_max, it->money.booked <= 0));
}

bool trend_rises(const struct trend *trend, const struct flag_settings *settings)
{
    return trend->tested && trend->q <= settings->discovery_max &&
           trend->ratio >= settings->ratio_min &&
           trend->observed - trend->expected >= settings->excess_min;
}

/* A ratio is left below a share of what it has above 1. */
static void judge_trend(struct judgement *judgement)
{
    const struct flag_settings *s = judgement->settings;
    const struct trend *trend = &judgement->it->trend;
    double excess = trend->observed - trend->expected;
    bool lasts = trend->ratio >= 1 + s->leave_share * (s->ratio_min - 1) &&
                 excess >= s->leave_share * s->excess_min;

    add(judgement, FLAG_RISING, trend_rises(trend, s) ? LEVEL_WATCH : LEVEL_NONE,
        lasts ? LEVEL_WATCH : LEVEL_NONE);
}

static void judge_batches(struct judgement *judgement)
{
    for (size_t i = 0; i < judgement->it->nbatches; i++) {
        const struct batch *batch = &judgement->it->batches[i];

        judgement->findings[judgement->n++] = (struct finding){
            .code = FLAG_BATCH_CLUSTER,
            .subject = batch->lot,
            .enter = batch->signal ? LEVEL_WATCH : LEVEL_NONE,
            .lasts = LEVEL_WATCH,
            .batch = batch,
        };
    }
}

static void judge_fee(struct judgement *judgement)
{
    const struct line_fee *fee = &judgement->it->fee;

    if (fee->judged)
        add_watch(judgement, FLAG_FEE_THRESHOLD, fee->verdict.p_above,
                  judgement->settings->fee_chance);
}

/* A danger alone is watched; with any other reason to watch the line is at risk. */
static void judge_danger(struct judgement *judgement)
{
    enum level level = LEVEL_WATCH;

    if (judgement->it->danger < judgement->settings->danger_events)
        return;
    for (size_t i = 0; i < judgement->n; i++)
        if (judgement->findings[i].enter >= LEVEL_WATCH)
            level = LEVEL_AT_RISK;
    add(judgement, FLAG_SAFETY, level, level);
}

static void judge_data(struct judgement *judgement)
{
    const char *gap = assessment_gap(judgement->it, judgement->settings);

    if (gap && strcmp(gap, "no_shipments") != 0)
        add(judgement, strcmp(gap, "immature") ? FLAG_DATA_GAP : FLAG_IMMATURE, LEVEL_NO_VERDICT,
            LEVEL_NONE);
}

static int by_code(const struct finding *a, const struct finding *b)
{
    return (a->code > b->code) - (a->code < b->code);
}

/* Few, and lots are in their order already. */
static void sort(struct finding *findings, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k && by_code(&findings[k - 1], &findings[k]) > 0; k--) {
            struct finding held = findings[k];

            findings[k] = findings[k - 1];
            findings[k - 1] = held;
        }
}

size_t findings_make(struct finding **findings, const struct assessment *assessment,
                     const struct flag_settings *settings, struct arena *arena)
{
    struct judgement judgement = {
        .it = assessment,
        .settings = settings,
        .findings = arena_alloc(arena, (NFLAG_CODES + assessment->nbatches) * sizeof **findings),
    };

    judge_rate(&judgement);
    judge_trend(&judgement);
    judge_batches(&judgement);
    judge_fee(&judgement);
    judge_danger(&judgement);
    add_watch(&judgement, FLAG_COST_UP, money_cost_rise(&assessment->money), settings->cost_up);
    add_watch(&judgement, FLAG_PRICE_DOWN, money_price_fall(&assessment->money),
              settings->price_down);
    judge_data(&judgement);
    sort(judgement.findings, judgement.n);
    *findings = judgement.findings;
    return judgement.n;
}

enum level findings_status(const struct finding *findings, size_t n, const char *gap)
{
    enum level level = gap ? LEVEL_NO_VERDICT : LEVEL_NONE;

    for (size_t i = 0; i < n; i++)
        level = higher(level, findings[i].enter);
    return level;
}
