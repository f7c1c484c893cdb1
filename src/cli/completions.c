/* SPDX-License-Identifier: MIT
 * cli/completions.c - scripts that teach a shell verbs, options and values.
 *
 * Made from the tables of verbs and options. Names hold letters, digits and hyphens only
 * (a test sees to it), summaries are quoted; nothing else needs care in a shell. */
#include "completions.h"

#include <string.h>

#include "options.h"
#include "verbs.h"

static void put_words(FILE *stream, const char *const *words)
{
    for (size_t i = 0; words[i] != NULL; i++)
        fprintf(stream, "%s%s", i > 0 ? " " : "", words[i]);
}

static void put_verb_names(FILE *stream)
{
    for (size_t i = 0; ef_verb_at(i) != NULL; i++)
        fprintf(stream, "%s%s", i > 0 ? " " : "", ef_verb_at(i)->name);
}

static void put_choices(FILE *stream, const ef_option_row *row)
{
    ef_choice choice;
    for (size_t i = 0; ef_option_choice(row, i, &choice) != NULL; i++)
        fprintf(stream, "%s%s", i > 0 ? " " : "", choice.text);
}

static bool has_choices(const ef_option_row *row)
{
    return row->choices != NULL && !ef_option_is_file(row);
}

/* What may follow an option of this verb: `verb:--option) …;;` */
static void put_bash_values(FILE *stream, const ef_verb *verb)
{
    for (size_t i = 0; ef_option_at(i) != NULL; i++) {
        const ef_option_row *row = ef_option_at(i);
        if ((row->verbs & verb->bit) == 0 || row->metavar == NULL)
            continue;
        fprintf(stream, "        %s:--%s", verb->name, row->name);
        if (row->letter != 0)
            fprintf(stream, "|%s:-%c", verb->name, row->letter);
        if (has_choices(row)) {
            fputs(") COMPREPLY=($(compgen -W '", stream);
            put_choices(stream, row);
            fputs("' -- \"$word\")); return ;;\n", stream);
        } else if (row->choices != NULL) {
            fputs(") COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n", stream);
        } else {
            fputs(") return ;;\n", stream);
        }
    }
}

static void put_bash_options(FILE *stream, const ef_verb *verb)
{
    fprintf(stream, "        %s) options='", verb->name);
    const char *before = "";
    for (size_t i = 0; ef_option_at(i) != NULL; i++) {
        if ((ef_option_at(i)->verbs & verb->bit) != 0) {
            fprintf(stream, "%s--%s", before, ef_option_at(i)->name);
            before = " ";
        }
    }
    fputs("'; words='", stream);
    if (verb->words != NULL)
        put_words(stream, verb->words);
    fputs("' ;;\n", stream);
}

void ef_completions_bash(FILE *stream)
{
    fputs("# bash completion for earful, made by `earful completions bash`\n"
          "_earful()\n{\n"
          "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
          "    local verb=${COMP_WORDS[1]} options='' words=''\n"
          "    COMPREPLY=()\n"
          "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
          "        COMPREPLY=($(compgen -W '",
          stream);
    put_verb_names(stream);
    fputs(" --help --version' -- \"$word\"))\n        return\n    fi\n"
          "    case $verb:$before in\n",
          stream);
    for (size_t i = 0; ef_verb_at(i) != NULL; i++)
        put_bash_values(stream, ef_verb_at(i));
    fputs("    esac\n    case $verb in\n", stream);
    for (size_t i = 0; ef_verb_at(i) != NULL; i++)
        put_bash_options(stream, ef_verb_at(i));
    fputs("    esac\n"
          "    case $word in\n"
          "        -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\")) ;;\n"
          "        *) COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
          "           [ -n \"$words\" ] || COMPREPLY=($(compgen -f -- \"$word\")) ;;\n"
          "    esac\n}\n"
          "complete -o filenames -F _earful earful\n",
          stream);
}

/* A string inside single quotes and a zsh description: ' ends the one, [ ] : the other. */
static void put_zsh_text(FILE *stream, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '\'')
            fputs("'\\''", stream);
        else if (strchr("[]:\\", *text) != NULL)
            fprintf(stream, "\\%c", *text);
        else
            fputc(*text, stream);
    }
}

