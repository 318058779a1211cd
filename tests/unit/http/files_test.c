/* Pages and assets: what is rendered, how it is named, which form a client gets. */
#include "base/log.h"
#include "base/settings.h"
#include "folder.h"
#include "http/files.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdint.h>
#include <zlib.h>

#include <cmocka.h>

#define CSS "body{color:red}body{color:red}body{color:red}body{color:red}body{color:red}"

static char folder[64];

static void write_site(void)
{
    folder_new(folder);
    folder_write(
        folder, "i18n/en.json",
        "{\"language\": {\"name\": \"English\", \"ranges\": \"\"}, \"t\": \"a < b & \\\"c\\\"\", "
        "\"js\": {\"x\": \"</script> {{count}}\", \"y\": \"z\"}, \"problemPage\": {\"advice\": {"
        "\"400\": \"x\", \"401\": \"x\", \"403\": \"x\", \"404\": \"x\", \"405\": \"x\", \"408\": \"x\", "
        "\"409\": \"x\", \"412\": \"Look\", \"413\": \"x\", \"414\": \"x\", \"415\": \"x\", \"422\": \"x\", "
        "\"428\": \"x\", \"429\": \"x\", \"431\": \"x\", \"500\": \"x\", \"503\": \"x\"}}}");
    folder_write(folder, "i18n/zh-Hans.json",
                 "{\"language\": {\"name\": \"中文\", \"ranges\": \"zh\"}, \"t\": \"甲\"}");
    folder_write(folder, "assets/main.css", CSS);
    folder_write(folder, "root/robots.txt", "Host: {{origin}}\n");
    folder_write(folder, "root/security.txt", "Expires: {{expires}}\n");
    folder_write(folder, "pages/_part.html", "<i>{{t}}</i>");
    folder_write(folder, "pages/home.html", "home");
    folder_write(folder, "pages/return.html",
                 "<html lang={{lang}}>{{part:part}}{{asset:main.css}}{{languages}}{{texts:js}}");
    folder_write(folder, "pages/problem.html", "{{code}} {{status}} {{title}} {{advice}}");
}

static int load(void **state)
{
    (void)state;
    if (sodium_init() < 0)
        return 1;
    settings.public_origin = "https://service.example";
    write_site();
    return !files_load(folder);
}

static int unload(void **state)
{
    (void)state;
    folder_remove(folder);
    return 0;
}

static const struct file *found(const char *path)
{
    const struct file *file = files_find(path);

    assert_non_null(file);
    return file;
}

static void assert_has(const struct file *file, const char *text)
{
    if (!memmem(file->identity.bytes, file->identity.len, text, strlen(text)))
        fail_msg("%s lacks: %s", file->path, text);
}

static void a_page_is_rendered_in_every_language(void **state)
{
    (void)state;
    assert_has(found("/en/return"), "<html lang=en>");
    assert_has(found("/zh-hans/return"), "<html lang=zh-Hans><i>甲</i>");
    assert_string_equal(found("/zh-hans/return")->language, "zh-Hans");
    assert_string_equal(found("/en/return")->type, "text/html; charset=utf-8");
    assert_string_equal(found("/en/return")->cache_control, "no-cache");
    assert_non_null(files_find("/en/"));
    assert_null(files_find("/en/part"));
    assert_null(files_find("/en/_part"));
    assert_null(files_find("/en/problem"));
}

static void texts_cannot_become_markup(void **state)
{
    (void)state;
    assert_has(found("/en/return"), "<i>a &lt; b &amp; &quot;c&quot;</i>");
    assert_has(found("/en/return"), "{\"js.x\":\"\\u003c/script> {{count}}\",\"js.y\":\"z\"}");
}

static void a_page_links_to_itself_in_every_language(void **state)
{
    (void)state;
    assert_has(
        found("/en/return"),
        "<a href=\"/en/return\" lang=\"en\" hreflang=\"en\" aria-current=\"true\">English</a>"
        "<a href=\"/zh-hans/return\" lang=\"zh-Hans\" hreflang=\"zh-Hans\">中文</a>");
}

static void assets_carry_the_hash_of_their_bytes(void **state)
{
    const char *path = files_asset("main.css");

    (void)state;
    assert_non_null(path);
    assert_int_equal(strlen(path), strlen("/assets/main..css") + 16);
    assert_has(found("/en/return"), path);
    assert_has(found(path), CSS);
    assert_string_equal(found(path)->type, "text/css; charset=utf-8");
    assert_non_null(strstr(found(path)->cache_control, "immutable"));
    assert_memory_equal(found(path)->identity.etag + 1, path + strlen("/assets/main."), 16);
    assert_null(files_asset("main.js"));
    assert_null(files_find("/assets/main.css"));
}

static void a_problem_has_a_page(void **state)
{
    (void)state;
    assert_has(found("/problems/stale"), "stale 412 It was changed in the meantime. Look");
    assert_null(files_find("/problems/STALE"));
}

