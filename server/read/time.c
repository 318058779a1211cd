/* The time in a stamp, its half of the day and its zone. */
#include "read/time.h"
#include "read/header.h"

#include <string.h>

/* Bytes of a blank that is not ASCII; 0 if there is none. */
static size_t wide_blank(const char *text)
{
    static const char *const blanks[] = {"\xc2\xa0", "\xe2\x80\xaf", "\xe3\x80\x80"};

    for (size_t i = 0; (unsigned char)*text >= 0x80 && i < sizeof blanks / sizeof *blanks; i++)
        if (!strncmp(text, blanks[i], strlen(blanks[i])))
            return strlen(blanks[i]);
    return 0;
}

int blanks_take(const char **text)
{
    const char *begin = *text;
    size_t wide;

    do {
        while (**text == ' ' || **text == '\t')
            ++*text;
        wide = wide_blank(*text);
        *text += wide;
    } while (wide);
    return (int)(*text - begin);
}

int number_take(const char **text, int most, int *value)
{
    int n = 0;

    for (*value = 0; n < most && **text >= '0' && **text <= '9'; n++)
        *value = *value * 10 + (*(*text)++ - '0');
    return n;
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* Whether a list of words between blanks has this one. */
static bool has_word(const char *words, const char *word)
{
    size_t len = strlen(word);

    for (const char *at = words; (at = strstr(at, word)); at += len)
        if ((at == words || at[-1] == ' ') && (!at[len] || at[len] == ' '))
            return true;
    return false;
}

bool month_take(const char **text, int *month)
{
    static const char *const months[] = {
        "jan january januar janvier janv ene enero gen gennaio janner",
        "feb february februar fevrier fevr febrero febbraio",
        "mar march marz mars marzo mrz",
        "apr april avril avr abr abril aprile",
        "may mai mayo maggio mag",
        "jun june juni juin junio giugno giu",
        "jul july juli juillet juil julio luglio lug",
        "aug august aout ago agosto",
        "sep sept september septembre septiembre settembre set",
        "oct october oktober okt octobre octubre ottobre ott",
        "nov november novembre noviembre",
        "dec december dezember dez decembre diciembre dicembre dic",
    };
    char word[HEADER_KEY_SIZE];
    size_t len = 0;

    while (is_letter((*text)[len])) {
        const char *blank = *text + len;

        if (blanks_take(&blank))
            break;
        len++;
    }
    header_key(word, *text, len);
    if (strlen(word) < 3)
        return false;
    *text += len;
    *text += **text == '.';
    for (*month = 1; *month <= 12; ++*month)
        if (has_word(months[*month - 1], word))
            return true;
    return false;
}

enum half { WHOLE, MORNING, AFTERNOON };

/* AM or PM in one of the ways exports write it, in small letters or not. */
static enum half half_take(const char **text)
{
    static const struct {
        const char *word;
        enum half half;
    } words[] = {
        {"a.m.",         MORNING  },
        {"p.m.",         AFTERNOON},
        {"a. m.",        MORNING  },
        {"p. m.",        AFTERNOON},
        {"am",           MORNING  },
        {"pm",           AFTERNOON},
        {"上午",       MORNING  },
        {"下午",       AFTERNOON},
        {"a.\xc2\xa0m.", MORNING  },
        {"p.\xc2\xa0m.", AFTERNOON},
    };

    if ((unsigned char)**text < 'A') /* a digit, mostly, or the end */
        return WHOLE;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t len = strlen(words[i].word);

        if (!strncasecmp(*text, words[i].word, len)) {
            *text += len;
            return words[i].half;
        }
    }
    return WHOLE;
}

/* H:MM or H:MM:SS; a fraction of a second is dropped. */
static bool clock_take(const char **text, int *hour, int *second)
{
    int minute, ignored;

    *second = 0;
    if (!number_take(text, 2, hour) || *(*text)++ != ':' || number_take(text, 2, &minute) != 2)
        return false;
    if (**text == ':') {
        ++*text;
        if (number_take(text, 2, second) != 2)
            return false;
        if (**text == '.') {
            ++*text;
            if (!number_take(text, 9, &ignored))
                return false;
        }
    }
    if (*hour > 23 || minute > 59 || *second > 60) /* 60: a leap second */
        return false;
    *second += minute * 60;
    return true;
}

/* +02:00, -0300, +02, and after GMT also +9. */
static bool offset_take(const char **text, bool short_too, int32_t *offset)
{
    int sign = **text == '-' ? -1 : 1, hours, minutes = 0, digits;

    ++*text;
    digits = number_take(text, 2, &hours);
    if (digits < (short_too ? 1 : 2))
        return false;
    if (**text == ':' || (**text >= '0' && **text <= '9')) {
        *text += **text == ':';
        if (number_take(text, 2, &minutes) != 2)
            return false;
    }
    *offset = sign * (hours * 3600 + minutes * 60);
    return hours <= 15 && minutes < 60;
}

static const struct {
    const char *name;
    int minutes;
} zones[] = {
#define ZONE(name, minutes) {#name, minutes},
#include "read/zones.def"
#undef ZONE
};

/* A name of capitals; known ones tell the offset. */
static bool zone_name_take(const char **text, struct time_of_day *time)
{
    const char *name = *text;
    size_t len = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    if (!len || len > 5)
        return false;
    *text += len;
    time->zone = ZONE_UNKNOWN;
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        if (strlen(zones[i].name) == len && !strncmp(zones[i].name, name, len)) {
            time->zone = len == 1 ? ZONE_OFFSET : ZONE_NAME;
            time->offset = zones[i].minutes * 60;
        }
    }
    if (time->zone == ZONE_NAME && !time->offset && (**text == '+' || **text == '-'))
        return offset_take(text, true, &time->offset);
    return true;
}

static bool zone_take(const char **text, struct time_of_day *time)
{
    if (**text == '+' || **text == '-') {
        time->zone = ZONE_OFFSET;
        return offset_take(text, false, &time->offset);
    }
    return !**text || zone_name_take(text, time);
}

/* The hour of the day from that of its half: 12 AM is midnight, 12 PM noon. */
static bool hour_whole(int *hour, enum half half)
{
    if (half == WHOLE)
        return true;
    if (*hour < 1 || *hour > 12)
        return false;
    *hour = *hour % 12 + (half == AFTERNOON ? 12 : 0);
    return true;
}

bool time_take(const char **text, struct time_of_day *time)
{
    int hour, second;
    enum half half;

    *time = (struct time_of_day){.second = -1};
    if (!**text)
        return true;
    if (**text == 'T' || **text == ',')
        ++*text;
    else if (!blanks_take(text))
        return false;
    else if (!**text)
        return true;
    blanks_take(text);
    half = half_take(text);
    blanks_take(text);
    if (!clock_take(text, &hour, &second))
        return false;
    blanks_take(text);
    if (half == WHOLE)
        half = half_take(text);
    blanks_take(text);
    if (!hour_whole(&hour, half) || !zone_take(text, time))
        return false;
    time->second = hour * 3600 + second;
    blanks_take(text);
    return !**text;
}
