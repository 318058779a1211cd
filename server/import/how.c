/* How a file is to be read. */
#include "import/how.h"
#include "import/value.h"

#include "base/currency.h"
#include "base/settings.h"
#include "base/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define NAME_MAX_BYTES 200 /* of a file */

static bool bad_option(struct import_error *error, const char *name, const char *must)
{
    return import_refuse(error, "bad_option", "The option %s must be %s.", name, must);
}

/* "Europe/Berlin", "UTC": a name of the tz database, and none of the other things SQL takes. */
static bool is_zone(const char *tz)
{
    if (strlen(tz) > 60 || (!strchr(tz, '/') && strcmp(tz, "UTC") != 0) ||
        !isalpha((unsigned char)*tz))
        return false;
    for (; *tz; tz++)
        if (!isalnum((unsigned char)*tz) && !strchr("/_-+", *tz))
            return false;
    return true;
}

static bool places_read(struct import_how *how, const struct import_options *options,
                        struct import_error *error)
{
    if (options->channel && !code_is_valid(options->channel))
        return bad_option(error, "channel", "a code: a small letter, then a-z, 0-9 or _");
    if (options->country && !country_is_valid(options->country))
        return bad_option(error, "country", "a country code: two capital letters");
    if (options->currency && !currency_is_valid(options->currency))
        return bad_option(error, "currency", "a currency code: three capital letters");
    if (options->tz && !is_zone(options->tz))
        return bad_option(error, "tz", "the name of a time zone, such as Europe/Berlin");
    if (options->line && !code_is_valid(options->line))
        return bad_option(error, "line", "the code of a product line");
    if (!currency_is_valid(settings.reporting_currency))
        return import_refuse(error, "bad_setting",
                             "The setting reporting_currency is no currency.");
    how->channel = options->channel ? options->channel : how->map.channel.constant;
    how->country = options->country ? options->country : how->map.country.constant;
    how->currency = options->currency ? options->currency : how->map.currency;
    how->tz = options->tz;
    return true;
}

static bool conventions_read(struct import_how *how, const struct import_options *options,
                             struct import_error *error)
{
    const char *order = options->date_order, *decimal = options->decimal;
    const char *encoding = options->encoding ? options->encoding : how->map.encoding;

    if (order && strcmp(order, "dmy") != 0 && strcmp(order, "mdy") != 0)
        return bad_option(error, "date_order", "dmy or mdy");
    if (decimal && strcmp(decimal, "dot") != 0 && strcmp(decimal, "comma") != 0)
        return bad_option(error, "decimal", "dot or comma");
    if (encoding && !encoding_named(encoding, &how->said_encoding))
        return bad_option(error, "encoding", "a known charset, such as UTF-8 or Windows-1252");
    if (order) {
        how->said_order = strcmp(order, "mdy") ? DAY_FIRST : MONTH_FIRST;
        how->date_order = &how->said_order;
    }
    if (decimal) {
        how->said_decimal = strcmp(decimal, "comma") ? DECIMAL_DOT : DECIMAL_COMMA;
        how->decimal = &how->said_decimal;
    }
    how->encoding = encoding ? &how->said_encoding : NULL;
    return true;
}

/* Where a file comes from tells in which bytes it may be written, if they are not UTF-8. */
static void encoding_guess(struct import_how *how)
{
    const char *country = how->country ? how->country : "", *tz = how->tz ? how->tz : "";

    if (!strcmp(country, "JP") || !strcmp(tz, "Asia/Tokyo"))
        how->said_hint = ENCODING_CP932;
    else if (!strcmp(country, "CN") || !strcmp(tz, "Asia/Shanghai"))
        how->said_hint = ENCODING_GB18030;
    else
        return;
    how->encoding_hint = &how->said_hint;
}

static bool format_read_option(struct import_how *how, const struct import_options *options,
                               struct import_error *error)
{
    const char *name = options->format ? options->format : how->map.format;

    how->format = FORMAT_none;
    how->mapped = options->map && !how->map.format;
    if (options->format && how->mapped)
        return import_refuse(error, "bad_option",
                             "The mapping tells what the columns are, and the option format does: "
                             "use one of them, or a mapping with a \"format\".");
    if (name && (!format_named(name, &how->format) || how->format == FORMAT_none))
        return bad_option(error, "format", "the name of a known format, such as fba_returns");
    return true;
}

static void line_read(struct import_how *how, const struct import_options *options)
{
    how->line_code = options->line ? options->line : how->map.line_code;
    how->line_name = options->line ? NULL : how->map.line_name;
    how->only_line = !options->line && how->map.line_code;
}

/* All that a reading depends on, in one text whose hash is that of the reading. */
static void how_hash(struct import_how *how, const struct import_options *options)
{
    const char *const said[] = {
        options->format,     options->line,
        options->channel,    options->country,
        options->tz,         options->encoding,
        options->date_order, options->decimal,
        options->currency,   options->skip_rejects ? "skip" : NULL,
    };
    crypto_generichash_state state;

    crypto_generichash_init(&state, NULL, 0, IMPORT_HASH);
    if (options->map)
        crypto_generichash_update(&state, how->map.hash, sizeof how->map.hash);
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        const char *text = said[i] ? said[i] : "";

        crypto_generichash_update(&state, (const unsigned char *)text, strlen(text) + 1);
    }
    crypto_generichash_final(&state, how->hash, IMPORT_HASH);
}

bool import_how_read(struct import_how *how, const struct import_options *options,
                     struct import_error *error)
{
    const char *name = options->file_name;

    *how = (struct import_how){.options = options};
    if (name && (!*name || strlen(name) > NAME_MAX_BYTES || strpbrk(name, "\t\n\r") ||
                 !text_is_clean(name, strlen(name))))
        return bad_option(error, "file_name", "a text of 1 to 200 bytes");
    if (options->map && !import_map_parse(&how->map, options->map, strlen(options->map), error))
        return false;
    if (!places_read(how, options, error) || !conventions_read(how, options, error) ||
        !format_read_option(how, options, error))
        return false;
    how->skip_rejects =
        options->skip_rejects || (how->map.rejects && !strcmp(how->map.rejects, "skip"));
    encoding_guess(how);
    line_read(how, options);
    how_hash(how, options);
    return true;
}

void import_how_release(struct import_how *how)
{
    import_map_release(&how->map);
}
