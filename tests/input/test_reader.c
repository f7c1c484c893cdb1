/* SPDX-License-Identifier: MIT
 * The reader: many inputs, pipes, failures midway, and what it tells. */
#include "readers.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "input/reader.h"

Test(reader, refuses_options_that_make_no_sense)
{
    static const char *const inputs[] = { "/dev/null" };
    const ef_reader_options bad[] = {
        { .input_count = 0 },
        { .inputs = inputs, .input_count = 1, .format = "word" },
        { .inputs = inputs, .input_count = 1, .encoding = "ebcdic" },
        { .inputs = inputs, .input_count = 1, .time_zone = "Nowhere" },
        { .inputs = inputs, .input_count = 1, .max_record = SIZE_MAX },
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ef_reader *reader;
        ef_error error = { 0 };
        cr_expect_eq(ef_reader_new(&reader, &bad[i], &error), EF_ERR_ARGUMENT, "%zu", i);
        cr_expect_null(reader);
        cr_expect(error.message[0] != '\0');
    }
    ef_reader_free(NULL);
}

Test(reader, reads_inputs_of_different_formats_one_after_the_other)
{
    test_file a = write_file("{\"text\":\"a\"}\n{\"text\":\"b\"}\n", 26);
    test_file b = write_file("id,text\n1,c\n2,d\n", 16);
    test_file c = write_file("", 0);
    test_file d = write_file("[{\"comment\":\"e\",\"stars\":4}]", 27);
    const char *inputs[] = { a.path, b.path, c.path, d.path };
    ef_reader_options options = { .inputs = inputs, .input_count = 4 };
    outcome out;
    read_with(&out, &options);
    cr_assert_eq(out.status, EF_END, "%s", out.error.message);
    cr_assert_str_eq(ef_buffer_text(&out.records), "a|||1\nb|||2\nc|||2\nd|||3\ne|4||1\n");
    cr_assert_eq(out.counts.inputs, 4);
    cr_assert_eq(out.counts.bytes, 26 + 16 + 27);
    cr_assert_eq(out.counts.total_bytes, 26 + 16 + 27);
    forget(&out);
    unlink(a.path), unlink(b.path), unlink(c.path), unlink(d.path);
}

Test(reader, columns_are_those_of_the_record_at_hand)
{
    test_file a = write_file("{\"text\":\"a\",\"x\":{\"y\":1}}\n", 25);
    test_file b = write_file("id,text\n1,c\n2,d\n", 16);
    const char *inputs[] = { a.path, b.path };
    ef_reader_options options = { .inputs = inputs, .input_count = 2 };
    ef_reader *reader;
    ef_record record;
    size_t count;
    cr_assert_eq(ef_reader_new(&reader, &options, NULL), EF_OK);
    cr_assert_null(ef_reader_columns(reader, &count));
    cr_assert_eq(ef_reader_next(reader, &record, NULL), EF_OK);
    const ef_slice *names = ef_reader_columns(reader, &count);
    cr_assert_eq(count, 2);
    cr_assert_eq(memcmp(names[1].data, "x.y", 3), 0);
    cr_assert_eq(record.field_count, 2);
    cr_assert_eq(record.fields[1].data[0], '1');
    cr_assert_eq(record.raw.size, 24);
    cr_assert_eq(ef_reader_next(reader, &record, NULL), EF_OK);
    names = ef_reader_columns(reader, &count);
    cr_assert_eq(memcmp(names[0].data, "id", 2), 0);
    ef_reader_free(reader);
    unlink(a.path), unlink(b.path);
}

Test(reader, fails_when_its_only_input_is_not_understood)
{
    outcome out;
    char zeros[100] = { 0 };
    read_bytes(&out, zeros, sizeof zeros, NULL);
    cr_assert_eq(out.status, EF_ERR_FORMAT);
    cr_assert(strstr(out.error.message, "binary") != NULL);
    cr_assert_eq(out.inputs.size, 0, "the error says it, a notice would say it twice");
    cr_assert_eq(out.counts.failed_inputs, 1);
    read_text(&out, "{\"a\":1}\n{\"a\":2}\n");
    cr_assert_eq(out.status, EF_ERR_ARGUMENT, "there is no text");
    read_bytes(&out, "{\"text\":\"a\"}\n", 13, &(ef_reader_options){ .text = "txet" });
    cr_assert_eq(out.status, EF_ERR_ARGUMENT);
    cr_assert(strstr(out.error.message, "text") != NULL);
}

