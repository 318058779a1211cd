#ifndef READ_REASON_H
#define READ_REASON_H

#include <stdbool.h>
#include <stddef.h>

/** What kind of event a return is; the first row of reasons.def is `unknown`. */
enum event_class {
#define CLASS(name, meaning) EVENT_##name,
#define REASON(pattern, class)
#include "read/reasons.def"
#undef CLASS
#undef REASON
    EVENT_CLASSES,
};

/** "fault"; "unknown" for what is no class. */
const char *event_class_name(enum event_class class);
/** What it means, for people. */
const char *event_class_meaning(enum event_class class);
/** The class of a name; false, and nothing written, if there is none. */
bool event_class_named(const char *name, enum event_class *class);

/**
 * The class that a marketplace's code of a reason has by default. Case does not count, hyphens
 * and blanks are underscores, and the prefixes CR- (customer return) and, where reasons.def
 * has nothing nearer, AMZ-PG- (product group) are passed over. False, and EVENT_unknown, if
 * reasons.def does not know the code: then it is to be kept as it came, and told.
 */
bool reason_class(const char *code, enum event_class *class);

#endif
