#ifndef IMPORT_HOW_H
#define IMPORT_HOW_H

#include "import/import.h"
#include "import/map.h"
#include "import/stream.h"
#include "read/convention.h"
#include "read/encoding.h"
#include "read/format.h"

/**
 * How a file is to be read: what its sender said and what the mapping says, checked and brought
 * together. What was said goes before what the mapping says.
 */
struct import_how {
    const struct import_options *options;
    struct import_map map; /* all zero if there is none */
    bool mapped;           /* the mapping alone tells what the columns are */
    enum format format;    /* FORMAT_none: to be found, or mapped */
    const enum encoding *encoding, *encoding_hint; /* NULL: nothing was said */
    const enum date_order *date_order;
    const enum decimal_style *decimal;
    const char *country, *channel, *currency, *tz; /* NULL: nothing was said */
    const char *line_code, *line_name;             /* NULL: none; no name: it must be there */
    bool only_line;                                /* products of other lines will not do */
    bool skip_rejects;
    unsigned char hash[IMPORT_HASH]; /* of all of this: the same is the same reading */

    /* What some of the pointers point to. */
    enum encoding said_encoding, said_hint;
    enum date_order said_order;
    enum decimal_style said_decimal;
};

/** Bring it together; on failure why is in `error`. Release it in both cases. */
bool import_how_read(struct import_how *how, const struct import_options *options,
                     struct import_error *error);
/** Free it. */
void import_how_release(struct import_how *how);

#endif
