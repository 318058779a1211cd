/* From a Nevada table to counts by age. */
#include "stat/nevada.h"

#include <math.h>

/* The column of a row's returns at an age, and whether the table reaches it. */
static bool column_of(const struct nevada *t, size_t row, size_t age, size_t *column)
{
    *column = t->by_calendar ? row + age : age;
    return age < t->columns - row;
}

static double returned_at(const struct nevada *t, size_t row, size_t column)
{
    return t->returned[row * t->columns + column];
}

static enum nevada_fault cell_fault(const struct nevada *t, struct nevada_cell cell, double *sum)
{
    double units = returned_at(t, cell.row, cell.column);

    if (!(units >= 0 && isfinite(units)))
        return NEVADA_NEGATIVE;
    if (units > 0 && t->by_calendar && cell.column < cell.row)
        return NEVADA_BEFORE_SHIPMENT;
    if (units > 0 && !t->by_calendar && cell.column >= t->columns - cell.row)
        return NEVADA_NOT_YET;
    *sum += units;
    return *sum > t->shipped[cell.row] ? NEVADA_TOO_MANY : NEVADA_FINE;
}

static enum nevada_fault find_fault(const struct nevada *t, struct nevada_cell *where)
{
    if (!t->rows || t->columns < t->rows)
        return NEVADA_SHAPE;
    for (where->row = 0; where->row < t->rows; where->row++) {
        double sum = 0;

        where->column = 0;
        if (!(t->shipped[where->row] >= 0 && isfinite(t->shipped[where->row])))
            return NEVADA_NEGATIVE;
        for (; where->column < t->columns; where->column++) {
            enum nevada_fault fault = cell_fault(t, *where, &sum);

            if (fault)
                return fault;
        }
    }
    return NEVADA_FINE;
}

enum nevada_fault nevada_ages(const struct nevada *t, struct age_count *ages,
                              struct nevada_cell *where)
{
    struct nevada_cell cell = {0, 0};
    enum nevada_fault fault = find_fault(t, &cell);

    if (fault) {
        *where = cell;
        return fault;
    }
    for (size_t k = 0; k < t->columns; k++)
        ages[k] = (struct age_count){0, 0, 0};
    for (size_t i = 0; i < t->rows; i++) {
        double left = t->shipped[i];
        size_t column;

        for (size_t k = 0; column_of(t, i, k, &column); k++) {
            ages[k].at_risk += left;
            ages[k].failed += returned_at(t, i, column);
            left -= returned_at(t, i, column);
        }
        ages[t->columns - i - 1].withdrawn += left;
    }
    return NEVADA_FINE;
}
