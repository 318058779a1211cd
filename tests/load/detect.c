/* How soon a bad lot is named, and how often something is told of good ones: a page of results. */
#include "detection.h"

#include <stdlib.h>

#define HISTORIES 200
#define LINES     10
/* The first year is there to learn from; it is not judged. */
#define FIRST 12

static const struct synthetic_plan plan = {.months = 36,
                                           .growth = .01,
                                           .season = .4,
                                           .faults = .03,
                                           .remorse = .5,
                                           .lots = 2,
                                           .bad_month = 24,
                                           .cost = &synthetic_cost};
static const double volumes[] = {30, 100, 300, 1000, 3000};
static const double factors[] = {3, 2, 5};
/* Months after shipment whose shares are told. */
static const int months[] = {0, 1, 2, 3, 6, 11};
#define COUNT(list) (sizeof list / sizeof *list)

/* Units that the bad lot has, leaving chance aside. */
static double lot_units(double volume)
{
    double season = 1 + plan.season * sin(2 * M_PI * plan.bad_month / 12);

    return volume * pow(1 + plan.growth, plan.bad_month) * season / plan.lots;
}

static struct detection measure(double volume, double factor, int histories)
{
    struct synthetic_plan of_volume = plan;
    struct detection detection = {0};

    of_volume.volume = volume;
    of_volume.factor = factor;
    for (int i = 0; i < histories; i++)
        detection_add(&detection, &of_volume, LINES, FIRST, (uint64_t)i + 1);
    fprintf(stderr, "%g units a month, %g times the faults: done\n", volume, factor);
    return detection;
}

static void tell_named(double volume, double factor, const struct detection *detection)
{
    printf("| %g | %.0f | %.1f | %g |", volume, lot_units(volume), plan.faults * lot_units(volume),
           factor);
    for (size_t k = 0; k < COUNT(months); k++)
        printf(" %.0f %% |",
               100 * (double)detection->named[months[k]] / (double)detection->histories);
    puts("");
}

/* A number of events, and how many that is in a year of a line. */
static void tell_false(size_t events, double years)
{
    printf(" %zu, %.3f |", events, (double)events / years);
}

static void tell_plan(int histories)
{
    printf(
        "# Detection\n\n"
        "Written by `make bench-detection`; the same seeds give the same page. %d histories of each "
        "kind, of %d lines and %d\nmonths each, are judged at the end of every month after the first "
        "%d, with what was known then and the default\nthresholds. Of all units %g %% become faulty, "
        "most of them within three months, and %g %% come back for other reasons.\nShipments grow by "
        "%g %% a month and swing by %g %% with the season; %d lots a month. In month %d the first lot "
        "of\nthe first line is bad: of its units two, three or five times as many become faulty. No "
        "other lot is.\n\n",
        histories, LINES, plan.months, FIRST, 100 * plan.faults, 100 * plan.faults * plan.remorse,
        100 * plan.growth, 100 * plan.season, plan.lots, plan.bad_month + 1);
}

int main(int argc, char **argv)
{
    struct detection found[COUNT(factors)][COUNT(volumes)];
    int histories = argc > 1 ? atoi(argv[1]) : HISTORIES;

    if (histories < 1 || histories > 100000) {
        fputs("detect: the number of histories must be from 1 to 100000.\n", stderr);
        return EXIT_FAILURE;
    }
    tell_plan(histories);
    puts(
        "## The bad lot, named by the end of a month\n\n"
        "Share of histories, months after that of its shipment.\n\n"
        "| units a month | units of the lot | faults of a good one | times as many | 0 | 1 | 2 | 3 "
        "| 6 | 11 |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for (size_t f = 0; f < COUNT(factors); f++)
        for (size_t v = 0; v < COUNT(volumes); v++) {
            found[f][v] = measure(volumes[v], factors[f], histories);
            tell_named(volumes[v], factors[f], &found[f][v]);
        }
    puts(
        "\n## False alarms\n\n"
        "Of the histories with three times as many; first their number, then how many in a year of a "
        "line. Rises and losses\nare those of the lines without the bad lot.\n\n"
        "| units a month | years of lines | good lots named | rises | losses |\n"
        "| --- | --- | --- | --- | --- |");
    for (size_t v = 0; v < COUNT(volumes); v++) {
        const struct detection *detection = &found[0][v];

        printf("| %g | %.0f |", volumes[v], detection->line_years);
        tell_false(detection->wrong_lots, detection->line_years);
        tell_false(detection->rises, detection->calm_years);
        tell_false(detection->losses, detection->calm_years);
        puts("");
    }
    return EXIT_SUCCESS;
}
