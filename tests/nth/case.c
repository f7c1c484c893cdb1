/* SPDX-License-Identifier: MIT
 * tests/nth/case.c - a line of cases.txt. What is wrong in it ends the test. */
#include "case.h"

#include <err.h>
#include <stdio.h>
#include <string.h>

static void take_flag(nth_case *it, const char *flag)
{
    if (strcmp(flag, "again") == 0)
        it->goes_again = true;
    else if (strcmp(flag, "free") == 0)
        it->is_free = true;
    else if (strcmp(flag, "several") == 0)
        it->has_several = true;
    else if (strcmp(flag, "stdio") == 0)
        it->has_stdio = true;
    else if (strncmp(flag, "except=", 7) == 0)
        snprintf(it->except + strlen(it->except), sizeof it->except - strlen(it->except),
                 "%s ", flag + 7);
    else if (sscanf(flag, "input=%63s", it->input) != 1)
        errx(1, "%s: no such flag: %s", it->name, flag);
}

bool nth_case_take(nth_case *it, char *line)
{
    char *rest = NULL, *colon = strstr(line, ": ");
    memset(it, 0, sizeof *it);
    line[strcspn(line, "\n")] = '\0';
    if (line[0] == '#' || line[0] == '\0')
        return false;
    if (colon == NULL)
        errx(1, "no command: %s", line);
    *colon = '\0';
    snprintf(it->name, sizeof it->name, "%s", strtok_r(line, " ", &rest));
    for (char *flag; (flag = strtok_r(NULL, " ", &rest)) != NULL;)
        take_flag(it, flag);
    if (wordexp(colon + 2, &it->words, WRDE_NOCMD) != 0)
        errx(1, "%s: the shell would not take this", it->name);
    snprintf(it->program, sizeof it->program, "%s", it->words.we_wordv[0]);
    return true;
}
