/* Currencies, as far as amounts depend on them. */
#include "read/currency.h"

#include <stddef.h>
#include <string.h>

bool currency_is_valid(const char *code)
{
    return strlen(code) == 3 && strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
}

int currency_exponent(const char *code)
{
    static const char *const none[] = {"JPY", "KRW", "VND", "CLP", "PYG"};
    static const char *const three[] = {"KWD", "BHD", "JOD", "OMR", "TND"};

    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        if (!strcmp(none[i], code))
            return 0;
        if (!strcmp(three[i], code))
            return 3;
    }
    return 2;
}
