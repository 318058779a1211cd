/* Header lists whose items carry a weight. */
#include "base/weight.h"

#include <string.h>
#include <strings.h>

/* "0.8" in thousandths. By hand: strtod() would accept nan, hex and exponents. */
static int thousandths(const char *digits)
{
    int value = 0, place = 100;

    if (*digits != '0')
        return 1000;
    if (digits[1] == '.')
        for (digits += 2; *digits >= '0' && *digits <= '9' && place; digits++, place /= 10)
            value += (*digits - '0') * place;
    return value;
}

const char *weight_next(const char *header, struct weighted *item)
{
    header += strspn(header, " \t,");
    item->word = header;
    item->len = strcspn(header, " \t;,");
    item->weight = 1000;
    if (!*header)
        return NULL;
    for (header += strcspn(header, ";,"); *header == ';'; header += strcspn(header, ";,")) {
        header += 1 + strspn(header + 1, " \t");
        if (!strncasecmp(header, "q=", 2))
            item->weight = thousandths(header + 2);
    }
    return header;
}