Test(reader, goes_on_behind_an_input_that_is_not_understood)
{
    char zeros[100] = { 0 };
    test_file a = write_file(zeros, sizeof zeros);
    test_file b = write_file("{\"text\":\"a\"}\n", 13);
    test_file c = write_file("%PDF-1.7 and so on", 18);
    const char *inputs[] = { a.path, b.path, c.path };
    ef_reader_options options = { .inputs = inputs, .input_count = 3 };
    outcome out;
    read_with(&out, &options);
    cr_assert_eq(out.status, EF_END, "%s", out.error.message);
    cr_assert_str_eq(ef_buffer_text(&out.records), "a|||1\n");
    cr_assert_eq(out.counts.failed_inputs, 2);
    cr_assert(strstr(ef_buffer_text(&out.inputs), a.path) != NULL);
    cr_assert(strstr(ef_buffer_text(&out.inputs), "PDF") != NULL);
    forget(&out);
    unlink(a.path), unlink(b.path), unlink(c.path);
}

Test(reader, names_a_json_document_that_is_cut_short)
{
    static const char whole[] = "{\"data\":[{\"text\":\"a\"},{\"text\":\"b\"}],\"n\":2}\n";
    /* Cut behind a record, inside one, and behind the array. */
    static const size_t sizes[] = { sizeof whole - 1, 25, 24, 35, 38 };
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        outcome out;
        read_bytes(&out, whole, sizes[i], &(ef_reader_options){ .format = "json" });
        cr_assert_eq(out.status, EF_END, "%s", out.error.message);
        cr_assert_eq(out.counts.failed_inputs, i > 0, "%zu", sizes[i]);
        cr_assert_eq(strstr(ef_buffer_text(&out.inputs), "is cut short") != NULL, i > 0);
        forget(&out);
    }
}

Test(reader, looks_further_where_the_first_record_fills_the_sample)
{
    ef_buffer text = { 0 };
    ef_buffer_append_text(&text, "{\"text\":\"");
    for (int i = 0; i < 120000; i++)
        ef_buffer_append_text(&text, "0123456789");
    ef_buffer_append_text(&text, "\"}\n{\"text\":\"a\"}\n");
    outcome out;
    read_bytes(&out, ef_buffer_text(&text), text.size, NULL);
    cr_assert_eq(out.status, EF_END, "%s", out.error.message);
    cr_assert_str_eq(ef_buffer_text(&out.records), "a|||2\n");
    cr_assert_str_eq(ef_buffer_text(&out.rejects), "too long@1:1\n");
    forget(&out);
    ef_buffer_release(&text);
}

Test(reader, takes_a_blank_file_for_an_empty_one)
{
    outcome out;
    read_text(&out, "\n \r\n\t\n");
    cr_assert_eq(out.status, EF_END, "%s", out.error.message);
    cr_assert_eq(out.counts.failed_inputs, 0);
    forget(&out);
}

Test(reader, tells_no_guess_where_the_options_say_it_all)
{
    outcome out;
    read_bytes(&out, "id,text\n1,a\n", 12,
               &(ef_reader_options){ .format = "csv",
                                     .encoding = "utf-8",
                                     .delimiter = ',',
                                     .header_rows = 1,
                                     .id = "id",
                                     .text = "text" });
    cr_assert_eq(out.counts.records, 1);
    cr_assert_eq(out.guesses.size, 0, "%s", ef_buffer_text(&out.guesses));
    forget(&out);
}

