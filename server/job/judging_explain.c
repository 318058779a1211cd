/* What a rise is made of. */
#include "io/dbsync.h"
#include "job/judging.h"
#include "line/explain.h"
#include "queries.h"

#include <string.h>

/* Where to look: filters of segment_cell_list, in its order. */
struct place {
    const char *country, *channel, *lot, *sku;
};

static struct place place_of(const struct explained *inside)
{
    const char *is = inside->dimension->name;

    return (struct place){
        strcmp(is, "country") ? NULL : inside->key,
        strcmp(is, "channel") ? NULL : inside->key,
        strcmp(is, "lot") ? NULL : inside->key,
        strcmp(is, "product") ? NULL : inside->key,
    };
}

static bool read_segments(PGconn *conn, struct judging *judging, const struct assessment *it,
                          struct place place, struct segments *segments)
{
    const struct trend *trend = &it->trend;
    int window = trend->window.end - trend->window.first;
    char back[DECIMAL_SIZE];
    const char *const args[] = {it->line->id,
                                place.country,
                                place.channel,
                                place.lot,
                                place.sku,
                                NULL,
                                NULL,
                                NULL,
                                NULL,
                                NULL,
                                judging->as_of,
                                NULL,
                                NULL,
                                decimal_write(back, window + BASELINE_MONTHS),
                                judging->settings_version};
    PGresult *rows = dbsync_execute(conn, &query_segment_cell_list, args);

    if (rows)
        segments_read(segments, &judging->arena, rows, window, BASELINE_MONTHS);
    PQclear(rows);
    return rows != NULL;
}

const char *judging_explain(PGconn *conn, struct judging *judging, const struct assessment *it)
{
    struct segments whole, within;
    struct explanation first, second;
    const struct explained *inside;
    bool deeper;

    if (!read_segments(conn, judging, it, (struct place){NULL, NULL, NULL, NULL}, &whole))
        return NULL;
    explain(&first, &whole, NULL, NULL, judging->plan.level, &judging->arena);
    inside = explain_deeper(&first);
    deeper = inside && read_segments(conn, judging, it, place_of(inside), &within);
    if (deeper)
        explain(&second, &within, &whole, inside, judging->plan.level, &judging->arena);
    return explain_sentence(&first, deeper ? &second : NULL, &judging->arena);
}
