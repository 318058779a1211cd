/* Cells of a result. */
#include "line/rows.h"

#include <stdlib.h>

const char *cell_text(const PGresult *rows, int row, const char *column)
{
    return PQgetvalue(rows, row, PQfnumber(rows, column));
}

bool cell_is_null(const PGresult *rows, int row, const char *column)
{
    return PQgetisnull(rows, row, PQfnumber(rows, column));
}

double cell_number(const PGresult *rows, int row, const char *column)
{
    return cell_number_at(rows, row, PQfnumber(rows, column));
}

double cell_number_at(const PGresult *rows, int row, int place)
{
    return strtod(PQgetvalue(rows, row, place), NULL);
}
