/* aftersalesd check-config: the settings in force. */
#include "base/settings.h"
#include "command/command.h"

int command_check_config(int argc, char **argv)
{
    if (argc > 1)
        return command_usage(argv[0]);
    settings_print(stdout);
    return 0;
}
