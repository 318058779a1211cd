/* Days of the Gregorian calendar. */
#include "base/calendar.h"

#define DAYS_BEFORE_1970 719468 /* from the first of March of the year 0 */

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    return days[month - 1] + (leap && month == 2);
}

bool calendar_exists(struct calendar day)
{
    return day.month >= 1 && day.month <= 12 && day.day >= 1 &&
           day.day <= month_days(day.year, day.month);
}

/* Years begin in March here, so that the day that is sometimes there is the last. */
long calendar_days(struct calendar day)
{
    bool early = day.month <= 2;
    long year = day.year - early, month = day.month + (early ? 9 : -3);

    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day.day - 1 -
           DAYS_BEFORE_1970;
}
