/* What explains a change, in words. */
#include "line/explain.h"
#include "line/say.h"

#include <string.h>

/* The chosen segments of a dimension together. */
struct chosen {
    double observed, expected, power;
    size_t n;
};

static struct chosen chosen_of(const struct explanation *it,
                               const struct segment_dimension *dimension)
{
    struct chosen chosen = {0, 0, 0, 0};

    for (size_t i = 0; dimension && i < it->n; i++)
        if (it->segments[i].chosen && it->segments[i].dimension == dimension) {
            chosen.observed += it->segments[i].observed;
            chosen.expected += it->segments[i].expected;
            chosen.power += it->segments[i].power;
            chosen.n++;
        }
    return chosen;
}

/* "country DE, FR" */
static void name_chosen(struct text *text, const struct explanation *it,
                        const struct segment_dimension *dimension)
{
    const char *before = " ";

    text_puts(text, dimension->name);
    for (size_t i = 0; i < it->n; i++)
        if (it->segments[i].chosen && it->segments[i].dimension == dimension) {
            text_puts(text, before);
            text_puts(text, it->segments[i].key ? it->segments[i].key : "(not known)");
            before = ", ";
        }
}

static void tell_counts(struct text *text, struct chosen chosen)
{
    text_puts(text, ": ");
    say_number(text, chosen.observed);
    text_puts(text, " where ");
    say_number(text, chosen.expected);
    text_puts(text, " were expected");
}

/* What explains within: dimension, then reasons. */
static void tell_within(struct text *text, const struct explanation *it, bool deeper)
{
    struct chosen places = chosen_of(it, it->dimension), reasons = chosen_of(it, it->reasons);

    if (deeper && places.n) {
        text_puts(text, ", within it by ");
        name_chosen(text, it, it->dimension);
        tell_counts(text, places);
    }
    text_putc(text, '.');
    if (reasons.n) {
        text_puts(text, " Of the reasons it is ");
        name_chosen(text, it, it->reasons);
        tell_counts(text, reasons);
        text_putc(text, '.');
    }
}

const char *explain_sentence(const struct explanation *explanation,
                             const struct explanation *deeper, struct arena *arena)
{
    struct chosen places = chosen_of(explanation, explanation->dimension);
    struct text text = text_new(arena);

    if (!places.n && !chosen_of(explanation, explanation->reasons).n)
        return NULL;
    if (places.n) {
        if (places.power >= 1)
            text_puts(&text, "All");
        else
            say_share(&text, places.power);
        text_puts(&text, explanation->observed > explanation->expected
                             ? " of the rise is explained by "
                             : " of the fall is explained by ");
        name_chosen(&text, explanation, explanation->dimension);
        tell_counts(&text, places);
        tell_within(&text, deeper ? deeper : explanation, deeper != NULL);
    } else {
        text_puts(&text, "No place explains it");
        tell_within(&text, explanation, false);
    }
    return text.bytes;
}
