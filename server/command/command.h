#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

#include <stdbool.h>

/**
 * What the program can be asked to do: the rows of commands.def. Each gets its
 * own arguments (argv[0] is its name) after the settings were read, and
 * returns the exit status: 0 done, 1 failed, 2 wrong use.
 */
#define COMMAND(name, function, arguments, sentence) int function(int argc, char **argv);
#include "commands.def"
#undef COMMAND

/** Derive the keys from the secret; false, and a sentence, if there is none or it is short. */
bool command_secret(void);
/** Write how a command is used to standard error; returns 2. */
int command_usage(const char *name);

#endif
