/* Why an import was refused. */
#include "import/error.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>

static void keep(struct import_error *error, const char *code, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

/* Cut between two characters, should it be too long. */
static void keep(struct import_error *error, const char *code, const char *format, va_list args)
{
    char text[sizeof error->text + 4];
    size_t len;

    if (error->code)
        return;
    error->code = code;
    vsnprintf(text, sizeof text, format, args);
    len = text_fit(text, sizeof error->text - 1);
    memcpy(error->text, text, len);
    error->text[len] = '\0';
}

bool import_refuse(struct import_error *error, const char *code, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    keep(error, code, format, args);
    va_end(args);
    return false;
}

bool import_fail(struct import_error *error, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    keep(error, "bad_map", format, args);
    va_end(args);
    return false;
}
