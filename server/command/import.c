/* aftersalesd import: reads a sales file as a mapping says. */
#include "job/import.h"
#include "command/command.h"

#include <getopt.h>
#include <stdbool.h>
#include <stddef.h>

int command_import(int argc, char **argv)
{
    static const struct option options[] = {
        {"dry-run", no_argument,       NULL, 'd'},
        {"map",     required_argument, NULL, 'm'},
        {NULL,      0,                 NULL, 0  },
    };
    const char *map = NULL;
    bool dry_run = false;
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'd')
            dry_run = true;
        else if (option == 'm')
            map = optarg;
        else
            return command_usage(argv[0]);
    }
    if (!map || optind != argc - 1)
        return command_usage(argv[0]);
    return import_run(map, argv[optind], dry_run) ? 0 : 1;
}
