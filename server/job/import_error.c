/* Why an import was refused. */
#include "job/import_error.h"

#include <stdarg.h>
#include <stdio.h>

bool import_fail(struct import_error *error, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    if (!*error->text)
        vsnprintf(error->text, sizeof error->text, format, args);
    va_end(args);
    return false;
}
