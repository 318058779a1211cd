#ifndef READ_TIME_H
#define READ_TIME_H

#include <stdbool.h>
#include <stdint.h>

/* Parts of a date as reports write it. All move `*text` behind what they take. */

/** Blanks of any width; returns how many bytes. */
int blanks_take(const char **text);
/** At most `most` digits; returns how many there were. */
int number_take(const char **text, int most, int *value);
/** The name of a month in English, German, French, Italian or Spanish, short or not. */
bool month_take(const char **text, int *month);

/** What stands behind a time. */
enum zone {
    ZONE_NONE,
    ZONE_OFFSET,  /* +02:00, -0300, Z */
    ZONE_NAME,    /* UTC, PDT, GMT+9 */
    ZONE_UNKNOWN, /* the name of a zone that is not known or is several */
};

/** The time behind a date, if there is one. */
struct time_of_day {
    int32_t second; /* of the day; -1: there is no time */
    enum zone zone;
    int32_t offset; /* seconds east of UTC, of ZONE_OFFSET and ZONE_NAME */
};

/** All the rest of a cell: nothing, or a time with or without AM or PM and a zone. */
bool time_take(const char **text, struct time_of_day *time);

#endif
