/* SPDX-License-Identifier: MIT
 * test_tokenize.c - texts and the tokens that they are cut into.
 *
 * How tokens are written here:
 *   good  !!  ,          a word, and a run of marks
 *   {number 5}           another kind of token
 *   Good  GOOD           it began with a capital; it was all capitals
 *   goood~               a letter three times or more
 *   +made                no blank before it
 *   #best                the word of a hashtag
 *   "nice"               between quotation marks
 *   good¦  good‖         a clause ends behind it; a sentence ends behind it */
#include "text/tokenize.h"

#include <criterion/criterion.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"

static const char *const kinds[] = { "word",     "number",  "rating", "stars", "emoji",
                                     "emoticon", "mention", "url",    "email", "mark" };

static void write_text(ef_buffer *out, const ef_normal_text *normal, const ef_token *token)
{
    for (uint32_t i = 0; i < token->size; i++) {
        uint8_t byte = normal->bytes[token->begin + i];
        bool is_upper = (token->flags & EF_TOKEN_CAPITALS) != 0 ||
                        ((token->flags & EF_TOKEN_CAPITALIZED) != 0 && i == 0);
        ef_buffer_append_byte(out, is_upper ? (uint8_t)toupper(byte) : byte);
    }
}

static void write_token(ef_buffer *out, const ef_normal_text *normal, const ef_token *token)
{
    bool is_bare = token->kind == EF_TOKEN_WORD || token->kind == EF_TOKEN_PUNCTUATION;
    bool is_mark = token->kind == EF_TOKEN_PUNCTUATION;
    const char *quote = (token->flags & EF_TOKEN_QUOTED) != 0 ? "\"" : "";
    if ((token->flags & EF_TOKEN_GLUED) != 0 && !is_mark)
        ef_buffer_append_text(out, "+");
    if ((token->flags & EF_TOKEN_HASHTAG) != 0)
        ef_buffer_append_text(out, "#");
    ef_buffer_append_text(out, quote);
    if (!is_bare)
        ef_buffer_printf(out, "{%s ", kinds[token->kind]);
    write_text(out, normal, token);
    ef_buffer_append_text(out, is_bare ? "" : "}");
    ef_buffer_append_text(out, quote);
    if ((token->flags & EF_TOKEN_ELONGATED) != 0)
        ef_buffer_append_text(out, "~");
    if ((token->flags & EF_TOKEN_CLAUSE_END) != 0)
        ef_buffer_append_text(out, "¦");
    if ((token->flags & EF_TOKEN_SENTENCE_END) != 0)
        ef_buffer_append_text(out, "‖");
}

typedef struct cut {
    ef_normal_text normal;
    ef_tokens tokens;
} cut;

static cut cut_slice(ef_slice text)
{
    cut c;
    memset(&c, 0, sizeof c);
    cr_assert(ef_normalize(&c.normal, ef_kernels_select(NULL), text, SIZE_MAX));
    cr_assert(ef_tokenize(&c.tokens, &c.normal, NULL));
    return c;
}

static void cut_release(cut *c)
{
    ef_normal_text_release(&c->normal);
    ef_tokens_release(&c->tokens);
}

static void expect(const char *text, const char *wanted)
{
    cut c = cut_slice(ef_slice_of(text));
    ef_buffer out = { 0 };
    for (size_t i = 0; i < c.tokens.count; i++) {
        if (i > 0)
            ef_buffer_append_byte(&out, ' ');
        write_token(&out, &c.normal, &c.tokens.items[i]);
    }
    cr_expect_str_eq(ef_buffer_text(&out), wanted, "of: %s\n got: %s\nwant: %s", text,
                     ef_buffer_text(&out), wanted);
    ef_buffer_release(&out);
    cut_release(&c);
}

/* The plain words before a dot are known to the fast way by their letters and sizes only.
 */
