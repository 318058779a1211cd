#ifndef IMPORT_FACT_H
#define IMPORT_FACT_H

#include "read/convention.h"
#include "read/reason.h"
#include "read/serial_range.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What a row of a file says, in our words: the one thing that all formats become. */
enum fact_kind {
    FACT_SHIPMENT, /* units were ordered and shipped; 0 of them as long as they are not */
    FACT_RETURN,
    FACT_CANCEL, /* before they were shipped */
    FACT_REFUND, /* money back, whether or not units came back */
    FACT_REIMBURSEMENT,
    FACT_REPLACEMENT, /* an order that replaces another one */
};
#define FACT_KINDS (FACT_REPLACEMENT + 1)
/** "shipment"; the names of source_row.kind. */
const char *fact_kind_name(enum fact_kind kind);

/** A day, where it is known. */
struct fact_day {
    bool known;
    struct date_value value;
};

#define FACT_ID 16

/** Of two sources that tell the same of an order, the one with the higher rank is believed. */
enum fact_rank {
    RANK_DERIVED = 10,   /* from what was paid for something else */
    RANK_TOLD = 20,      /* in passing */
    RANK_ORDER = 30,     /* as the state of an order */
    RANK_UNIT = 40,      /* unit by unit, by whoever moved it */
    RANK_OWN_BOOKS = 50, /* by a mapping: a person says what the file means */
};

struct fact {
    enum fact_kind kind;
    enum fact_rank rank;
    unsigned char key[FACT_ID];    /* what identifies the row; equal keys are numbered later */
    unsigned char own[FACT_ID];    /* its order; the key, if it has none */
    unsigned char parent[FACT_ID]; /* what that belongs to, see source_row.parent */
    bool has_parent;
    const char *sku, *country, *channel;
    const char *lot, *reason; /* "" if not told */
    struct fact_day shipped, came;
    bool classed;
    enum event_class class;
    int32_t units;
    int64_t money;        /* minor units */
    const char *currency; /* NULL: none, and no money */
    bool restocked, reimbursed;
    const struct serial_list *serials; /* NULL: none */
    const char *note;                  /* the delivery note of the serials */
};

/**
 * An id made of texts: BLAKE2b of a name for what they are, and of each of the `n` texts. None
 * of them can be had back from it.
 */
void fact_id(unsigned char id[FACT_ID], const char *what, size_t n, const char *const *texts);
/** The id of an order, the same for all files that name it. */
void fact_order_id(unsigned char id[FACT_ID], const char *order);

#endif
