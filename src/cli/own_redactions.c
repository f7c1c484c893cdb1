/* SPDX-License-Identifier: MIT
 * cli/own_redactions.c - the file of --redact-patterns. */
#include "own_redactions.h"

#include <stdlib.h>

#include "earful/app/redact.h"
#include "exit_codes.h"
#include "read_file.h"
#include "terminal.h"

enum { FILE_LIMIT = 1 << 20 /* bytes */ };

int ef_own_redactions_load(ef_settings *settings)
{
    ef_error error = { 0 };
    size_t size;
    const char *path = settings->redactions_path;
    if (path == NULL)
        return EF_EXIT_DONE;
    if (settings->report.shows_words) {
        ef_say("--redact-patterns and --no-redact do not go together");
        return EF_EXIT_USAGE;
    }
    char *bytes = ef_read_file(path, FILE_LIMIT, &size);
    if (bytes == NULL)
        return EF_EXIT_DATA;
    ef_slice file = { (const uint8_t *)bytes, size };
    ef_status status = ef_redactions_new(&settings->redactions, file, path, &error);
    free(bytes);
    settings->writer.redact = true;
    settings->writer.redactions = settings->report.redactions = settings->redactions;
    return ef_exit_after(status, &error);
}
