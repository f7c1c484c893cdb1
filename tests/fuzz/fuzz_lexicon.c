/* SPDX-License-Identifier: MIT
 * tests/fuzz/fuzz_lexicon.c - any bytes as a lexicon file, and a damaged image.
 *
 * With the first byte even, the rest is a lexicon file: its findings must fit the answer,
 * and what it makes of the table must survive being written and opened. With it odd, the
 * rest changes bytes of a good image (24 bits of place, one byte): it is refused, or every
 * text can be scored with it. A file is read as one in VADER's format, too. */
#include "fuzz_engine.h"

#include "lexicon/lexicon_build.h"

enum { CHANGE = 4, CUT = 0x80 };

static ef_engine *engine;
static ef_scratch *scratch;
static fuzz_model parts;
static ef_buffer good;

static const char small_lexicon[] =
    "good\t2.0\nbad\t-2.5\nnot bad\t1.0\ngood * team\t3.0\nwait <n> days\t-2.0\n"
    "[boosters]\nvery\t+30\n[negators]\nnot\tnot\n[contrast]\nbut\tbut\n"
    "[signals]\ngood bye\tchurn\n[emotions]\nbad\tanger\t2\n";

typedef struct findings {
    size_t errors, warnings;
    uint64_t line;
} findings;

static void see_finding(void *user, const ef_lexicon_finding *finding)
{
    findings *seen = user;
    REQUIRE(finding->line >= seen->line && finding->line > 0 && finding->column > 0);
    REQUIRE(finding->message != NULL && finding->message[0] != '\0');
    REQUIRE(strchr(finding->message, '\n') == NULL);
    seen->line = finding->line;
    seen->errors += finding->is_error;
    seen->warnings += !finding->is_error;
}

static ef_status build(ef_slice bytes, ef_buffer *image, ef_error *error)
{
    ef_lexicon_builder builder;
    ef_lexicon lexicon = { 0 };
    REQUIRE(ef_lexicon_builder_init(&builder, NULL, error) == EF_OK);
    ef_status status =
        ef_lexicon_builder_add(&builder, bytes, "lexicon", NULL, NULL, NULL, error);
    REQUIRE(ef_lexicon_builder_finish(&builder, &lexicon, NULL) == EF_OK);
    ef_lexicon_builder_release(&builder);
    REQUIRE(ef_lexicon_write(&lexicon, image));
    ef_lexicon_release(&lexicon);
    return status;
}

static void start(void)
{
    engine = fuzz_engine(NULL, &parts);
    REQUIRE(ef_scratch_new(&scratch, NULL) == EF_OK);
    REQUIRE(build(ef_slice_of(small_lexicon), &good, NULL) == EF_OK);
}

static void score_with(const ef_lexicon *lexicon, ef_slice text)
{
    ef_lexicon own = engine->lexicon;
    ef_score score;
    ef_explanation explained;
    engine->lexicon = *lexicon;
    REQUIRE(ef_score_text(engine, scratch, text, &score, NULL) == EF_OK);
    fuzz_check_score(&score, text);
    REQUIRE(ef_explain_text(engine, scratch, text, &explained, NULL) == EF_OK);
    REQUIRE(memcmp(&explained.score, &score, sizeof score) == 0);
    engine->lexicon = own;
}

/* Opens an image from memory aligned as an engine's is; *lexicon points into it. */
static uint8_t *open_image(const ef_buffer *image, size_t size, ef_lexicon *lexicon,
                           ef_status *status)
{
    void *copy = NULL;
    ef_error error = { 0 };
    REQUIRE(posix_memalign(&copy, 16, size > 0 ? size : 1) == 0);
    if (size > 0)
        memcpy(copy, image->data, size);
    *status = ef_lexicon_open(lexicon, copy, size, &error);
    fuzz_check_error(*status, &error);
    return copy;
}

/* What can be read scores itself. */
static void read_vader_file(ef_slice file)
{
    ef_vader vader;
    ef_error error = { 0 };
    ef_score score;
    REQUIRE(ef_vader_init(&vader, &error) == EF_OK);
    ef_status status = ef_vader_add(&vader, file, "lexicon", &error);
    fuzz_check_error(status, &error);
    if (status == EF_OK) {
        REQUIRE(ef_vader_score(&vader, &scratch->vader, file, &score) == EF_OK);
        fuzz_check_vader(&score);
    }
    ef_vader_release(&vader);
}

static void read_file(fuzz_bytes bytes)
{
    uint8_t *copy = fuzz_copy(bytes.p, bytes.n);
    ef_slice file = { copy, bytes.n };
    read_vader_file(file);
    findings seen = { 0 };
    size_t entries = 0, lines = 1;
    ef_error error = { 0 };
    ef_status status = ef_lexicon_check(file, see_finding, &seen, &entries, &error);
    fuzz_check_error(status, &error);
    REQUIRE(status == (seen.errors > 0 ? EF_ERR_FORMAT : EF_OK));
    for (size_t i = 0; i < file.size; i++)
        lines += file.data[i] == '\n' || file.data[i] == '\r';
    REQUIRE(entries <= lines);
    REQUIRE(seen.line <= lines);
    ef_buffer image = { 0 };
    REQUIRE(build(file, &image, NULL) == status);
    ef_lexicon lexicon;
    uint8_t *opened = open_image(&image, image.size, &lexicon, &status);
    REQUIRE(status == EF_OK);
    score_with(&lexicon, file);
    free(opened);
    ef_buffer_release(&image);
    free(copy);
}

static void damage_image(fuzz_bytes bytes)
{
    ef_buffer image = { 0 };
    REQUIRE(ef_buffer_append(&image, good.data, good.size));
    size_t size = image.size;
    while (bytes.n >= CHANGE) {
        size_t at = fuzz_number(&bytes);
        uint8_t high = fuzz_byte(&bytes);
        at = (at | (size_t)(high & ~CUT) << 16) % image.size;
        uint8_t byte = fuzz_byte(&bytes);
        if (high & CUT)
            size = at;
        else
            image.data[at] = byte;
    }
    ef_lexicon lexicon;
    ef_status status;
    uint8_t *opened = open_image(&image, size, &lexicon, &status);
    if (status == EF_OK)
        score_with(&lexicon, ef_slice_of("Not bad, but very good. Wait 3 days, good bye! "
                                         "The good old team was bad."));
    free(opened);
    ef_buffer_release(&image);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (engine == NULL)
        start();
    fuzz_bytes bytes = { data, size };
    if (fuzz_byte(&bytes) & 1)
        damage_image(bytes);
    else
        read_file(bytes);
    return 0;
}
