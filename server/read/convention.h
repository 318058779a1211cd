#ifndef READ_CONVENTION_H
#define READ_CONVENTION_H

#include <stdbool.h>
#include <stdint.h>

/**
 * How the cells of a column write dates and amounts: found from all of them, never from the
 * locale, the file's name or its first row.
 *
 * Each cell says in which styles it can be read; the style of the column is the one that all
 * of them have in common. What stays open is AMBIGUOUS, and the person who sends the file has
 * to say it: 03/04/2026 in every row is March to one half of the world and April to the other.
 */
enum convention {
    CONVENTION_EMPTY,      /* all cells are blank */
    CONVENTION_DECIDED,    /* one style */
    CONVENTION_AMBIGUOUS,  /* several styles read all cells, and differently */
    CONVENTION_MIXED,      /* no style reads all cells that can be read at all */
    CONVENTION_UNREADABLE, /* no cell can be read */
};

/*
 * Dates. All but the first three may have a time and a zone behind them; a time may have
 * seconds and AM or PM in the words of Amazon's exports (a.m., p. m., 上午, 下午).
 */
enum date_style {
    DATE_ISO,        /* 2026-10-02, 2026-10-02 08:14:02 */
    DATE_ISO_OFFSET, /* 2026-10-02T08:14:02+02:00, ...Z, 2026-10-02 08:14:02 -0300 */
    DATE_ISO_ZONE,   /* 2026-10-02 08:14:02 UTC */
    DATE_DAY_MON,    /* 10-Jul-2025 */
    DATE_DAY_SLASH,  /* 31/12/25, 31/12/2025 */
    DATE_MONTH_SLASH,
    DATE_DAY_DOT, /* 31.12.2025 */
    DATE_DAY_HYPHEN,
    DATE_MONTH_HYPHEN, /* 04-30-22 */
    DATE_YEAR_SLASH,   /* 2025/12/31 */
    DATE_MONTH_NAME,   /* Jun 8, 2025 10:23:05 PM PDT */
    DATE_DAY_NAME,     /* 8 juin 2025 22:23:05 UTC; six languages' months */
    DATE_YEAR_SIGNS,   /* 2025年6月8日 */
    DATE_STYLES,
};

/** A name for people and for mappings: "dd/mm/yyyy". */
const char *date_style_name(enum date_style style);

/** What a cell says. */
struct date_value {
    int32_t day;        /* as written, days from 2000-01-01 */
    int32_t second;     /* of that day, as written; -1 without a time */
    bool instant_known; /* there is a time, and a zone that is known and means one thing */
    int64_t instant;    /* seconds since 1970, UTC */
};

/**
 * Read a date by its column's style; blanks at either end do not count, years are 1990 to
 * 2199, two digits being from 2000 on. NULL if it is good; else what is wrong with it, as the
 * end of a sentence, and nothing is written. CST and IST are zones, but not known: each is
 * several.
 */
const char *date_cell_read(const char *cell, enum date_style style, struct date_value *value);

/** A column of dates, cell by cell. A zeroed struct has seen none. */
struct date_column {
    uint64_t read, blank, unreadable;
    uint64_t first_read, first_unreadable, first_mixed; /* the lines; 0: none */
    uint32_t styles; /* a bit for each that reads all: 1u << style */
};

/** See the cell of that line. */
void date_column_add(struct date_column *column, const char *cell, uint64_t line);
/**
 * Decide after the last cell. `style` is written when it is decided, and when it is ambiguous
 * with the first of those that `styles` names. Unreadable cells decide nothing: see the count.
 */
enum convention date_column_decide(const struct date_column *column, enum date_style *style);

/** What a person says of dates that could be read in two ways. */
enum date_order { DAY_FIRST, MONTH_FIRST };
/**
 * Of the styles that an ambiguous column has left the one in that order; false, and nothing
 * written, if it is not the order of day and month that is open.
 */
bool date_order_pick(uint32_t styles, enum date_order order, enum date_style *style);

/* Amounts. Groups of three digits may be set off by the other mark, a blank or an apostrophe. */
enum decimal_style {
    DECIMAL_DOT,   /* 1,234.50 */
    DECIMAL_COMMA, /* 1.234,50 */
    DECIMAL_STYLES,
};

/** "1,234.50" or "1.234,50". */
const char *decimal_style_name(enum decimal_style style);

/** Most decimals of a unit that decimal_cell_read() can give. */
#define DECIMAL_EXPONENT_MAX 6

/**
 * Read an amount into whole minor units of 10^-exponent, exactly: 1.234,50 with the exponent 2
 * is 123450. A sign may stand before or behind, or the whole be in round brackets, which is a
 * minus. Decimals beyond the exponent must be 0: nothing is rounded. NULL if it is good; else
 * what is wrong with it, as the end of a sentence, and nothing is written. The exponent -1
 * asks for the form only, and `minor` becomes 0.
 */
const char *decimal_cell_read(const char *cell, enum decimal_style style, int exponent,
                              int64_t *minor);

/** Columns of amounts, cell by cell; those of one file that share a style may share this. */
struct decimal_column {
    uint64_t read, blank, unreadable;
    uint64_t first_read, first_unreadable, first_mixed; /* the lines; 0: none */
    bool marked;                                        /* some cell has a mark in it */
    uint32_t styles; /* a bit for each that reads all: 1u << style */
};

/** See the cell of that line. */
void decimal_column_add(struct decimal_column *column, const char *cell, uint64_t line);
/**
 * Decide after the last cell; `style` as above. 1,234 in every row is ambiguous; numbers
 * without any mark are read alike by both styles, so they are decided, as DECIMAL_DOT.
 */
enum convention decimal_column_decide(const struct decimal_column *column,
                                      enum decimal_style *style);

/** Whether a cell is blank: nothing, or blanks of any width. */
bool cell_is_blank(const char *cell);

#endif
