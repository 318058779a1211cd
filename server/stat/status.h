#ifndef STAT_STATUS_H
#define STAT_STATUS_H

/** How an estimate ended; only FIT_OK has numbers that may be shown without a word beside them. */
enum fit_status {
    FIT_OK,
    FIT_NOT_CONVERGED,  /* the bounded search ended before it settled */
    FIT_NOT_IDENTIFIED, /* the data do not determine the parameters */
    FIT_NO_EVENTS,      /* nothing happened that could be fitted */
    FIT_BAD_INPUT       /* sizes, signs or an order that make no sense */
};

#endif
