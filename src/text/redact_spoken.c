/* SPDX-License-Identifier: MIT
 * text/redact_spoken.c - the finder of telephone numbers whose digits are words: seven or
 * more in a row, in one of seven languages. Counting up or down is none. */
#include "text/redact_scan.h"

enum { LEAST_DIGITS = 7, MOST_WORDS = 40 };

/* Words for 0 to 9, in all of the languages. */
static const char *const digits[] = {
    " zero oh o nought null cero nul zera ноль нуль nol noll ",
    " one eins ein uno un um uma een jeden один en ett ",
    " two zwei zwo dos deux due dois duas twee dwa два tva to ",
    " three drei tres trois tre drie trzy три ",
    " four vier cuatro quatre quattro quatro cztery четыре fyra fire ",
    " five funf fuenf cinco cinq cinque vijf piec пять fem ",
    " six sechs seis sei zes szesc шесть sex seks ",
    " seven sieben siete sept sette sete zeven siedem семь sju syv ",
    " eight acht ocho huit otto oito osiem восемь atta otte ",
    " nine neun nueve neuf nove negen dziewiec девять nio ni ",
};

typedef struct run {
    size_t end, count;
    int last;
    bool is_counting; /* each one follows the one before */
} run;

static int digit_of(ef_slice text, size_t at, size_t end)
{
    for (int i = 0; i < 10; i++) {
        if (ef_word_in(text, at, end, digits[i]))
            return i;
    }
    return -1;
}

static size_t times_of(ef_slice text, size_t at, size_t end)
{
    if (ef_word_in(text, at, end, " double doppel doble duplo "))
        return 2;
    return ef_word_in(text, at, end, " triple treble ") ? 3 : 1;
}

/* Takes the digit from at to end as often as was said. */
static void add_digit(run *found, int digit, size_t times, size_t end)
{
    bool is_next = digit == found->last + 1 || digit == found->last - 1;
    found->is_counting =
        found->is_counting && (found->count == 0 || (is_next && times == 1));
    found->count += times;
    found->last = digit;
    found->end = end;
}

/* Behind blanks, a comma, a dash; the place itself if a word does not follow. */
static size_t behind_pause(ef_slice text, size_t at)
{
    size_t mark = ef_behind_blanks(text, at);
    uint8_t byte = ef_byte_at(text, mark);
    return byte == ',' || byte == '-' ? ef_behind_blanks(text, mark + 1) : mark;
}

bool ef_find_spoken(ef_slice text, size_t at, ef_finding *finding)
{
    run found = { .is_counting = true };
    size_t next = at;
    if (ef_letter_size(text, at) == 0 || ef_digit_at(text, at) ||
        ef_is_behind_letter(text, at))
        return false;
    for (int i = 0; i < MOST_WORDS; i++) {
        size_t end = ef_word_end(text, next), times = times_of(text, next, end);
        if (times > 1) {
            next = behind_pause(text, end);
            end = ef_word_end(text, next);
        }
        int digit = digit_of(text, next, end);
        bool is_hundred =
            found.count > 0 && ef_word_in(text, next, end, " hundred thousand ");
        if (is_hundred)
            found.count += 2;
        else if (digit >= 0)
            add_digit(&found, digit, times, end);
        else
            break;
        found.end = end;
        next = behind_pause(text, end);
        if (next == end)
            break;
    }
    *finding = (ef_finding){ at, found.end, EF_PERSONAL_PHONE };
    return found.count >= LEAST_DIGITS && !found.is_counting;
}
