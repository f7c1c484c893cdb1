/* SPDX-License-Identifier: MIT
 * review/label_row.c - one answer of a person as a row of CSV, and back. */
#include "review/label_row.h"

#include "base/moment.h"
#include "report/cells.h"

enum {
    ID,
    TEXT,
    LABEL,
    MODEL_LABEL,
    P_NEGATIVE,
    P_NEUTRAL,
    P_POSITIVE,
    WHY,
    SEED,
    LABELLED_AT,
    SOURCE_FILE,
    SOURCE_LINE,
    MODEL,
    CELLS
};

const char ef_label_header[] = "id,text,label,model_label,p_negative,p_neutral,p_positive,"
                               "why,seed,labelled_at,file,line,model\n";

static const ef_cell_dialect dialect = { ',', true, true };

/* --- writing ----------------------------------------------------------------------- */

static void write_cell(ef_buffer *out, ef_slice cell)
{
    ef_cell_append(out, cell, dialect);
    ef_buffer_append_byte(out, ',');
}

static void write_number(ef_buffer *out, uint64_t number)
{
    ef_buffer_printf(out, "%llu,", (unsigned long long)number);
}

void ef_label_row_write(ef_buffer *out, const ef_label_row *row)
{
    write_cell(out, row->id);
    write_cell(out, row->text);
    write_cell(out, ef_slice_of(ef_label_name(row->label)));
    write_cell(out, ef_slice_of(ef_label_name(row->model_label)));
    for (int i = 0; i < 3; i++) {
        ef_buffer_append_unit(out, row->p[i]);
        ef_buffer_append_byte(out, ',');
    }
    write_cell(out, ef_slice_of(ef_review_kind_name(row->kind)));
    write_number(out, row->seed);
    ef_moment_append(out, row->labelled_ms);
    ef_buffer_append_byte(out, ',');
    write_cell(out, row->file);
    write_number(out, row->line);
    ef_buffer_append_slice(out, row->model);
    ef_buffer_append_byte(out, '\n');
}

/* --- reading ----------------------------------------------------------------------- */

size_t ef_label_row_end(ef_slice bytes)
{
    bool is_quoted = false;
    for (size_t i = 0; i < bytes.size; i++) {
        is_quoted ^= bytes.data[i] == '"'; /* a doubled quote turns it twice */
        if (bytes.data[i] == '\n' && !is_quoted)
            return i + 1;
    }
    return 0;
}

/* Takes the cell at *at apart and moves behind its delimiter. False: quotes are astray. */
static bool read_cell(uint8_t *bytes, size_t size, size_t *at, ef_slice *cell)
{
    size_t from = *at, to = from;
    uint8_t *begin = bytes + from;
    bool is_quoted = from < size && bytes[from] == '"';
    if (!is_quoted) {
        while (to < size && bytes[to] != ',')
            to++;
        *cell = (ef_slice){ begin, to - from };
        *at = to + 1;
        return memchr(begin, '"', to - from) == NULL;
    }
    size_t kept = from;
    for (to = from + 1;; to++) {
        if (to >= size)
            return false;
        if (bytes[to] == '"' && (to + 1 >= size || bytes[++to] != '"'))
            break;
        bytes[kept++] = bytes[to];
    }
    *cell = (ef_slice){ begin, kept - from };
    to += bytes[to] == '"'; /* the closing quote is the last byte of the row */
    *at = to + 1;
    return to >= size || bytes[to] == ',';
}

/* What ef_cell_append put in front of a formula. */
static ef_slice undefused(ef_slice cell)
{
    ef_slice rest = { cell.data + 1, cell.size - 1 };
    return cell.size > 1 && cell.data[0] == '\'' && ef_cell_is_formula(rest) ? rest : cell;
}

static bool is_word(ef_slice cell, const char *word)
{
    return cell.size == strlen(word) &&
           (cell.size == 0 || memcmp(cell.data, word, cell.size) == 0);
}

static bool read_label(ef_slice cell, ef_label *label)
{
    for (int i = EF_LABEL_NONE; i <= EF_LABEL_POSITIVE; i++)
        if (is_word(cell, ef_label_name((ef_label)i))) {
            *label = (ef_label)i;
            return true;
        }
    return false;
}

static bool read_kind(ef_slice cell, ef_review_kind *kind)
{
    for (unsigned i = 0; i < EF_REVIEW_KINDS; i++)
        if (is_word(cell, ef_review_kind_name(i))) {
            *kind = (ef_review_kind)i;
            return true;
        }
    return false;
}

static bool read_number(ef_slice cell, uint64_t *number)
{
    *number = 0;
    for (size_t i = 0; i < cell.size; i++) {
        uint64_t digit = cell.data[i] - (uint64_t)'0';
        if (digit > 9 || *number > (UINT64_MAX - digit) / 10)
            return false;
        *number = *number * 10 + digit;
    }
    return cell.size > 0;
}

/* 0.1234: in units of 1/10000. A program that rewrote the file may have cut zeros. */
static bool read_unit(ef_slice cell, int32_t *p)
{
    uint64_t whole, rest = 0;
    const uint8_t *point = cell.size > 0 ? memchr(cell.data, '.', cell.size) : NULL;
    size_t digits = point == NULL ? cell.size : (size_t)(point - cell.data);
    size_t decimals = point == NULL ? 0 : cell.size - digits - 1;
    if (decimals > 4 || !read_number((ef_slice){ cell.data, digits }, &whole) || whole > 1)
        return false;
    if (decimals > 0 && !read_number((ef_slice){ point + 1, decimals }, &rest))
        return false;
    for (size_t i = decimals; i < 4; i++)
        rest *= 10;
    *p = (int32_t)(whole * EF_UNIT + rest);
    return *p <= EF_UNIT;
}

static bool is_hash(ef_slice cell)
{
    for (size_t i = 0; i < cell.size; i++) {
        uint8_t c = cell.data[i];
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
            return is_word(cell, "none");
    }
    return cell.size == 16;
}

bool ef_label_row_read(ef_label_row *row, uint8_t *bytes, size_t size)
{
    ef_slice cells[CELLS];
    size_t at = 0;
    while (size > 0 && (bytes[size - 1] == '\n' || bytes[size - 1] == '\r'))
        size--;
    for (size_t i = 0; i < CELLS; i++)
        if (at > size || !read_cell(bytes, size, &at, &cells[i]))
            return false;
    *row = (ef_label_row){ .id = undefused(cells[ID]),
                           .text = undefused(cells[TEXT]),
                           .file = undefused(cells[SOURCE_FILE]),
                           .model = cells[MODEL] };
    return at == size + 1 && is_hash(cells[MODEL]) &&
           read_label(cells[LABEL], &row->label) &&
           read_label(cells[MODEL_LABEL], &row->model_label) &&
           read_unit(cells[P_NEGATIVE], &row->p[0]) &&
           read_unit(cells[P_NEUTRAL], &row->p[1]) &&
           read_unit(cells[P_POSITIVE], &row->p[2]) && read_kind(cells[WHY], &row->kind) &&
           read_number(cells[SEED], &row->seed) &&
           read_number(cells[SOURCE_LINE], &row->line);
}
