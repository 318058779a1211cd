/* Currencies, as far as amounts depend on them. */
#include "base/currency.h"

#include <string.h>

/* sql/function/currency_exponent.sql has the same lists. */
static const char none[] = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
static const char three[] = "BHD IQD JOD KWD LYD OMR TND";

bool currency_is_valid(const char *code)
{
    return strlen(code) == 3 && strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
}

int currency_exponent(const char *code)
{
    return strstr(none, code) ? 0 : strstr(three, code) ? 3 : 2;
}