Test(reader, keeps_the_records_before_a_compressed_file_breaks)
{
    /* gzip of two hundred records, cut short; made by the program itself would be circular.
     */
    ef_buffer text = { 0 };
    for (int i = 0; i < 20000; i++)
        ef_buffer_printf(&text, "{\"text\":\"review number %d\",\"n\":%d}\n", i,
                         i * 7919 % 1000);
    test_file plain = write_file(ef_buffer_text(&text), text.size);
    char command[200];
    snprintf(command, sizeof command, "gzip -c %s | head -c 30000 > %s.gz", plain.path,
             plain.path);
    cr_assert_eq(system(command), 0);
    snprintf(command, sizeof command, "%s.gz", plain.path);
    const char *inputs[] = { command };
    ef_reader_options options = { .inputs = inputs, .input_count = 1 };
    outcome out;
    read_with(&out, &options);
    cr_assert_eq(out.status, EF_END, "%s", out.error.message);
    cr_assert_gt(out.counts.records, 1000);
    cr_assert_eq(out.counts.rejected, 0, "half a record is not one");
    cr_assert_eq(out.counts.failed_inputs, 1);
    cr_assert_gt(out.inputs.size, 0);
    cr_assert_eq(out.counts.bytes, 30000);
    forget(&out);
    ef_buffer_release(&text);
    unlink(command), unlink(plain.path);
}

Test(reader, says_its_guess_once_for_inputs_of_one_kind)
{
    test_file a = write_file("{\"text\":\"a\"}\n{\"text\":\"x\"}\n", 26);
    test_file b = write_file("{\"text\":\"b\"}\n{\"text\":\"y\"}\n", 26);
    const char *inputs[] = { a.path, b.path };
    ef_reader_options options = { .inputs = inputs, .input_count = 2 };
    outcome out;
    read_with(&out, &options);
    const char *guess = ef_buffer_text(&out.guesses);
    cr_assert(strstr(guess, "--from ndjson") != NULL, "%s", guess);
    cr_assert(strstr(guess, "--text text") != NULL, "%s", guess);
    cr_assert_eq(strchr(guess, '\n') + 1, guess + out.guesses.size, "%s", guess);
    forget(&out);
    unlink(a.path), unlink(b.path);
}

Test(reader, cuts_a_long_line_at_a_character_and_flags_it)
{
    ef_buffer text = { 0 };
    for (int i = 0; i < 5000; i++)
        ef_buffer_append_text(&text, "\xe2\x82\xac");
    ef_buffer_append_text(&text, "\nshort\n");
    test_file file = write_file(ef_buffer_text(&text), text.size);
    const char *inputs[] = { file.path };
    for (size_t limit = 1000; limit < 1004; limit++) {
        ef_reader_options options = {
            .inputs = inputs, .input_count = 1, .format = "lines", .max_record = limit
        };
        ef_reader *reader;
        ef_record record;
        cr_assert_eq(ef_reader_new(&reader, &options, NULL), EF_OK);
        cr_assert_eq(ef_reader_next(reader, &record, NULL), EF_OK);
        cr_assert(record.is_cut);
        cr_assert_eq(record.text.size, limit - limit % 3);
        cr_assert_eq(ef_reader_next(reader, &record, NULL), EF_OK);
        cr_assert_not(record.is_cut);
        cr_assert_eq(record.line, 2);
        cr_assert_eq(record.offset, 15001);
        ef_reader_counts counts;
        ef_reader_count(reader, &counts);
        cr_assert_eq(counts.cut, 1);
        cr_assert_eq(counts.invalid_utf8, 0);
        ef_reader_free(reader);
    }
    unlink(file.path);
    ef_buffer_release(&text);
}

/* Makes standard input the reading end of a pipe and gives the writing end. */
static int pipe_to_stdin(void)
{
    int ends[2];
    cr_assert_eq(pipe(ends), 0);
    cr_assert_eq(dup2(ends[0], 0), 0);
    close(ends[0]);
    return ends[1];
}

static void say(int fd, const char *text)
{
    cr_assert_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
}