Test(tokenize, knows_every_abbreviation_behind_plain_words)
{
    static const char *const open[] = { "mr", "mrs", "ms",     "dr",    "prof", "st",
                                        "vs", "fig", "approx", "etc",   "inc",  "ltd",
                                        "jr", "sr",  "so mr",  "as etc" };
    for (size_t i = 0; i < sizeof open / sizeof open[0]; i++) {
        char text[64];
        snprintf(text, sizeof text, "we saw %s. and left", open[i]);
        cut c = cut_slice(ef_slice_of(text));
        for (size_t k = 0; k + 1 < c.tokens.count; k++)
            cr_expect_not(c.tokens.items[k].flags & EF_TOKEN_SENTENCE_END, "%s", text);
        cut_release(&c);
    }
    expect("it is no. 5 and no. six", "it is no . {number 5} and no .‖ six‖");
    expect("By J. Smith. by me. as i.e. so", "By J . Smith .‖ by me .‖ as i +e . so‖");
}

static void compare_sets(const char *text, size_t n)
{
    cut wanted = cut_slice((ef_slice){ (const uint8_t *)text, n });
    for (size_t k = 0; ef_kernels_at(k) != NULL; k++) {
        ef_normal_text normal = wanted.normal;
        ef_tokens tokens = { 0 };
        if (!ef_kernels_at(k)->is_supported())
            continue;
        normal.kernels = ef_kernels_at(k);
        cr_assert(ef_tokenize(&tokens, &normal, NULL));
        cr_assert_eq(tokens.count, wanted.tokens.count, "%s", ef_kernels_at(k)->name);
        cr_assert_arr_eq(tokens.items, wanted.tokens.items,
                         tokens.count * sizeof *tokens.items, "%s", ef_kernels_at(k)->name);
        ef_tokens_release(&tokens);
    }
    cut_release(&wanted);
}

Test(tokenize, gives_the_same_with_all_kernel_sets_wherever_strips_end)
{
    static const char sample[] = "Well, it's 3.5 of 5 stars. GREAT!! sooo good... we told "
                                 "Mr. Smith, \"never again\" "
                                 ":) xD, see www.example.org or mail me@example.org. "
                                 "caf\xc3\xa9, ok? extraordinarily "
                                 "#BestDayEver @you - no. 5, a, b. ";
    enum { SIZE = 5000 };
    char text[SIZE];
    for (size_t offset = 0; offset < sizeof sample - 1; offset++) {
        for (size_t i = 0; i < SIZE; i++)
            text[i] = sample[(i + offset) % (sizeof sample - 1)];
        compare_sets(text, SIZE);
        compare_sets(text, 2048 + offset);
    }
}

Test(tokenize, finds_words_and_marks)
{
    expect("", "");
    expect("  \t ", "");
    expect("good", "good‖");
    expect("not good at all", "not good at all‖");
    expect("Well, that was GREAT!!", "Well ,¦ that was GREAT !!‖");
    expect("mp3 player, 2nd try, gr8 4g", "mp3 player ,¦ 2nd try ,¦ gr8 4g‖");
}

Test(tokenize, keeps_inner_apostrophes)
{
    expect("I don't", "I don't‖");
    expect("'tis true", "+tis true‖");
    expect("the dogs' bone", "the dogs bone‖");
    expect("rock''n roll", "rock +n roll‖");
    expect("don’t isn´t haven`t hasnʼt", "don't isn't haven't hasn't‖");
    expect("DON'T", "DON'T‖");
}

Test(tokenize, flags_capitals_and_elongation)
{
    expect("Good GOOD good iPhone", "Good GOOD good iphone‖");
    expect("A NHS MP3 I'M", "A NHS MP3 I'M‖");
    expect("soooo gooood baaad", "soooo~ gooood~ baaad~‖");
    expect("SOOO goodd 1000x", "SOOO~ goodd 1000x‖");
    expect("THEY'RE B4 4K 1000 B2B I MP3, A", "THEY'RE B4 4k {number 1000} B2B I MP3 ,¦ A‖");
}

