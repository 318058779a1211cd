#ifndef READ_STATUS_H
#define READ_STATUS_H

#include "read/reason.h"

/** The kinds of columns whose words statuses.def knows. */
enum status_list {
    STATUS_order,
    STATUS_item,
    STATUS_request,
    STATUS_resolution,
    STATUS_unit,
    STATUS_disposition,
    STATUS_payment,
    STATUS_fulfilment,
    STATUS_transaction,
};

/** What a word means; statuses.def tells them one by one. */
enum status_meaning {
    STATUS_UNKNOWN,
    STATUS_WAITS,
    STATUS_SHIPPED,
    STATUS_CANCELLED,
    STATUS_BACK,
    STATUS_COUNTS,
    STATUS_REFUNDED,
    STATUS_RESTOCKED,
    STATUS_REIMBURSED,
    STATUS_IGNORED,
};

/** A word found in a list. */
struct status {
    enum status_meaning meaning; /* STATUS_UNKNOWN: the list does not have it */
    enum event_class class;
};

/** Look a word up, without regard to case, accents, blanks, hyphens and underscores. */
struct status status_find(enum status_list list, const char *word);

#endif
