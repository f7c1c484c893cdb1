/* SPDX-License-Identifier: MIT
 * text/redact_eastern.c - cues of Chinese, Japanese and Korean, whose words are written
 * without blanks, or with their case behind them: they are looked for at each character. */
#include "text/redact_scan.h"

enum { MOST_GLUE = 10, MOST_NAME = 4, LEAST_DIGITS = 5 };

typedef struct eastern_cue {
    const char *text;
    ef_personal_index kind;
} eastern_cue;

static const eastern_cue cues[] = {
    { "身份证", EF_PERSONAL_ID },       { "身分證", EF_PERSONAL_ID },
    { "护照", EF_PERSONAL_ID },         { "護照", EF_PERSONAL_ID },
    { "账号", EF_PERSONAL_ID },         { "账户", EF_PERSONAL_ID },
    { "会员", EF_PERSONAL_ID },         { "客户编号", EF_PERSONAL_ID },
    { "マイナンバー", EF_PERSONAL_ID }, { "会員番号", EF_PERSONAL_ID },
    { "顧客番号", EF_PERSONAL_ID },     { "口座番号", EF_PERSONAL_ID },
    { "パスポート", EF_PERSONAL_ID },   { "주민등록번호", EF_PERSONAL_ID },
    { "주민번호", EF_PERSONAL_ID },     { "여권", EF_PERSONAL_ID },
    { "계좌", EF_PERSONAL_ID },         { "회원", EF_PERSONAL_ID },
    { "订单", EF_PERSONAL_ORDER },      { "訂單", EF_PERSONAL_ORDER },
    { "快递单号", EF_PERSONAL_ORDER },  { "运单号", EF_PERSONAL_ORDER },
    { "单号", EF_PERSONAL_ORDER },      { "發票", EF_PERSONAL_ORDER },
    { "发票", EF_PERSONAL_ORDER },      { "注文", EF_PERSONAL_ORDER },
    { "予約", EF_PERSONAL_ORDER },      { "追跡番号", EF_PERSONAL_ORDER },
    { "伝票番号", EF_PERSONAL_ORDER },  { "受付番号", EF_PERSONAL_ORDER },
    { "주문", EF_PERSONAL_ORDER },      { "예약", EF_PERSONAL_ORDER },
    { "운송장", EF_PERSONAL_ORDER },    { "송장", EF_PERSONAL_ORDER },
    { "电话", EF_PERSONAL_PHONE },      { "電話", EF_PERSONAL_PHONE },
    { "手机", EF_PERSONAL_PHONE },      { "手機", EF_PERSONAL_PHONE },
    { "携帯", EF_PERSONAL_PHONE },      { "전화", EF_PERSONAL_PHONE },
    { "휴대폰", EF_PERSONAL_PHONE },    { "연락처", EF_PERSONAL_PHONE },
    { "微信", EF_PERSONAL_HANDLE },     { "카톡", EF_PERSONAL_HANDLE },
    { "我叫", EF_PERSONAL_NAME },       { "我的名字是", EF_PERSONAL_NAME },
    { "名前は", EF_PERSONAL_NAME },     { "姓名", EF_PERSONAL_NAME },
    { "氏名", EF_PERSONAL_NAME },       { "이름은", EF_PERSONAL_NAME },
};

/* What stands between a cue and its value, besides blanks and marks. */
static const char *const glue[] = { "号码", "號碼", "番号", "번호", "编号", "号", "號",
                                    "碼",   "码",   "は",   "是",   "为",   "為", "는",
                                    "은",   "：",   "ID",   "id",   "No",   "：" };

static size_t size_at(ef_slice text, size_t at, const char *word)
{
    size_t size = strlen(word);
    return size <= text.size - at && memcmp(text.data + at, word, size) == 0 ? size : 0;
}

static size_t behind_glue(ef_slice text, size_t at)
{
    for (int i = 0; i < MOST_GLUE && at < text.size; i++) {
        size_t size = 0;
        for (size_t j = 0; j < sizeof glue / sizeof glue[0] && size == 0; j++)
            size = size_at(text, at, glue[j]);
        uint8_t byte = text.data[at];
        if (size == 0 && strchr(" :.#=", byte) != NULL)
            size = 1;
        if (size == 0)
            break;
        at += size;
    }
    return at;
}

/* Letters and digits of ASCII with - or a blank between digits; enough of the latter. */
static size_t value_end(ef_slice text, size_t at, size_t least)
{
    size_t end = at, digits = 0;
    while (ef_alnum_at(text, at)) {
        for (; ef_alnum_at(text, at); at++)
            digits += ef_digit_at(text, at);
        end = at;
        uint8_t mark = ef_byte_at(text, at);
        at += mark == '-' || mark == '_' ||
              (mark == ' ' && digits > 0 && ef_count_digits(text, at + 1) >= 2);
    }
    return digits >= least ? end : 0;
}

/* A name of two to four characters that ends where the word does. */
static size_t name_end(ef_slice text, size_t at)
{
    size_t count = 0;
    while (ef_is_eastern_at(text, at) && count <= MOST_NAME) {
        at += ef_letter_size(text, at);
        count++;
    }
    return count >= 2 && count <= MOST_NAME ? at : 0;
}

bool ef_find_eastern(ef_slice text, size_t at, ef_finding *finding)
{
    if (!ef_is_eastern_at(text, at))
        return false;
    for (size_t i = 0; i < sizeof cues / sizeof cues[0]; i++) {
        size_t size = size_at(text, at, cues[i].text);
        if (size == 0)
            continue;
        size_t begin = behind_glue(text, at + size);
        size_t least = cues[i].kind == EF_PERSONAL_HANDLE  ? 1
                       : cues[i].kind == EF_PERSONAL_PHONE ? 7
                                                           : LEAST_DIGITS;
        size_t end = cues[i].kind == EF_PERSONAL_NAME ? name_end(text, begin)
                                                      : value_end(text, begin, least);
        *finding = (ef_finding){ begin, end, cues[i].kind };
        return end > begin;
    }
    return false;
}