Test(tokenize, reads_numbers_and_ratings)
{
    expect("12 3.5 1,000 20% 10:30", "{number 12} {number 3.5} {number 1,000} {number 20%} "
                                     "{number 10:30}‖");
    expect("$5 and -3", "+{number 5} and +{number 3}‖");
    expect("4/5 and 9.5/10, 10/10!",
           "{rating 4/5} and {rating 9.5/10} ,¦ {rating 10/10} !‖");
    expect("on 5/5/2020", "on {number 5/5/2020}‖");
    expect("5 stars", "{number 5} stars‖");
    expect("5-star", "{number 5} +star‖");
    expect("4½ stars", "{number 4.5} stars‖");
    expect("3. Then", "{number 3} .‖ Then‖");
    expect("90's music", "90's music‖");
}

Test(tokenize, glues_hyphens)
{
    expect("well-made", "well +made‖");
    expect("good - bad", "good -¦ bad‖");
    expect("good — bad", "good -¦ bad‖");
    expect("good—bad", "good -¦ bad‖");
    expect("good--bad", "good --¦ +bad‖");
    expect("- good\n- bad", "good‖ bad‖");
}

Test(tokenize, ends_sentences)
{
    expect("Good. Bad.", "Good .‖ Bad .‖");
    expect("good. bad", "good .‖ bad‖");
    expect("great.Bad packaging", "great .‖ +Bad packaging‖");
    expect("it...will", "it ...‖ +will‖");
    expect("it… will", "it ...‖ will‖");
    expect("worst.support.ever", "worst +support +ever‖");
    expect("Really?! Yes", "Really ? !‖ Yes‖");
    expect("(Good.) Bad", "(¦ +Good . )¦‖ Bad‖");
    expect("Mr. Smith vs. Dr. Who", "Mr . Smith vs . Dr . Who‖");
    expect("J. Smith, e.g. here", "J . Smith ,¦ e +g . here‖");
    expect("at 5 p.m. The end", "at {number 5} p +m .‖ The end‖");
    expect("beans, peas etc. The end", "beans ,¦ peas etc .‖ The end‖");
    expect("beans etc. were fine", "beans etc . were fine‖");
    expect("room no. 5, oh no. Never", "room no . {number 5} ,¦ oh no .‖ Never‖");
    expect("not me. So do I. The", "not me .‖ So do I .‖ The‖");
    expect("Wow!😍 Bad", "Wow ! +{emoji 😍}‖ Bad‖");
    expect("Thanks! :) The food", "Thanks ! {emoticon :)}‖ The food‖");
}

Test(tokenize, ends_sentences_at_lines)
{
    expect("good\n\nbad", "good‖ bad‖");
    expect("good\nBad", "good‖ Bad‖");
    expect("good\nbad", "good¦ bad‖");
    expect("good.\r\nbad", "good .¦‖ bad‖");
    expect("one<br>Two<p>three", "one‖ Two¦ three‖");
}

Test(tokenize, ends_clauses)
{
    expect("good, bad; ugly: yes (no)", "good ,¦ bad ;¦ ugly :¦ yes (¦ +no )¦‖");
}

Test(tokenize, takes_one_token_for_an_emoji_sequence)
{
    expect("👍🏿👍", "{emoji 👍} +{emoji 👍}‖");
    expect("❤️", "{emoji ❤}‖");
    expect("👩🏽‍🚀!", "{emoji 👩‍🚀} !‖");
    expect("🇬🇧🇫🇷", "{emoji 🇬🇧} +{emoji 🇫🇷}‖");
    expect("2️⃣ and #️⃣", "{emoji 2⃣} and {emoji #⃣}‖");
    expect("waiting🙄waiting", "waiting +{emoji 🙄} +waiting‖");
    expect("★★★☆☆ ⭐", "{stars ★★★☆☆} {stars ⭐}‖");
    expect("**** **bold**", "{stars ****} +bold‖");
}

