/* Makes the pages and assets of a built folder into files: files_load(). */
#include "base/catalogue.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/settings.h"
#include "http/files.h"
#include "http/shell.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* A page may change at any start; its ETag makes asking cheap. */
#define ASK_AGAIN "no-cache"
/* RFC 9116 wants less than a year; a daemon lives shorter than this. */
#define CONTACT_DAYS 300

/* What the loaders share. */
struct load {
    struct arena scratch;
    const char *pages; /* the folder of the shells */
    char expires[25];
};
typedef bool take_fn(struct load *load, const char *folder, const char *name);

static take_fn take_asset, take_root, take_page;
static bool take_problems(struct load *load);
static bool each_file(struct load *load, const char *folder, take_fn *take);

static void in_days(char out[25], int days)
{
    time_t then = (time_t)clock_unix() + (time_t)days * 86400;
    struct tm tm;

    gmtime_r(&then, &tm);
    strftime(out, 25, "%Y-%m-%dT00:00:00Z", &tm);
}

bool files_load(const char *folder)
{
    struct load load = {0};
    const char *pages, *assets, *root;
    bool good;

    files_clear();
    pages = arena_printf(&load.scratch, "%s/pages", folder);
    assets = arena_printf(&load.scratch, "%s/assets", folder);
    root = arena_printf(&load.scratch, "%s/root", folder);
    load.pages = pages;
    in_days(load.expires, CONTACT_DAYS);
    /* Assets first: pages name them by their hash. */
    good = catalogue_load(arena_printf(&load.scratch, "%s/i18n", folder)) &&
           each_file(&load, assets, take_asset) && each_file(&load, root, take_root) &&
           each_file(&load, pages, take_page) && take_problems(&load);
    files_sort();
    arena_clear(&load.scratch);
    return good;
}

static bool each_file(struct load *load, const char *folder, take_fn *take)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    bool good = dir;

    if (!dir)
        log_event(LOG_ERROR, "folder_missing", "folder", folder, "need",
                  "the built pages: run make", NULL);
    while (good && (entry = readdir(dir)))
        if (entry->d_name[0] != '.' && entry->d_name[0] != '_')
            good = take(load, folder, entry->d_name);
    if (dir)
        closedir(dir);
    return good;
}

static bool take_asset(struct load *load, const char *folder, const char *name)
{
    size_t len;
    char *bytes = shell_read(&load->scratch, folder, name, &len);

    return bytes && files_add_asset(name, bytes, len);
}

/* Render one shell to one path. `extra` ends with a NULL name. */
static struct file *render_to(struct load *load, const char *path, const struct shell *shell,
                              const char *source)
{
    struct text out = text_new(&load->scratch);

    if (!shell_render(&out, shell, source))
        return NULL;
    return files_add(path, out.bytes, out.len);
}

/* Files with a fixed address: "/robots.txt", "/.well-known/security.txt". */
static bool take_root(struct load *load, const char *folder, const char *name)
{
    const struct shell_value values[] = {
        {"origin",  settings.public_origin},
        {"expires", load->expires         },
        {NULL,      NULL                  }
    };
    const struct shell shell = {"en", name, load->pages, values, files_asset};
    const char *place = strcmp(name, "security.txt") ? "" : "/.well-known";
    size_t len;
    char *source = shell_read(&load->scratch, folder, name, &len);

    return source &&
           render_to(load, arena_printf(&load->scratch, "%s/%s", place, name), &shell, source);
}

static struct file *page_add(struct load *load, const struct shell *shell, const char *path,
                             const char *source)
{
    struct file *file = render_to(load, path, shell, source);

    if (file) {
        file->type = "text/html; charset=utf-8";
        file->language = shell->locale;
        file->cache_control = ASK_AGAIN;
    }
    return file;
}

/* A page in every language; problem.html waits for take_problems(). */
static bool take_page(struct load *load, const char *folder, const char *name)
{
    size_t len;
    char *source = shell_read(&load->scratch, folder, name, &len);
    const char *page = arena_strndup(&load->scratch, name, strcspn(name, "."));
    bool good = source;

    if (!strcmp(page, "problem"))
        return good;
    if (!strcmp(page, "home"))
        page = "";
    for (const char *const *locale = catalogue_locales(); good && *locale; locale++) {
        const char *segment = shell_segment(&load->scratch, *locale);
        const struct shell_value values[] = {
            {"lang",    *locale},
            {"segment", segment},
            {"page",    page   },
            {NULL,      NULL   }
        };
        const struct shell shell = {*locale, page, folder, values, files_asset};

        good =
            page_add(load, &shell, arena_printf(&load->scratch, "/%s/%s", segment, page), source);
    }
    return good;
}

static const struct problem_row {
    const char *name;
    const char *status, *title;
} problem_rows[] = {
#define PROBLEM(name, status, title) {#name, #status, title},
#include "problems.def"
#undef PROBLEM
};

/* A problem's `type` is the address of a page that explains it. */
static bool take_problems(struct load *load)
{
    size_t len;
    char *source = shell_read(&load->scratch, load->pages, "problem.html", &len);
    bool good = source;

    for (size_t i = 0; good && i < sizeof problem_rows / sizeof *problem_rows; i++) {
        const struct problem_row *row = &problem_rows[i];
        const char *code = shell_segment(&load->scratch, row->name);
        const char *advice = arena_printf(&load->scratch, "problemPage.advice.%s", row->status);
        const char *page = arena_printf(&load->scratch, "problems/%s", code);
        const struct shell_value values[] = {
            {"lang",    "en"               },
            {"segment", "en"               },
            {"page",    page               },
            {"code",    code               },
            {"status",  row->status        },
            {"title",   row->title         },
            {"advice",  catalogue_text("en", advice)},
            {NULL,         NULL                        }
        };
        const struct shell shell = {"en", page, load->pages, values, files_asset};

        good = page_add(load, &shell, arena_printf(&load->scratch, "/%s", page), source);
    }
    return good;
}
