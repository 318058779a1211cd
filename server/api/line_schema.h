#ifndef API_LINE_SCHEMA_H
#define API_LINE_SCHEMA_H

/** JSON Schema of what line/tell.h writes. A property that is not the first begins with AND_. */

#define PROPERTY(name, schema) "\"" name "\":" schema
#define NULLABLE_WORD          "{\"type\":[\"string\",\"null\"]}"
#define NULLABLE_DAY           "{\"type\":[\"string\",\"null\"],\"format\":\"date\"}"

#define NUMBER_OF(name)         PROPERTY(name, NULLABLE_NUMBER)
#define WORD_OF(name)           PROPERTY(name, "{\"type\":\"string\"}")
#define AND(name, schema)       "," PROPERTY(name, schema)
#define AND_NUMBER(name)        AND(name, NULLABLE_NUMBER)
#define AND_WHOLE(name)         AND(name, "{\"type\":\"integer\"}")
#define AND_FLAG(name)          AND(name, "{\"type\":\"boolean\"}")
#define AND_WORD(name)          AND(name, "{\"type\":\"string\"}")
#define AND_NULLABLE_WORD(name) AND(name, NULLABLE_WORD)
#define AND_DAY(name)           AND(name, NULLABLE_DAY)
#define AND_INTERVAL(name)      AND(name, INTERVAL_SCHEMA)

#define OBJECT(properties) "{\"type\":\"object\",\"properties\":{" properties "}}"
#define OBJECT_OR_NULL(properties) \
    "{\"type\":[\"object\",\"null\"],\"properties\":{" properties "}}"
#define LIST(properties) "{\"type\":\"array\",\"items\":" OBJECT(properties) "}"

#define SHRUNK_SCHEMA                                                              \
    OBJECT_OR_NULL(NUMBER_OF("rate") AND_INTERVAL("interval") AND_NUMBER("weight") \
                       AND_WORD("lent") AND_WHOLE("lines"))
#define AND_SHRUNK AND("shrunk", SHRUNK_SCHEMA)
#define AND_RATE(name)                                                                          \
    AND(name, OBJECT(NUMBER_OF("x") AND_NUMBER("n") AND_NUMBER("rate") AND_INTERVAL("interval") \
                         AND_NULLABLE_WORD("reason") AND_SHRUNK))
#define AND_NOWCAST                                                                              \
    AND("nowcast", OBJECT(NUMBER_OF("age") AND_NUMBER("x") AND_NUMBER("n") AND_NUMBER("shipped") \
                              AND_NUMBER("ultimate") AND_NUMBER("rate") AND_NULLABLE_WORD(       \
                                  "development") AND_NULLABLE_WORD("reason") AND_SHRUNK))
#define AND_TREND                                                                               \
    AND("trend", OBJECT(PROPERTY("from", NULLABLE_DAY) AND_DAY("to") AND_NUMBER("observed")     \
                            AND_NUMBER("expected") AND_NUMBER("ratio") AND_INTERVAL("interval") \
                                AND_NUMBER("p") AND_NUMBER("q") AND_FLAG("borrowed")            \
                                    AND_NULLABLE_WORD("reason")))
#define COST_PROPERTIES                 \
    PROPERTY("currency", NULLABLE_WORD) \
    AND_NUMBER("price_minor")           \
    AND_NUMBER("margin_minor") AND_NUMBER("loss_minor") AND_NUMBER("claims_cost_minor")
#define RISK_PROPERTIES      \
    AND_NUMBER("break_even") \
    AND_NUMBER("p_loss")     \
    AND_NUMBER("p_loss_error") AND_NUMBER("shortfall_minor") AND_NUMBER("profit_minor")
#define QUARTER_PROPERTIES         \
    AND_NUMBER("units")            \
    AND_NUMBER("expected_returns") \
    AND_NUMBER("bad_returns") AND_NUMBER("at_risk_minor") AND_NUMBER("money_per_point_minor")
#define MONEY_PROPERTIES                                                         \
    COST_PROPERTIES RISK_PROPERTIES QUARTER_PROPERTIES AND_NUMBER("margin_lost") \
        AND_NUMBER("booked_minor") AND_WHOLE("booked_months") AND_NULLABLE_WORD("reason")
#define AND_MONEY AND("money", OBJECT(MONEY_PROPERTIES))
#define AND_FEE                                                                                    \
    AND("fee", OBJECT(PROPERTY("category", NULLABLE_WORD) AND_NUMBER("threshold") AND_DAY("month") \
                          AND_NUMBER("x") AND_NUMBER("n") AND_NUMBER("rate") AND_NUMBER("units")   \
                              AND_NUMBER("p_above") AND_NULLABLE_WORD("reason")))
#define AND_BATCHES                                                                      \
    AND("batches", LIST(WORD_OF("lot") AND_NUMBER("shipped") AND_NUMBER("observed")      \
                            AND_NUMBER("expected") AND_NUMBER("ratio") AND_NUMBER("llr") \
                                AND_NUMBER("boundary") AND_NUMBER("p") AND_FLAG("signal")))
#define AND_REASONS \
    AND("reasons",  \
        LIST(WORD_OF("code") AND_WORD("level") AND_NULLABLE_WORD("subject") AND_WORD("sentence")))

#define AND_UNCOVERED       AND("uncovered", OBJECT(NUMBER_OF("x") AND_NUMBER("share")))
#define IDENTITY_PROPERTIES WORD_OF("id") AND_WORD("code") AND_WORD("name") AND_WORD("family")
#define AND_COUNTS          AND_NUMBER("shipped") AND_NUMBER("returned") AND_NUMBER("matured")
#define AND_RATES           AND_RATE("grr") AND_RATE("nrr") AND_RATE("qrr")
#define AND_RISKS           AND_TREND AND_MONEY AND_FEE AND_UNCOVERED AND_NUMBER("danger") AND_BATCHES

/** The properties of an assessment. */
#define ASSESSMENT_PROPERTIES IDENTITY_PROPERTIES AND_COUNTS AND_RATES AND_NOWCAST AND_RISKS

#endif