Test(reader, gives_out_what_a_pipe_has_before_it_ends, .timeout = 20)
{
    static const char *const inputs[] = { "-" };
    ef_reader_options options = { .inputs = inputs, .input_count = 1 };
    ef_reader *reader;
    ef_record record;
    int fd = pipe_to_stdin();
    cr_assert_eq(ef_reader_new(&reader, &options, NULL), EF_OK);
    say(fd, "{\"text\":\"one\"}\n{\"text\":\"tw");
    cr_assert_eq(ef_reader_next(reader, &record, NULL), EF_OK);
    cr_assert_eq(memcmp(record.text.data, "one", 3), 0);
    say(fd, "o\"}\n");
    cr_assert_eq(ef_reader_next(reader, &record, NULL), EF_OK);
    cr_assert_eq(memcmp(record.text.data, "two", 3), 0);
    say(fd, "{\"text\":\"three\"}");
    close(fd);
    cr_assert_eq(ef_reader_next(reader, &record, NULL), EF_OK);
    cr_assert_eq(record.line, 3);
    cr_assert_eq(ef_reader_next(reader, &record, NULL), EF_END);
    ef_reader_free(reader);
}

Test(reader, waits_for_a_pipe_that_pauses_within_its_first_record, .timeout = 20)
{
    static const char *const inputs[] = { "-" };
    ef_reader_options options = { .inputs = inputs, .input_count = 1 };
    ef_reader *reader;
    ef_record record;
    int fd = pipe_to_stdin();
    if (fork() == 0) {
        say(fd, "{\"id\":1,\"te");
        usleep(600000);
        say(fd, "xt\":\"one\"}\n{\"id\":2,\"text\":\"two\"}\n");
        _exit(0);
    }
    close(fd);
    cr_assert_eq(ef_reader_new(&reader, &options, NULL), EF_OK);
    cr_assert_eq(ef_reader_next(reader, &record, NULL), EF_OK);
    cr_assert_eq(memcmp(record.text.data, "one", 3), 0);
    cr_assert_eq(ef_reader_next(reader, &record, NULL), EF_OK);
    cr_assert_eq(ef_reader_next(reader, &record, NULL), EF_END);
    ef_reader_free(reader);
}

Test(reader, a_block_is_whole_records_and_knows_its_place)
{
    ef_buffer text = { 0 };
    for (int i = 0; i < 100000; i++)
        ef_buffer_printf(&text, "{\"text\":\"number %d\"}\n", i);
    test_file file = write_file(ef_buffer_text(&text), text.size);
    const char *inputs[] = { file.path };
    ef_reader_options options = { .inputs = inputs, .input_count = 1 };
    ef_reader *reader;
    ef_block block = { 0 };
    uint64_t offset = 0, line = 1, sequence = 0;
    cr_assert_eq(ef_reader_new(&reader, &options, NULL), EF_OK);
    while (ef_reader_block(reader, &block, NULL) == EF_OK) {
        cr_assert_eq(block.offset, offset);
        cr_assert_eq(block.line, line);
        cr_assert_eq(block.sequence, sequence++);
        cr_assert_eq(block.bytes.data[block.bytes.size - 1], '\n');
        cr_assert_eq(memcmp(block.bytes.data, text.data + offset, block.bytes.size), 0);
        for (size_t i = 0; i < EF_PADDING; i++)
            cr_assert_eq(block.bytes.data[block.bytes.size + i], 0);
        for (size_t i = 0; i < block.bytes.size; i++)
            line += block.bytes.data[i] == '\n';
        offset += block.bytes.size;
    }
    cr_assert_eq(offset, text.size);
    cr_assert_gt(sequence, 1);
    ef_buffer_release(&block.bytes);
    ef_buffer_release(&text);
    ef_reader_free(reader);
    unlink(file.path);
}

Test(reader, tells_of_utf16_without_a_mark)
{
    ef_buffer text = { 0 };
    for (int i = 0; i < 1000; i++) {
        ef_buffer_append_byte(&text, (uint8_t)('a' + i % 26));
        ef_buffer_append_byte(&text, 0);
    }
    outcome out;
    read_bytes(&out, (const char *)text.data, text.size, NULL);
    cr_assert_eq(out.status, EF_ERR_FORMAT);
    cr_assert(strstr(out.error.message, "--encoding") != NULL);
    forget(&out);
    ef_buffer_release(&text);
}
