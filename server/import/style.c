/* How the columns of a file write dates and amounts: decided, or asked for. */
#include "import/survey.h"

#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>

#define NAME_TOLD 120 /* bytes of a column's name */

/* What is open about a column. */
struct question {
    const char *code, *what, *options[2];
};

static const struct question ambiguous_dates = {
    "ambiguous_dates",
    "could be read with the day or with the month first",
    {"date_order=dmy", "date_order=mdy"},
};
static const struct question mixed_dates = {
    "mixed_dates",
    "writes dates in several ways",
    {NULL, NULL},
};
static const struct question contradicted_order = {
    "contradicted_order",
    "cannot be read in the order that the option date_order says",
    {NULL, NULL},
};
static const struct question ambiguous_decimals = {
    "ambiguous_decimals",
    "could be read with a comma or with a dot before the decimals",
    {"decimal=dot", "decimal=comma"},
};
static const struct question mixed_decimals = {
    "mixed_decimals",
    "writes amounts both with a comma and with a dot before the decimals",
    {NULL, NULL},
};
static const struct question contradicted_decimal = {
    "contradicted_decimal",
    "cannot be read with the mark before decimals that the option decimal says",
    {NULL, NULL},
};

static void ask(struct import_report *report, const struct import_column *column,
                const struct question *question, uint64_t line, struct import_error *error)
{
    json_t *options = json_array();
    char detail[400];

    for (size_t i = 0; i < 2 && question->options[i]; i++)
        json_array_append_new(options, json_string(question->options[i]));
    snprintf(detail, sizeof detail, "The column \"%.*s\" %s; see line %" PRIu64 ".",
             (int)text_fit(column->name, NAME_TOLD), column->name, question->what, line);
    json_array_append_new(report->questions,
                          json_pack("{s:s, s:s, s:I, s:s, s:o}", "column", column->name, "code",
                                    question->code, "line", (json_int_t)line, "detail", detail,
                                    "options", options));
    import_refuse(
        error, question->code, "%s%s%s%s%s%s", detail,
        question->options[0] ? " Say which by the option " : "",
        question->options[0] ? question->options[0] : "", question->options[1] ? " or " : "",
        question->options[1] ? question->options[1] : "", question->options[0] ? "." : "");
}

/* Whether a person's word fits what a decided column is. */
static bool order_fits(enum date_style style, enum date_order order)
{
    bool month_first = style == DATE_MONTH_SLASH || style == DATE_MONTH_HYPHEN;
    bool day_first = style == DATE_DAY_SLASH || style == DATE_DAY_HYPHEN;

    return order == DAY_FIRST ? !month_first : !day_first;
}

static void dates_decide(struct import_column *column, const struct import_how *how,
                         struct import_report *report, struct import_error *error)
{
    const struct date_column *dates = &column->dates;

    switch (date_column_decide(dates, &column->date_style)) {
    case CONVENTION_MIXED:
        ask(report, column, &mixed_dates, dates->first_mixed, error);
        break;
    case CONVENTION_AMBIGUOUS:
        if (!how->date_order ||
            !date_order_pick(dates->styles, *how->date_order, &column->date_style))
            ask(report, column, &ambiguous_dates, dates->first_read, error);
        break;
    case CONVENTION_DECIDED:
        if (how->date_order && !order_fits(column->date_style, *how->date_order))
            ask(report, column, &contradicted_order, dates->first_read, error);
        break;
    case CONVENTION_EMPTY:
    case CONVENTION_UNREADABLE:
        break;
    }
}

static void decimals_decide(struct import_column *column, const struct import_how *how,
                            struct import_report *report, struct import_error *error)
{
    const struct decimal_column *decimals = &column->decimals;

    switch (decimal_column_decide(decimals, &column->decimal_style)) {
    case CONVENTION_MIXED:
        ask(report, column, &mixed_decimals, decimals->first_mixed, error);
        break;
    case CONVENTION_AMBIGUOUS:
        if (how->decimal)
            column->decimal_style = *how->decimal;
        else
            ask(report, column, &ambiguous_decimals, decimals->first_read, error);
        break;
    case CONVENTION_DECIDED:
        if (how->decimal && decimals->marked && column->decimal_style != *how->decimal)
            ask(report, column, &contradicted_decimal, decimals->first_read, error);
        break;
    case CONVENTION_EMPTY:
    case CONVENTION_UNREADABLE:
        break;
    }
}

bool survey_decide(struct import_survey *survey, const struct import_how *how,
                   struct import_report *report, struct import_error *error)
{
    for (size_t i = 0; i < survey->ncolumns; i++) {
        struct import_column *column = &survey->columns[i];

        if (column->styled && column->kind == KIND_DATE)
            dates_decide(column, how, report, error);
        else if (column->styled)
            decimals_decide(column, how, report, error);
    }
    return !error->code;
}

/* The style of a column, for a person; NULL if it has none. */
static const char *style_of(const struct import_column *column)
{
    if (!column->styled || (!column->dates.read && !column->decimals.read))
        return NULL;
    return column->kind == KIND_DATE ? date_style_name(column->date_style)
                                     : decimal_style_name(column->decimal_style);
}

static json_t *columns_json(const struct import_survey *survey)
{
    json_t *list = json_array();

    for (size_t i = 0; i < survey->ncolumns; i++) {
        const struct import_column *column = &survey->columns[i];

        json_array_append_new(list, json_pack("{s:s, s:s?, s:s?, s:s, s:s?, s:I}", "name",
                                              column->name, "field", column->field, "kind",
                                              column->field ? column_kind_name(column->kind) : NULL,
                                              "use", column->use, "style", style_of(column),
                                              "blank", (json_int_t)column->blank));
    }
    return list;
}

void import_survey_json(const struct import_survey *survey, const struct import_how *how,
                        json_t *into)
{
    char delimiter[2] = {survey->table.delimiter, '\0'}, hash[2 * IMPORT_HASH + 1];
    json_t *file;

    sodium_bin2hex(hash, sizeof hash, survey->hash, sizeof survey->hash);
    file = json_pack("{s:s?, s:I, s:b, s:s?}", "name", how->options->file_name, "bytes",
                     (json_int_t)survey->bytes, "packed", survey->packed, "hash",
                     survey->columns ? hash : NULL);
    json_object_set_new(into, "file", file);
    json_object_set_new(into, "format",
                        how->mapped          ? json_string("mapped")
                        : survey->format > 0 ? json_string(format_name(survey->format))
                                             : json_null());
    json_object_set_new(into, "encoding",
                        survey->bytes ? json_string(encoding_name(survey->encoding.encoding))
                                      : json_null());
    json_object_set_new(into, "delimiter", *delimiter ? json_string(delimiter) : json_null());
    json_object_set_new(into, "quoted", json_boolean(survey->table.quoted));
    json_object_set_new(into, "header_line", json_integer((json_int_t)survey->header_line));
    json_object_set_new(into, "columns", columns_json(survey));
}