static void put_zsh_name(FILE *stream, const ef_option_row *row, const char *form)
{
    fprintf(stream, "            '*%s[", form);
    put_zsh_text(stream, row->summary);
    fputc(']', stream);
    if (row->metavar != NULL) {
        fputc(':', stream);
        put_zsh_text(stream, row->metavar);
        fputc(':', stream);
        if (has_choices(row)) {
            fputc('(', stream);
            put_choices(stream, row);
            fputc(')', stream);
        } else if (row->choices != NULL) {
            fputs("_files", stream);
        }
    }
    fputs("' \\\n", stream);
}

static void put_zsh_option(FILE *stream, const ef_option_row *row)
{
    char form[64];
    snprintf(form, sizeof form, "--%s", row->name);
    put_zsh_name(stream, row, form);
    if (row->letter != 0) {
        snprintf(form, sizeof form, "-%c", row->letter);
        put_zsh_name(stream, row, form);
    }
}

static void put_zsh_verb(FILE *stream, const ef_verb *verb)
{
    fprintf(stream, "    %s)\n        _arguments \\\n", verb->name);
    for (size_t i = 0; ef_option_at(i) != NULL; i++) {
        if ((ef_option_at(i)->verbs & verb->bit) != 0)
            put_zsh_option(stream, ef_option_at(i));
    }
    fputs("            '*:operand:", stream);
    if (verb->words != NULL) {
        fputc('(', stream);
        put_words(stream, verb->words);
        fputc(')', stream);
    } else {
        fputs("_files", stream);
    }
    fputs("'\n        ;;\n", stream);
}

void ef_completions_zsh(FILE *stream)
{
    fputs("#compdef earful\n# zsh completion for earful, made by `earful completions zsh`\n"
          "if (( CURRENT == 2 )); then\n"
          "    local -a verbs=(\n",
          stream);
    for (size_t i = 0; ef_verb_at(i) != NULL; i++) {
        fprintf(stream, "        '%s:", ef_verb_at(i)->name);
        put_zsh_text(stream, ef_verb_at(i)->summary);
        fputs("'\n", stream);
    }
    fputs("    )\n    _describe verb verbs\n    return\nfi\n"
          "local verb=$words[2]\nshift words\n(( CURRENT-- ))\ncase $verb in\n",
          stream);
    for (size_t i = 0; ef_verb_at(i) != NULL; i++)
        put_zsh_verb(stream, ef_verb_at(i));
    fputs("esac\n", stream);
}

/* A string inside single quotes, where a backslash takes the meaning of two signs. */
static void put_fish_text(FILE *stream, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '\'' || *text == '\\')
            fputc('\\', stream);
        fputc(*text, stream);
    }
}

static void put_fish_option(FILE *stream, const ef_verb *verb, const ef_option_row *row)
{
    fprintf(stream, "complete -c earful -n '__fish_seen_subcommand_from %s' -l %s",
            verb->name, row->name);
    if (row->letter != 0)
        fprintf(stream, " -s %c", row->letter);
    if (row->choices != NULL && !has_choices(row)) {
        fputs(" -r -F", stream);
    } else if (row->metavar != NULL) {
        fputs(" -x", stream);
    }
    if (has_choices(row)) {
        fputs(" -a '", stream);
        put_choices(stream, row);
        fputc('\'', stream);
    }
    fputs(" -d '", stream);
    put_fish_text(stream, row->summary);
    fputs("'\n", stream);
}

static void put_fish_verb(FILE *stream, const ef_verb *verb)
{
    fprintf(stream, "complete -c earful -n __fish_use_subcommand -f -a %s -d '",
            verb->name);
    put_fish_text(stream, verb->summary);
    fputs("'\n", stream);
    if (verb->words != NULL) {
        fprintf(stream, "complete -c earful -n '__fish_seen_subcommand_from %s' -f -a '",
                verb->name);
        put_words(stream, verb->words);
        fputs("'\n", stream);
    }
    for (size_t i = 0; ef_option_at(i) != NULL; i++)
        if ((ef_option_at(i)->verbs & verb->bit) != 0)
            put_fish_option(stream, verb, ef_option_at(i));
}

void ef_completions_fish(FILE *stream)
{
    fputs("# fish completion for earful, made by `earful completions fish`\n", stream);
    for (size_t i = 0; ef_verb_at(i) != NULL; i++)
        put_fish_verb(stream, ef_verb_at(i));
}
