/* SPDX-License-Identifier: MIT
 * cli/pseudonym_key.c - the file of --pseudonym-key.
 *
 * Whoever has the key can try out names until a stand-in fits: so a file that others may
 * read is refused, as ssh does it. The key leaves memory as soon as it was taken in. */
#include "pseudonym_key.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "earful/app/pseudonym.h"
#include "exit_codes.h"
#include "terminal.h"

enum { LONGEST = 4096 /* bytes */ };

/* Line ends at the end are the editor's, not the key's. */
static ef_slice trim(const uint8_t *bytes, size_t size)
{
    while (size > 0 && (bytes[size - 1] == '\n' || bytes[size - 1] == '\r'))
        size--;
    return (ef_slice){ bytes, size };
}

static bool is_safe(int descriptor, const char *path)
{
    struct stat about;
    if (fstat(descriptor, &about) != 0 || !S_ISREG(about.st_mode))
        ef_say("'%s' is no file: a key stands in one", path);
    else if ((about.st_mode & 077) != 0)
        ef_say("others may read the key in '%s': chmod 600 %s", path, path);
    else
        return true;
    return false;
}

static int take(ef_settings *settings, int descriptor)
{
    const char *path = settings->pseudonym_key_path;
    uint8_t bytes[LONGEST + 1];
    size_t size = 0;
    ssize_t got;
    ef_error error = { 0 };
    while (size < sizeof bytes &&
           (got = read(descriptor, bytes + size, sizeof bytes - size)) > 0)
        size += (size_t)got;
    if (size > LONGEST) {
        ef_say("'%s' is no key: it is longer than %d bytes", path, LONGEST);
        explicit_bzero(bytes, sizeof bytes);
        return EF_EXIT_DATA;
    }
    ef_status status = ef_pseudonyms_new(&settings->pseudonyms, trim(bytes, size), &error);
    explicit_bzero(bytes, sizeof bytes);
    settings->reader.pseudonyms = settings->pseudonyms;
    if (status != EF_ERR_ARGUMENT)
        return ef_exit_after(status, &error);
    ef_say("'%s': %s; (umask 077; head -c 32 /dev/urandom >%s) makes one", path,
           error.message, path);
    return EF_EXIT_DATA;
}

int ef_pseudonym_key_load(ef_settings *settings)
{
    const char *path = settings->pseudonym_key_path;
    size_t columns = settings->pseudonymize.count;
    if (path == NULL && columns == 0)
        return EF_EXIT_DONE;
    if (path == NULL || columns == 0) {
        ef_say(path == NULL ? "--pseudonymize needs a key: --pseudonym-key FILE; (umask 077; "
                              "head -c 32 /dev/urandom >FILE) makes one"
                            : "--pseudonym-key does nothing without --pseudonymize COL");
        return EF_EXIT_USAGE;
    }
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        ef_say("cannot open '%s': %s", path, strerror(errno));
        return EF_EXIT_DATA;
    }
    int code = is_safe(descriptor, path) ? take(settings, descriptor) : EF_EXIT_DATA;
    close(descriptor);
    return code;
}
