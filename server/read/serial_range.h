#ifndef READ_SERIAL_RANGE_H
#define READ_SERIAL_RANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SERIAL_MAX        64     /* bytes of a serial number */
#define SERIAL_DIGITS_MAX 18     /* of those at its end that are counted */
#define SERIAL_UNITS_MAX  100000 /* of one cell */
#define SERIAL_RANGES_MAX 1000   /* of one cell */

/**
 * Serial numbers that follow each other: a prefix, and digits of a fixed width that count.
 * GX20A2603000101 to GX20A2603000148 is the prefix GX20A, the width 10 and two numbers. A
 * number without digits at its end has the width 0, and is a range of itself only.
 */
struct serial_range {
    char prefix[SERIAL_MAX + 1];
    uint8_t width;
    uint64_t first, last;
};

/** The serial numbers of a row. Large: not for the stack. */
struct serial_list {
    struct serial_range ranges[SERIAL_RANGES_MAX]; /* as written, neighbours joined */
    size_t nranges;
    uint64_t units; /* of all of them */
};

/**
 * Read the cells "serial from" and "serial to" of a row, or the one that has both.
 *
 * With `to` blank, `from` holds serial numbers and ranges between commas, semicolons or line
 * breaks. A range is A..B, A to B (also bis, à, al, a, 至, ~), A - B, or A-B: with a bare
 * hyphen only if both sides are equally long, have the same prefix and count upwards, because
 * serial numbers hold hyphens themselves; TL52-26C-00981 is one number. Where a number could be
 * a range as well (0001-2603), it is the range; compare with the row's quantity.
 *
 * NULL if all is good, with no ranges for blank cells; else what is wrong, as the end of a
 * sentence, and the list is of no use.
 */
const char *serial_cells_read(const char *from, const char *to, struct serial_list *list);

/** How many serial numbers it has, at least 1. */
uint64_t serial_range_size(const struct serial_range *range);
/** Whether both count in the same way: the same prefix and width. */
bool serial_range_is_kin(const struct serial_range *a, const struct serial_range *b);
/** Whether a serial number is in both. */
bool serial_range_overlaps(const struct serial_range *a, const struct serial_range *b);
/** For sorting: by prefix, width, first, last; below 0, 0 or above. */
int serial_range_compare(const struct serial_range *a, const struct serial_range *b);
/** Numbers left out between `a` and the next of its kind, `b`, which begins behind it. */
uint64_t serial_range_gap(const struct serial_range *a, const struct serial_range *b);
/** Write a number of the range, `first` to `last`, as it is on the unit. */
void serial_write(char out[SERIAL_MAX + 1], const struct serial_range *range, uint64_t number);

#endif