Test(tokenize, reads_emoticons)
{
    expect("nice :) bad :-( ;D :'(", "nice {emoticon :)} bad {emoticon :-(} {emoticon ;d} "
                                     "{emoticon :'(}‖");
    expect("xD XDDD xp", "{emoticon xd} {emoticon xddd} xp‖");
    expect("Windows XP xylophone", "Windows XP xylophone‖");
    expect("love it <3 not </3", "love it {emoticon <3} not {emoticon </3}‖");
    expect("^_^ -_- o_O T_T >_<", "{emoticon ^_^} {emoticon -_-} {emoticon o_o} "
                                  "{emoticon t_t} {emoticon >_<}‖");
    expect("good:) note:d a:[1] D:", "good +{emoticon :)} note :¦ +d a :¦ +{number 1} "
                                     "{emoticon d:}‖");
    expect(":/ and/or", "{emoticon :/} and +or‖");
}

Test(tokenize, reads_addresses)
{
    expect("see https://example.com/great-deals/best-offers.",
           "see {url https://example.com/great-deals/best-offers} .‖");
    expect("example.com/x or www.best.shop, ok",
           "{url example.com/x} or {url www.best.shop} "
           ",¦ ok‖");
    expect("love@example.com", "{email love@example.com}‖");
    expect("my.best-love@example.co.uk!", "{email my.best-love@example.co.uk} !‖");
    expect("@best_shop: hi", "{mention @best_shop} :¦ hi‖");
    expect("fine.Net result", "fine .‖ +Net result‖");
    expect("youtu.be/abc", "{url youtu.be/abc}‖");
    expect("tell.me", "tell +me‖");
}

Test(tokenize, cuts_hashtags)
{
    expect("#terribleservice", "#terribleservice‖");
    expect("so #BestGiftEver", "so #Best +#Gift +#Ever‖");
    expect("#best_gift #NHSHeroes #1", "#best +#gift #NHS +#Heroes +{number 1}‖");
}

Test(tokenize, marks_what_is_quoted)
{
    expect("the \"best\" shop", "the \" +\"best\" \" shop‖");
    expect("So 'next day' means", "So +\"next\" \"day\" means‖");
}

Test(tokenize, knows_odd_letters)
{
    expect("Café CAFÉ naïve", "Café CAFé naïve‖");
    expect("ＴＥＲＲＩＢＬＥ service", "TERRIBLE service‖");
    expect("ter​rible", "terrible‖");
    expect("очень хорошо", "очень хорошо‖");
}

Test(tokenize, keeps_words_whole_at_every_place)
{
    /* The same words behind 0 to 200 blanks: over the edges of blocks of 64 bytes. */
    const char *text = "don't be so Good, well-made aaah 4/5 café xD end.";
    cut wanted = cut_slice(ef_slice_of(text));
    char shifted[400];
    for (size_t blanks = 0; blanks <= 200; blanks++) {
        memset(shifted, ' ', blanks);
        strcpy(shifted + blanks, text);
        cut got = cut_slice(ef_slice_of(shifted));
        cr_assert_eq(got.tokens.count, wanted.tokens.count);
        for (size_t i = 0; i < got.tokens.count; i++) {
            cr_assert_eq(got.tokens.items[i].hash, wanted.tokens.items[i].hash);
            cr_assert_eq(got.tokens.items[i].begin, wanted.tokens.items[i].begin + blanks);
            cr_assert_eq(got.tokens.items[i].kind, wanted.tokens.items[i].kind);
            cr_assert_eq(got.tokens.items[i].flags, wanted.tokens.items[i].flags);
        }
        cut_release(&got);
    }
    cut_release(&wanted);
}

Test(tokenize, keeps_words_whole_over_the_end_of_a_strip)
{
    const char *text = "isn't";
    char *long_text = malloc(8300);
    for (size_t blanks = 2040; blanks <= 2060; blanks++) {
        memset(long_text, ' ', blanks);
        strcpy(long_text + blanks, text);
        cut c = cut_slice(ef_slice_of(long_text));
        cr_assert_eq(c.tokens.count, 1);
        cr_assert_eq(c.tokens.items[0].hash, ef_hash_bytes((const uint8_t *)text, 5));
        cut_release(&c);
    }
    memset(long_text, 'x', 8299); /* one word over several strips */
    long_text[8299] = '\0';
    cut c = cut_slice(ef_slice_of(long_text));
    cr_assert_eq(c.tokens.count, 1);
    cr_assert_eq(c.tokens.items[0].size, 8299);
    cut_release(&c);
    free(long_text);
}

