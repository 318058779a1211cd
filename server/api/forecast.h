#ifndef API_FORECAST_H
#define API_FORECAST_H

#include "api/analysis.h"
#include "line/model.h"
#include "line/prospect.h"

/** What is asked of a forecast, read. Ages and times are in periods of 30 days, 12 in 365. */
struct forecast_terms {
    double periods, warranty;
    double production[PROSPECT_PERIODS_MAX];
    size_t shipped; /* entries of `production` */
    bool exact;     /* failures at the end of their period, as ReliaSoft takes them */
    unsigned model; /* one of enum life_model, or MODEL_BEST */
    double seed;
};

/** A forecast being made. */
struct outlook {
    const struct forecast_terms *terms;
    struct line_model model;
    struct prospect prospect;
    struct forecast total; /* of all periods */
    bool known;            /* whether there is one */
    double *each;          /* of each day of `prospect` */
};

/** The plan that looks so many periods ahead, by days or by months of shipment. */
struct forecast_plan outlook_plan(const struct outlook *outlook, double periods, bool by_month);

/** Write from `status` and `model` to `runner_up_expected`. */
void forecast_tell_total(struct analysis *analysis, const struct outlook *outlook);
/** Write the tables `items`, `cohorts` and `shipments`. */
void forecast_tell_tables(struct analysis *analysis, const struct outlook *outlook);

#define FORECAST_TABLE_MEMBERS                                                                     \
    TABLE_MEMBER("items",                                                                          \
                 "\"period\",\"days\",\"expected\",\"cumulative\",\"process_variance\","           \
                 "\"parameter_variance\",\"low\",\"high\",\"poisson_low\",\"poisson_high\","       \
                 "\"extrapolated\"",                                                               \
                 "\"period\":{\"type\":\"integer\"},\"days\":{\"type\":\"integer\"},"              \
                 "\"expected\":" NULLABLE_NUMBER ",\"cumulative\":" NULLABLE_NUMBER                \
                 ",\"process_variance\":" NULLABLE_NUMBER                                          \
                 ",\"parameter_variance\":" NULLABLE_NUMBER ",\"low\":" NULLABLE_NUMBER            \
                 ",\"high\":" NULLABLE_NUMBER ",\"poisson_low\":" NULLABLE_NUMBER                  \
                 ",\"poisson_high\":" NULLABLE_NUMBER ",\"extrapolated\":{\"type\":\"boolean\"}"), \
        TABLE_MEMBER("cohorts", "\"month\",\"survivors\",\"age\",\"expected\"",                    \
                     "\"month\":{\"type\":\"string\",\"format\":\"date\"},\"survivors\":{"         \
                     "\"type\":\"number\"},\"age\":" NULLABLE_NUMBER                               \
                     ",\"expected\":" NULLABLE_NUMBER),                                            \
        TABLE_MEMBER("shipments", "\"period\",\"units\",\"expected\"",                             \
                     "\"period\":{\"type\":\"integer\"},\"units\":{\"type\":\"number\"},"          \
                     "\"expected\":" NULLABLE_NUMBER)

#endif
