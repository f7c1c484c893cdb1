/* SPDX-License-Identifier: MIT
 * pipeline/libraries.c - whose code runs besides ours, by version, to trace a number back.
 *
 * Each room that uses a library names its version; here they stand in a table. */
#include <gnu/libc-version.h>
#include <stdio.h>
#include <string.h>

#include "base/pattern.h"
#include "base/pseudonym.h"
#include "earful/app/list.h"
#include "input/source.h"
#include "input/source_archive.h"
#include "input/xlsx_xml.h"
#include "state/state.h"
#include "text/normalize.h"

/* Some give a text of theirs, others want memory of ours for it. */
static const struct row {
    const char *name, *purpose;
    const char *(*version)(void);
    void (*write)(char *version, size_t size);
} rows[] = {
    { "libc", "the system", gnu_get_libc_version, NULL },
    { "utf8proc", "Unicode", ef_normalize_library, NULL },
    { "zlib", "gzip", ef_gzip_library, NULL },
    { "libarchive", "zip, zstd, bzip2 and xz, when an input asks for it",
      ef_archive_library, NULL },
    { "expat", "workbooks", ef_xml_library, NULL },
    { "pcre2", "patterns of users", NULL, ef_pattern_library },
    { "nettle", "stand-ins for names", NULL, ef_pseudonym_library },
    { "sqlite", "what follow remembers", ef_state_library, NULL },
};

bool ef_library_at(size_t index, ef_library *library)
{
    if (index >= sizeof rows / sizeof rows[0])
        return false;
    const struct row *row = &rows[index];
    *library = (ef_library){ .name = row->name, .purpose = row->purpose };
    const char *version = row->version != NULL ? row->version() : NULL;
    if (row->write != NULL)
        row->write(library->version, sizeof library->version);
    else if (version != NULL) /* some put their name in front */
        snprintf(library->version, sizeof library->version, "%s",
                 version + strcspn(version, "0123456789"));
    library->is_there = library->version[0] != '\0';
    return true;
}

const char *ef_compiler(void)
{
#ifdef __clang__
    return "clang " __clang_version__;
#else
    return "gcc " __VERSION__;
#endif
}
