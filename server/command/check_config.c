/* aftersalesd check-config: the settings in force. */
#include "base/seal.h"
#include "base/settings.h"
#include "command/command.h"

#include <stdio.h>

bool command_secret(void)
{
    if (seal_init(settings.secret))
        return true;
    fprintf(stderr, "aftersalesd: set AFTERSALES_SECRET_FILE to a file with a secret of at least "
                    "32 random characters.\n");
    return false;
}

int command_check_config(int argc, char **argv)
{
    if (argc > 1)
        return command_usage(argv[0]);
    settings_print(stdout);
    return command_secret() ? 0 : 1;
}
