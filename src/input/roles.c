/* SPDX-License-Identifier: MIT
 * input/roles.c - who is a customer and who is not. */
#include "input/roles.h"

#include "base/buffer.h"
#include "base/error.h"
#include "input/column_names.h"
#include "input/columns.h"

ef_role ef_role_named(ef_slice cell)
{
    static const struct {
        const char *word;
        ef_role role;
    } words[] = {
        { "customer", EF_ROLE_CUSTOMER }, { "visitor", EF_ROLE_CUSTOMER },
        { "user", EF_ROLE_CUSTOMER },     { "lead", EF_ROLE_CUSTOMER },
        { "client", EF_ROLE_CUSTOMER },   { "contact", EF_ROLE_CUSTOMER },
        { "guest", EF_ROLE_CUSTOMER },    { "end-user", EF_ROLE_CUSTOMER },
        { "consumer", EF_ROLE_CUSTOMER }, { "buyer", EF_ROLE_CUSTOMER },
        { "reviewer", EF_ROLE_CUSTOMER }, { "agent", EF_ROLE_STAFF },
        { "admin", EF_ROLE_STAFF },       { "staff", EF_ROLE_STAFF },
        { "support", EF_ROLE_STAFF },     { "operator", EF_ROLE_STAFF },
        { "teammate", EF_ROLE_STAFF },    { "employee", EF_ROLE_STAFF },
        { "owner", EF_ROLE_STAFF },       { "seller", EF_ROLE_STAFF },
        { "bot", EF_ROLE_BOT },           { "chatbot", EF_ROLE_BOT },
        { "assistant", EF_ROLE_BOT },     { "true", EF_ROLE_BOT }, /* of isBot */
        { "trigger", EF_ROLE_BOT },       { "system", EF_ROLE_SYSTEM },
    };
    for (size_t i = 0; cell.size > 0 && i < sizeof words / sizeof words[0]; i++)
        if (ef_column_name_equal(cell, ef_slice_of(words[i].word)))
            return words[i].role;
    return EF_ROLE_UNKNOWN;
}

/* Names are compared byte for byte, but for the case of ASCII letters. */
static bool is_same_name(ef_slice author, const char *name)
{
    for (size_t i = 0; i < author.size; i++) {
        uint8_t a = author.data[i], b = (uint8_t)name[i];
        bool is_letter = (a | 32) >= 'a' && (a | 32) <= 'z';
        if (b == 0 || (a != b && !(is_letter && (a | 32) == (b | 32))))
            return false;
    }
    return name[author.size] == '\0';
}

ef_role ef_role_of(const ef_layout *layout, ef_role said, ef_slice author)
{
    if (said != EF_ROLE_UNKNOWN || layout->staff_count == 0 || author.size == 0)
        return said;
    for (size_t i = 0; i < layout->staff_count; i++)
        if (is_same_name(author, layout->staff[i]))
            return EF_ROLE_STAFF;
    return EF_ROLE_CUSTOMER;
}

const char *ef_role_name(ef_role role)
{
    static const char *const names[] = { "", "customer", "staff", "bot", "system" };
    return (unsigned)role < sizeof names / sizeof names[0] ? names[role] : "";
}

ef_status ef_role_decide(ef_layout *layout, ef_error *error)
{
    if (layout->staff_count == 0)
        return EF_OK;
    ef_buffer flag = { 0 }, value = { 0 };
    for (size_t i = 0; i < layout->staff_count; i++) {
        ef_buffer_append_text(&flag, i > 0 ? " --staff " : "--staff ");
        ef_flag_quote(&flag, ef_slice_of(layout->staff[i]));
        ef_buffer_printf(&value, "%s%s", i > 0 ? ", " : "", layout->staff[i]);
    }
    ef_status status = flag.failed || value.failed
                           ? ef_error_memory(error)
                           : ef_layout_decide(layout, "staff", ef_buffer_text(&value),
                                              "as asked for", ef_buffer_text(&flag), error);
    ef_buffer_release(&flag);
    ef_buffer_release(&value);
    return status;
}
