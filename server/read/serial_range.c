/* Ranges of serial numbers, as dealers' shipment lists write them. */
#include "read/serial_range.h"
#include "read/convention.h"

#include <string.h>

/* A piece of a cell, without blanks around. */
struct piece {
    const char *bytes;
    size_t len;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static struct piece piece_of(const char *bytes, size_t len)
{
    while (len && is_blank(*bytes)) {
        bytes++;
        len--;
    }
    while (len && is_blank(bytes[len - 1]))
        len--;
    return (struct piece){bytes, len};
}

/* One serial number as a range of itself. */
static const char *serial_read(struct piece piece, struct serial_range *range)
{
    size_t width = 0;

    if (!piece.len)
        return "a range without one of its ends";
    if (piece.len > SERIAL_MAX)
        return "a serial number of more than 64 characters";
    for (size_t i = 0; i < piece.len; i++)
        if ((unsigned char)piece.bytes[i] <= ' ' || piece.bytes[i] == 0x7f)
            return "a blank inside a serial number";
    *range = (struct serial_range){0};
    for (const char *digit = piece.bytes + piece.len; width < piece.len; width++)
        if (*--digit < '0' || *digit > '9' || width == SERIAL_DIGITS_MAX)
            break;
    range->width = (uint8_t)width;
    memcpy(range->prefix, piece.bytes, piece.len - width);
    for (size_t i = piece.len - width; i < piece.len; i++)
        range->first = range->first * 10 + (uint64_t)(piece.bytes[i] - '0');
    range->last = range->first;
    return NULL;
}

static const char *range_read(struct piece first, struct piece last, struct serial_range *range)
{
    struct serial_range end;
    const char *problem = serial_read(first, range);

    if (!problem)
        problem = serial_read(last, &end);
    if (problem)
        return problem;
    if (first.len != last.len)
        return "a range whose ends are not equally long";
    if (!serial_range_is_kin(range, &end))
        return "a range whose ends differ in more than the digits at the end";
    if (end.first < range->first)
        return "a range that runs backwards";
    range->last = end.first;
    return serial_range_size(range) > SERIAL_UNITS_MAX ? "a range of more than 100,000 units"
                                                       : NULL;
}

/* What stands between the ends of a range; words need a blank at either side. */
static const struct sign {
    const char *text;
    bool apart;
} signs[] = {
    {"...", false},
    {"..",  false},
    {"…", false},
    {"至", false},
    {"~",   false},
    {"～", false},
    {"to",  true },
    {"TO",  true },
    {"To",  true },
    {"bis", true },
    {"à",  true },
    {"al",  true },
    {"a",   true },
    {"-",   true },
    {"–", false},
    {"—", false},
};

/* Where the sign stands in the piece; NULL if it does not. */
static const char *sign_find(struct piece piece, const struct sign *sign)
{
    size_t len = strlen(sign->text);
    const char *end = piece.bytes + piece.len;

    for (const char *at = piece.bytes; at + len <= end; at++) {
        if (memcmp(at, sign->text, len))
            continue;
        if (!sign->apart ||
            (at > piece.bytes && is_blank(at[-1]) && at + len < end && is_blank(at[len])))
            return at;
    }
    return NULL;
}

static const char *range_split(struct piece piece, const char *at, size_t len,
                               struct serial_range *range)
{
    const char *behind = at + len;

    return range_read(piece_of(piece.bytes, (size_t)(at - piece.bytes)),
                      piece_of(behind, (size_t)(piece.bytes + piece.len - behind)), range);
}

/* A serial number or a range. */
static const char *item_read(struct piece piece, struct serial_range *range)
{
    size_t middle = piece.len / 2;

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        const char *at = sign_find(piece, &signs[i]);

        if (at)
            return range_split(piece, at, strlen(signs[i].text), range);
    }
    if (piece.len % 2 && piece.bytes[middle] == '-' &&
        !range_split(piece, piece.bytes + middle, 1, range) && range->last > range->first)
        return NULL;
    return serial_read(piece, range);
}

/* Whether `next` goes on where `last` ends. */
static bool continues(const struct serial_range *last, const struct serial_range *next)
{
    return last->width && serial_range_is_kin(last, next) && next->first == last->last + 1;
}

static const char *list_add(struct serial_list *list, const struct serial_range *range)
{
    for (size_t i = 0; i < list->nranges; i++)
        if (serial_range_overlaps(&list->ranges[i], range))
            return "a serial number twice in the row";
    list->units += serial_range_size(range);
    if (list->units > SERIAL_UNITS_MAX)
        return "more than 100,000 serial numbers in the row";
    if (list->nranges && continues(&list->ranges[list->nranges - 1], range))
        list->ranges[list->nranges - 1].last = range->last;
    else if (list->nranges == SERIAL_RANGES_MAX)
        return "more than 1,000 ranges of serial numbers in the row";
    else
        list->ranges[list->nranges++] = *range;
    return NULL;
}

static const char *list_read(const char *cell, struct serial_list *list)
{
    const char *problem = NULL;

    while (*cell && !problem) {
        size_t len = strcspn(cell, ",;\n");
        struct piece piece = piece_of(cell, len);
        struct serial_range range;

        if (piece.len) {
            problem = item_read(piece, &range);
            if (!problem)
                problem = list_add(list, &range);
        }
        cell += len + (cell[len] != '\0');
    }
    return problem;
}

const char *serial_cells_read(const char *from, const char *to, struct serial_list *list)
{
    struct piece first = piece_of(from, strlen(from)), last = piece_of(to, strlen(to));
    struct serial_range range;
    const char *problem;

    list->nranges = 0;
    list->units = 0;
    if (cell_is_blank(to))
        return cell_is_blank(from) ? NULL : list_read(from, list);
    if (strcspn(from, ",;\n") < (size_t)(first.bytes - from) + first.len)
        return "a list of serial numbers beside the end of a range";
    problem = range_read(first, last, &range);
    return problem ? problem : list_add(list, &range);
}

uint64_t serial_range_size(const struct serial_range *range)
{
    return range->last - range->first + 1;
}

bool serial_range_is_kin(const struct serial_range *a, const struct serial_range *b)
{
    return a->width == b->width && !strcmp(a->prefix, b->prefix);
}

bool serial_range_overlaps(const struct serial_range *a, const struct serial_range *b)
{
    return serial_range_is_kin(a, b) && a->first <= b->last && b->first <= a->last;
}

int serial_range_compare(const struct serial_range *a, const struct serial_range *b)
{
    int order = strcmp(a->prefix, b->prefix);

    if (!order)
        order = a->width - b->width;
    if (!order)
        order = (a->first > b->first) - (a->first < b->first);
    if (!order)
        order = (a->last > b->last) - (a->last < b->last);
    return order;
}

uint64_t serial_range_gap(const struct serial_range *a, const struct serial_range *b)
{
    if (!serial_range_is_kin(a, b) || b->first <= a->last)
        return 0;
    return b->first - a->last - 1;
}

void serial_write(char out[SERIAL_MAX + 1], const struct serial_range *range, uint64_t number)
{
    size_t len = strnlen(range->prefix, (size_t)SERIAL_MAX - range->width);

    memcpy(out, range->prefix, len);
    out[len + range->width] = '\0';
    for (size_t i = len + range->width; i-- > len; number /= 10)
        out[i] = (char)('0' + number % 10);
}