static void files_with_a_fixed_address_know_the_origin(void **state)
{
    (void)state;
    assert_has(found("/robots.txt"), "Host: https://service.example\n");
    assert_has(found("/.well-known/security.txt"), "Expires: 20");
    assert_null(files_find("/security.txt"));
}

static void the_gzip_twin_unpacks_to_the_same_bytes(void **state)
{
    const struct file *file = found(files_asset("main.css"));
    uint8_t unpacked[sizeof CSS * 2];
    z_stream stream = {0};

    (void)state;
    assert_int_equal(inflateInit2(&stream, MAX_WBITS + 16), Z_OK);
    stream.next_in = (Bytef *)(uintptr_t)file->gzip.bytes;
    stream.avail_in = (uInt)file->gzip.len;
    stream.next_out = unpacked;
    stream.avail_out = sizeof unpacked;
    assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
    assert_int_equal(stream.total_out, strlen(CSS));
    assert_memory_equal(unpacked, CSS, stream.total_out);
    inflateEnd(&stream);
    assert_true(file->br.bytes && file->br.len < file->gzip.len);
}

static void a_twin_that_is_not_smaller_is_not_kept(void **state)
{
    (void)state;
    assert_null(found("/en/")->br.bytes);
    assert_null(found("/en/")->gzip.bytes);
    assert_null(file_variant(found("/en/"), "br, gzip")->coding);
}

static void the_client_chooses_the_coding(void **state)
{
    static const struct {
        const char *header, *coding;
    } cases[] = {
        {NULL,                 NULL  },
        {"",                   NULL  },
        {"gzip, deflate, br",  "br"  },
        {"gzip",               "gzip"},
        {"GZIP",               "gzip"},
        {"br;q=0.5, gzip",     "gzip"},
        {"br;q=0, gzip;q=0",   NULL  },
        {"*",                  "br"  },
        {"*;q=0",              NULL  },
        {"br;q=0, *",          "gzip"},
        {"identity, br;q=0.5", NULL  },
        {"brr, xgzip",         NULL  },
    };
    const struct file *file = found(files_asset("main.css"));

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *coding = file_variant(file, cases[i].header)->coding;

        if (strcmp(coding ? coding : "", cases[i].coding ? cases[i].coding : ""))
            fail_msg("\"%s\" gives %s", cases[i].header, coding);
    }
}

static void every_coding_has_its_own_etag(void **state)
{
    const struct file *file = found(files_asset("main.css"));

    (void)state;
    assert_int_equal(file->identity.etag[0], '"');
    assert_string_not_equal(file->identity.etag, file->br.etag);
    assert_string_not_equal(file->gzip.etag, file->br.etag);
    assert_int_equal(file->gzip.etag[strlen(file->gzip.etag) - 1], '"');
}

static void a_path_without_language_leads_to_the_readers_own(void **state)
{
    (void)state;
    assert_string_equal(files_redirect("/", "zh-CN"), "/zh-hans/");
    assert_string_equal(files_redirect("/", NULL), "/en/");
    assert_string_equal(files_redirect("/return", "zh"), "/zh-hans/return");
    assert_string_equal(files_redirect("/zh-hans", "en"), "/zh-hans/");
    assert_null(files_redirect("/nothing", "en"));
    assert_null(files_redirect("//evil.example/", "en"));
    assert_null(files_redirect("", "en"));
}

static void what_cannot_be_filled_in_stops_the_start(void **state)
{
    (void)state;
    log_threshold(LOG_ERROR + 1);
    folder_write(folder, "pages/return.html", "{{no.such.text}}");
    assert_false(files_load(folder));
    folder_write(folder, "pages/return.html", "{{asset:none.css}}");
    assert_false(files_load(folder));
    folder_write(folder, "pages/return.html", "{{texts:js none}}");
    assert_false(files_load(folder));
    folder_write(folder, "pages/_part.html", "{{part:part}}");
    folder_write(folder, "pages/return.html", "{{part:part}}");
    assert_false(files_load(folder));
    assert_false(files_load("/nonexistent"));
    folder_remove(folder);
    write_site();
    assert_true(files_load(folder));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_is_rendered_in_every_language),
        cmocka_unit_test(texts_cannot_become_markup),
        cmocka_unit_test(a_page_links_to_itself_in_every_language),
        cmocka_unit_test(assets_carry_the_hash_of_their_bytes),
        cmocka_unit_test(a_problem_has_a_page),
        cmocka_unit_test(files_with_a_fixed_address_know_the_origin),
        cmocka_unit_test(the_gzip_twin_unpacks_to_the_same_bytes),
        cmocka_unit_test(a_twin_that_is_not_smaller_is_not_kept),
        cmocka_unit_test(the_client_chooses_the_coding),
        cmocka_unit_test(every_coding_has_its_own_etag),
        cmocka_unit_test(a_path_without_language_leads_to_the_readers_own),
        cmocka_unit_test(what_cannot_be_filled_in_stops_the_start),
    };

    return cmocka_run_group_tests(tests, load, unload);
}
