/* The program: reads its settings and does what it is asked. */
#include "base/log.h"
#include "base/settings.h"
#include "command/command.h"
#include "http/version.h"

#include <jansson.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

static const struct command {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *arguments, *sentence;
} commands[] = {
#define COMMAND(name, function, arguments, sentence) {name, function, arguments, sentence},
#include "commands.def"
#undef COMMAND
};

static const size_t ncommands = sizeof commands / sizeof *commands;

static const struct command *find(const char *name)
{
    for (size_t i = 0; i < ncommands; i++)
        if (!strcmp(commands[i].name, name))
            return &commands[i];
    return NULL;
}

int command_usage(const char *name)
{
    fprintf(stderr, "usage: aftersalesd %s %s\n", name, find(name)->arguments);
    return 2;
}

static int help(FILE *out)
{
    fprintf(out, "aftersalesd %s: after-sales service for machines sold far away\n\n",
            AFTERSALES_VERSION);
    for (size_t i = 0; i < ncommands; i++)
        fprintf(out, "  aftersalesd %s %s\n      %s\n", commands[i].name, commands[i].arguments,
                commands[i].sentence);
    fprintf(out, "  aftersalesd --help | --version\n\nSettings, read from the environment:\n");
    settings_help(out);
    return out == stdout ? 0 : 2;
}

int main(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "";
    const struct command *command = find(name);

    if (!strcmp(name, "--help") || !strcmp(name, "help"))
        return help(stdout);
    if (!strcmp(name, "--version")) {
        printf("aftersalesd %s\n", AFTERSALES_VERSION);
        return 0;
    }
    if (!command)
        return help(stderr);
    signal(SIGPIPE, SIG_IGN);
    json_object_seed(0);
    if (sodium_init() < 0) {
        fprintf(stderr, "aftersalesd: libsodium cannot get random numbers.\n");
        return 1;
    }
    if (!settings_read())
        return 1;
    return command->run(argc - 1, argv + 1);
}
