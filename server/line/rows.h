#ifndef LINE_ROWS_H
#define LINE_ROWS_H

#include <libpq-fe.h>
#include <stdbool.h>

/**
 * Cells of a result, by the column's name, which must be there; and by its place, for what reads
 * many rows and has looked the names up once.
 */

/** The text of a cell; "" where it is NULL. Lives as long as the rows. */
const char *cell_text(const PGresult *rows, int row, const char *column);
bool cell_is_null(const PGresult *rows, int row, const char *column);
/** The number in it; 0 where it is NULL. */
double cell_number(const PGresult *rows, int row, const char *column);
double cell_number_at(const PGresult *rows, int row, int place);

#endif