Test(tokenize, hashes_the_normal_bytes)
{
    char word[70];
    memset(word, 0, sizeof word);
    for (size_t n = 1; n < sizeof word - 1; n++) {
        for (size_t i = 0; i < n; i++)
            word[i] = (char)('a' + i % 23);
        cut c = cut_slice(ef_slice_of(word));
        cr_assert_eq(c.tokens.items[0].hash, ef_hash_bytes((const uint8_t *)word, n));
        cut_release(&c);
    }
}

static uint64_t hash_of_token(const char *text, size_t index)
{
    cut c = cut_slice(ef_slice_of(text));
    cr_assert_lt(index, c.tokens.count);
    uint64_t hash = c.tokens.items[index].hash;
    cut_release(&c);
    return hash;
}

Test(tokenize, hashes_repeated_marks_and_mouths_once)
{
    cr_assert_eq(hash_of_token("no!!!", 1), hash_of_token("no!", 1));
    cr_assert_eq(hash_of_token("no…", 1), hash_of_token("no...", 1));
    cr_assert_eq(hash_of_token("no :((((", 1), hash_of_token("no :(", 1));
    cr_assert_eq(hash_of_token("<3333", 0), hash_of_token("<3", 0));
    cr_assert_eq(hash_of_token("👍🏿", 0), hash_of_token("👍", 0));
    cr_assert_eq(hash_of_token("❤️", 0), hash_of_token("❤", 0));
    cr_assert_eq(hash_of_token("don’t", 0), hash_of_token("DON'T", 0));
    cr_assert_eq(hash_of_token("#good", 0), hash_of_token("good", 0));
}

Test(tokenize, cuts_tokens_that_are_too_long)
{
    size_t n = 3 * 65535 + 5;
    for (const char *byte = "a!1"; *byte != '\0'; byte++) {
        uint8_t *text = malloc(n);
        memset(text, *byte, n);
        cut c = cut_slice((ef_slice){ text, n });
        cr_assert_eq(c.tokens.count, 4);
        cr_assert_eq(c.tokens.items[2].size, 65535);
        cr_assert_eq(c.tokens.items[3].size, 5);
        cut_release(&c);
        free(text);
    }
}

Test(tokenize, ends_every_text_with_a_sentence)
{
    const char *texts[] = {
        "a", "a,", "a \n b", "https://x.com", "🙂", ":)", "\"", "#tag"
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        cut c = cut_slice(ef_slice_of(texts[i]));
        cr_assert_geq(c.tokens.count, 1);
        cr_assert(c.tokens.items[c.tokens.count - 1].flags & EF_TOKEN_SENTENCE_END);
        cut_release(&c);
    }
}

Test(tokenize, takes_any_bytes_in_order)
{
    uint64_t state = 88172645463325252U;
    uint8_t text[300];
    static const char some[] =
        "aaAz09''..,!?:;()-<>@#*/=^_\"\n\r\t  &;xdD3oO\xc3\xa9\xf0\x9f\x98\x80";
    for (int round = 0; round < 20000; round++) {
        for (size_t i = 0; i < sizeof text; i++) {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            text[i] = state % 16 != 0 ? (uint8_t)some[(state >> 8) % (sizeof some - 1)]
                                      : (uint8_t)(state >> 40);
        }
        cut c = cut_slice((ef_slice){ text, (size_t)(state >> 20) % sizeof text });
        size_t end = 0;
        for (size_t i = 0; i < c.tokens.count; i++) {
            const ef_token *token = &c.tokens.items[i];
            cr_assert_geq(token->begin, end);
            cr_assert_gt(token->size, 0);
            end = token->begin + token->size;
            cr_assert_leq(end, c.normal.size);
        }
        cut_release(&c);
    }
}
