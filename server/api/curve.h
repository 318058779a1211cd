#ifndef API_CURVE_H
#define API_CURVE_H

#include "api/analysis.h"
#include "line/day_bins.h"
#include "line/model.h"

/** What the parts of the answer about a line's lifetimes share. Ages are days. */
struct curve {
    const struct lifetimes *lifetimes;
    struct day_bins bins;
    struct model_cells cells;
    struct line_model model;
    double age; /* asked for */
};

/** Days ahead for which models are compared by what they forecast. */
#define CURVE_AHEAD 180
/** Runner-ups whose forecast differs by more than this share are told. */
#define CURVE_DISAGREEMENT 0.2

/** Write `status`, `model` ... and the tables `models`, `parameters` and `fitted`, and warn. */
void curve_tell_models(struct analysis *analysis, const struct curve *curve);
/** Write the table `segments`: lots that differ from the others. */
void curve_tell_lots(struct analysis *analysis, const struct curve *curve);

#define CURVE_MODEL_MEMBERS                                                                        \
    WORD_MEMBER("status"), WORD_MEMBER("source"), WORD_MEMBER("model"), NUMBER_MEMBER("failures"), \
        NUMBER_MEMBER("family_beta"), NUMBER_MEMBER("eta_at_least"),                               \
        TABLE_MEMBER("models",                                                                     \
                     "\"model\",\"status\",\"log_likelihood\",\"aic\",\"delta\",\"fitted\","       \
                     "\"mu\",\"sigma\",\"eta\",\"beta\",\"dead\",\"defective\",\"mean\",\"b10\","  \
                     "\"rate\",\"expected\"",                                                      \
                     "\"model\":{\"type\":\"string\"},\"status\":{\"type\":\"string\"},"           \
                     "\"log_likelihood\":" NULLABLE_NUMBER ",\"aic\":" NULLABLE_NUMBER             \
                     ",\"delta\":" NULLABLE_NUMBER                                                 \
                     ",\"fitted\":{\"type\":\"integer\"},\"mu\":" NULLABLE_NUMBER                  \
                     ",\"sigma\":" NULLABLE_NUMBER ",\"eta\":" NULLABLE_NUMBER                     \
                     ",\"beta\":" NULLABLE_NUMBER ",\"dead\":" NULLABLE_NUMBER                     \
                     ",\"defective\":" NULLABLE_NUMBER ",\"mean\":" NULLABLE_NUMBER                \
                     ",\"b10\":" NULLABLE_NUMBER ",\"rate\":" NULLABLE_NUMBER                      \
                     ",\"expected\":" NULLABLE_NUMBER),                                            \
        TABLE_MEMBER("parameters",                                                                 \
                     "\"model\",\"parameter\",\"estimate\",\"error\",\"low\",\"high\","            \
                     "\"method\"",                                                                 \
                     "\"model\":{\"type\":\"string\"},\"parameter\":{\"type\":\"string\"},"        \
                     "\"estimate\":" NULLABLE_NUMBER ",\"error\":" NULLABLE_NUMBER                 \
                     ",\"low\":" NULLABLE_NUMBER ",\"high\":" NULLABLE_NUMBER                      \
                     ",\"method\":{\"type\":\"string\"}"),                                         \
        TABLE_MEMBER("fitted", "\"age\",\"rate\",\"runner_up\",\"extrapolated\"",                  \
                     "\"age\":{\"type\":\"integer\"},\"rate\":" NULLABLE_NUMBER                    \
                     ",\"runner_up\":" NULLABLE_NUMBER ",\"extrapolated\":{\"type\":\"boolean\"}")
#define CURVE_LOT_MEMBER                                                                                       \
    TABLE_MEMBER(                                                                                              \
        "segments",                                                                                            \
        "\"lot\",\"n\",\"x\",\"rate\",\"others_rate\",\"eta\",\"beta\",\"statistic\",\"p\",\"q\",\"differs\"", \
        "\"lot\":{\"type\":\"string\"},\"n\":{\"type\":\"number\"},\"x\":{\"type\":"                           \
        "\"number\"},\"rate\":" NULLABLE_NUMBER ",\"others_rate\":" NULLABLE_NUMBER                            \
        ",\"eta\":" NULLABLE_NUMBER ",\"beta\":" NULLABLE_NUMBER ",\"statistic\":" NULLABLE_NUMBER             \
        ",\"p\":" NULLABLE_NUMBER ",\"q\":" NULLABLE_NUMBER ",\"differs\":{\"type\":\"boolean\"}")

#endif
