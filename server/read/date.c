/* Dates in the styles of reports. */
#include "base/calendar.h"
#include "read/convention.h"
#include "read/time.h"

#include <stddef.h>
#include <string.h>

/*
 * Y: four digits; y: two or four; M, D: one or two; B: the name of a month; a blank: one or
 * more; all else stands for itself.
 */
static const struct {
    const char *name, *pattern;
} styles[DATE_STYLES] = {
    [DATE_ISO] = {"yyyy-mm-dd",                "Y-M-D"       },
    [DATE_ISO_OFFSET] = {"yyyy-mm-ddThh:mm:ss+hh:mm", "Y-M-D"       },
    [DATE_ISO_ZONE] = {"yyyy-mm-dd hh:mm:ss UTC",   "Y-M-D"       },
    [DATE_DAY_MON] = {"dd-Mon-yyyy",               "D-B-y"       },
    [DATE_DAY_SLASH] = {"dd/mm/yyyy",                "D/M/y"       },
    [DATE_MONTH_SLASH] = {"mm/dd/yyyy",                "M/D/y"       },
    [DATE_DAY_DOT] = {"dd.mm.yyyy",                "D.M.y"       },
    [DATE_DAY_HYPHEN] = {"dd-mm-yyyy",                "D-M-y"       },
    [DATE_MONTH_HYPHEN] = {"mm-dd-yyyy",                "M-D-y"       },
    [DATE_YEAR_SLASH] = {"yyyy/mm/dd",                "Y/M/D"       },
    [DATE_MONTH_NAME] = {"Mon d, yyyy",               "B D, Y"      },
    [DATE_DAY_NAME] = {"d Mon yyyy",                "D B Y"       },
    [DATE_YEAR_SIGNS] = {"yyyy年m月d日",           "Y年M月D日"},
};

const char *date_style_name(enum date_style style)
{
    return style < DATE_STYLES ? styles[style].name : "unknown";
}

static bool year_take(const char **text, bool short_too, int *year)
{
    int digits = number_take(text, 4, year);

    if (digits == 2 && short_too)
        *year += 2000;
    return digits == 4 || (digits == 2 && short_too);
}

static bool letter_take(const char **text, char letter, struct calendar *date)
{
    switch (letter) {
    case 'Y':
    case 'y':
        return year_take(text, letter == 'y', &date->year);
    case 'M':
        return number_take(text, 2, &date->month) > 0;
    case 'D':
        return number_take(text, 2, &date->day) > 0;
    case 'B':
        return month_take(text, &date->month);
    case ' ':
        return blanks_take(text) > 0;
    default:
        return *(*text)++ == letter;
    }
}

static bool date_take(const char **text, const char *pattern, struct calendar *date)
{
    for (; *pattern; pattern++) {
        if (!**text || !letter_take(text, *pattern, date))
            return false;
    }
    return true;
}

/* The three ISO styles differ only in what stands behind the time. */
static bool zone_is_of(enum date_style style, enum zone zone)
{
    switch (style) {
    case DATE_ISO:
        return zone == ZONE_NONE;
    case DATE_ISO_OFFSET:
        return zone == ZONE_OFFSET;
    case DATE_ISO_ZONE:
        return zone == ZONE_NAME || zone == ZONE_UNKNOWN;
    default:
        return true;
    }
}

const char *date_cell_read(const char *cell, enum date_style style, struct date_value *value)
{
    static const char wrong[] = "not a date in the way the column writes them";
    struct calendar date = {0};
    struct time_of_day time;

    blanks_take(&cell);
    if (style >= DATE_STYLES || !date_take(&cell, styles[style].pattern, &date) ||
        !time_take(&cell, &time) || !zone_is_of(style, time.zone))
        return wrong;
    if (date.year < CALENDAR_YEAR_MIN || date.year > CALENDAR_YEAR_MAX)
        return "not between the years 1990 and 2199";
    if (!calendar_exists(date))
        return "no day of the calendar";
    value->day = (int32_t)(calendar_days(date) - CALENDAR_DAYS_2000);
    value->second = time.second;
    value->instant_known = time.zone == ZONE_OFFSET || time.zone == ZONE_NAME;
    value->instant = 0;
    if (value->instant_known)
        value->instant =
            (int64_t)(value->day + CALENDAR_DAYS_2000) * 86400 + time.second - time.offset;
    return NULL;
}
