#ifndef JOB_IMPORT_H
#define JOB_IMPORT_H

#include <stdbool.h>

/**
 * Import of a sales file: what was sold and what came back, into the counts
 * that return rates are made of.
 *
 * The file is read twice, in constant memory: first to check every row, without
 * a database; then, if it may be imported, to load it in one transaction. That
 * the second reading saw the same bytes is checked by their hash. The same
 * bytes with the same mapping again change nothing.
 */

/** Do it, or with `dry_run` tell what it would do. False: refused or failed, and said why. */
bool import_run(const char *map_path, const char *file_path, bool dry_run);

#endif
