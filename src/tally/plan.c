/* SPDX-License-Identifier: MIT
 * tally/plan.c - what a report counts by, made from what people ask for.
 *
 * What was asked for is kept as it was written: a partial result carries it, and whoever
 * reads it makes the same plan from it. */
#include "tally/plan.h"

#include "base/error.h"

static const ef_period always = { INT64_MIN, INT64_MAX };

static ef_status refuse(ef_error *error, const char *option, const char *value)
{
    return ef_error_set(error, EF_ERR_ARGUMENT,
                        "%s: '%.40s' is no time; write 2026-03-01, 2026-03, 2026-W10, 2026 "
                        "or '2026-03-01 14:00'",
                        option, value);
}

static bool is_same(ef_slice one, ef_slice two)
{
    return one.size == two.size &&
           (one.size == 0 || memcmp(one.data, two.data, one.size) == 0);
}

/* A copy in the arena; NULL stays NULL. */
static ef_status keep(ef_plan *plan, const char *text, const char **kept, ef_error *error)
{
    *kept = text == NULL ? NULL : ef_arena_copy(&plan->arena, ef_slice_of(text));
    return text != NULL && *kept == NULL ? ef_error_memory(error) : EF_OK;
}

static ef_status keep_words(ef_plan *plan, const char *const *words, size_t count,
                            const char *const **kept, ef_error *error)
{
    const char **copies = ef_arena_alloc(&plan->arena, (count + 1) * sizeof *copies);
    ef_status status = copies == NULL ? ef_error_memory(error) : EF_OK;
    for (size_t i = 0; i < count && status == EF_OK; i++)
        status = keep(plan, words[i], &copies[i], error);
    *kept = copies;
    return status;
}

static ef_status keep_wishes(ef_plan *plan, const ef_plan_wishes *wishes, ef_error *error)
{
    ef_plan_wishes *own = &plan->wishes;
    *own = *wishes;
    if (wishes->group_count > EF_MOST_PLAN_WORDS ||
        wishes->where_count > EF_MOST_PLAN_WORDS)
        return ef_error_set(error, EF_ERR_ARGUMENT, "more than %d groups or conditions",
                            EF_MOST_PLAN_WORDS);
    ef_status status =
        keep(plan, wishes->zone == NULL ? "UTC" : wishes->zone, &own->zone, error);
    if (status == EF_OK)
        status = keep_words(plan, wishes->groups, wishes->group_count, &own->groups, error);
    if (status == EF_OK)
        status = keep_words(plan, wishes->where, wishes->where_count, &own->where, error);
    if (status == EF_OK)
        status = keep(plan, wishes->since, &own->since, error);
    if (status == EF_OK)
        status = keep(plan, wishes->until, &own->until, error);
    if (status == EF_OK)
        status = keep(plan, wishes->compare, &own->compare, error);
    if (status == EF_OK)
        status = keep(plan, wishes->topics, &own->topics, error);
    own->topics_name = NULL;
    return status == EF_OK ? keep(plan, wishes->before, &own->before, error) : status;
}

/* The number of a group, added if it is not there. */
static ef_status add_group(ef_plan *plan, ef_slice name, size_t *number, ef_error *error)
{
    for (*number = 0; *number < plan->group_count; ++*number)
        if (is_same(plan->groups[*number], name))
            return EF_OK;
    if (name.size == 0)
        return ef_error_set(error, EF_ERR_ARGUMENT, "a column to group by has no name");
    if (plan->group_count == EF_MOST_REPORT_GROUPS)
        return ef_error_set(error, EF_ERR_ARGUMENT, "more than %d columns to group by",
                            EF_MOST_REPORT_GROUPS);
    plan->groups[plan->group_count++] = name;
    return EF_OK;
}

/* --group product,channel is as good as --group twice. */
static ef_status add_groups(ef_plan *plan, const char *text, ef_error *error)
{
    ef_status status = EF_OK;
    for (const char *comma; text != NULL && status == EF_OK;
         text = comma == NULL ? NULL : comma + 1) {
        size_t number;
        comma = strchr(text, ',');
        ef_slice name = { (const uint8_t *)text,
                          comma == NULL ? strlen(text) : (size_t)(comma - text) };
        status = add_group(plan, name, &number, error);
    }
    return status;
}

static ef_status read_span(ef_plan *plan, ef_error *error)
{
    const ef_plan_wishes *wishes = &plan->wishes;
    ef_period period;
    plan->span = always;
    if (wishes->since != NULL) {
        if (!ef_period_read(&period, plan->zone, ef_slice_of(wishes->since)))
            return refuse(error, "--since", wishes->since);
        plan->span.begin_ms = period.begin_ms;
    }
    if (wishes->until != NULL) {
        if (!ef_period_read(&period, plan->zone, ef_slice_of(wishes->until)))
            return refuse(error, "--until", wishes->until);
        plan->span.end_ms = period.end_ms;
    }
    if (plan->span.begin_ms >= plan->span.end_ms)
        return ef_error_set(error, EF_ERR_ARGUMENT, "--until is before --since");
    return EF_OK;
}

/* The names of both periods are those of the moment: "before 2026-04-14". */
static ef_status read_before(ef_plan *plan, ef_error *error)
{
    ef_sides *sides = &plan->sides;
    const char *text = plan->wishes.before;
    ef_period period;
    ef_buffer name = { 0 };
    if (!ef_period_read(&period, plan->zone, ef_slice_of(text)))
        return refuse(error, "--before", text);
    *sides = (ef_sides){ .are_asked = true, .column = EF_BY_TIME };
    sides->periods[EF_SIDE_BEFORE] = (ef_period){ INT64_MIN, period.begin_ms };
    sides->periods[EF_SIDE_AFTER] = (ef_period){ period.begin_ms, INT64_MAX };
    for (int side = EF_SIDE_BEFORE; side < EF_SIDES; side++) {
        ef_buffer_reset(&name);
        ef_buffer_append_text(&name, side == EF_SIDE_BEFORE ? "before " : "from ");
        ef_buffer_append_text(&name, text);
        ef_buffer_append_text(&name, side == EF_SIDE_BEFORE ? "" : " on");
        const char *kept =
            name.failed ? NULL : ef_arena_copy(&plan->arena, ef_buffer_slice(&name));
        sides->names[side] = ef_slice_of(kept);
    }
    ef_buffer_release(&name);
    return sides->names[EF_SIDE_AFTER].data == NULL ? ef_error_memory(error) : EF_OK;
}

static ef_status read_compare(ef_plan *plan, ef_error *error)
{
    ef_sides *sides = &plan->sides;
    const char *text = plan->wishes.compare, *equals = strchr(text, '=');
    const char *first = equals == NULL ? text : equals + 1;
    const char *dots = strstr(first, "..");
    if (dots == NULL || dots == first || dots[2] == '\0')
        return ef_error_set(
            error, EF_ERR_ARGUMENT,
            "--compare: '%.40s' names no two sides; write 2026-02..2026-03, or "
            "channel=website..shop",
            text);
    *sides = (ef_sides){ .are_asked = true, .column = EF_BY_TIME };
    sides->names[EF_SIDE_BEFORE] =
        (ef_slice){ (const uint8_t *)first, (size_t)(dots - first) };
    sides->names[EF_SIDE_AFTER] = ef_slice_of(dots + 2);
    if (equals != NULL)
        return add_group(plan, (ef_slice){ (const uint8_t *)text, (size_t)(equals - text) },
                         &sides->column, error);
    for (int side = EF_SIDE_BEFORE; side < EF_SIDES; side++)
        if (!ef_period_read(&sides->periods[side], plan->zone, sides->names[side]))
            return refuse(error, "--compare", side == EF_SIDE_BEFORE ? text : dots + 2);
    ef_period *before = &sides->periods[EF_SIDE_BEFORE],
              *after = &sides->periods[EF_SIDE_AFTER];
    if (before->begin_ms < after->end_ms && after->begin_ms < before->end_ms)
        return ef_error_set(error, EF_ERR_ARGUMENT, "--compare: the two periods overlap");
    return EF_OK;
}

static ef_status read_sides(ef_plan *plan, ef_error *error)
{
    if (plan->wishes.compare != NULL && plan->wishes.before != NULL)
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "--compare and --before exclude each other");
    if (plan->wishes.compare != NULL)
        return read_compare(plan, error);
    return plan->wishes.before != NULL ? read_before(plan, error) : EF_OK;
}

static void add_usual_groups(ef_plan *plan)
{
    static const char *const usual[] = { EF_GROUP_PRODUCT, EF_GROUP_CHANNEL,
                                         EF_GROUP_LANGUAGE };
    plan->groups_are_usual = true;
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
        plan->groups[plan->group_count++] = ef_slice_of(usual[i]);
}

static ef_status make(ef_plan *plan, const ef_plan_wishes *wishes, ef_error *error)
{
    ef_status status = keep_wishes(plan, wishes, error);
    if (status == EF_OK)
        status = ef_zone_open(&plan->zone, plan->wishes.zone, error);
    plan->zone_name = ef_slice_of(plan->wishes.zone);
    if (wishes->group_count == 0)
        add_usual_groups(plan);
    for (size_t i = 0; i < wishes->group_count && status == EF_OK; i++)
        status = add_groups(plan, plan->wishes.groups[i], error);
    if (status == EF_OK && wishes->topics != NULL)
        status = ef_topics_read(
            &plan->topics, ef_slice_of(plan->wishes.topics),
            wishes->topics_name == NULL ? "topics" : wishes->topics_name, error);
    if (status == EF_OK)
        status = read_span(plan, error);
    return status == EF_OK ? read_sides(plan, error) : status;
}

ef_status ef_plan_make(ef_plan *plan, const ef_plan_wishes *wishes, ef_error *error)
{
    *plan = (ef_plan){ 0 };
    ef_status status = make(plan, wishes, error);
    if (status != EF_OK)
        ef_plan_release(plan);
    return status;
}

void ef_plan_release(ef_plan *plan)
{
    ef_zone_free(plan->zone);
    ef_topics_free(plan->topics);
    ef_arena_release(&plan->arena);
    *plan = (ef_plan){ 0 };
}

/* --- as bytes ---------------------------------------------------------------------- */

enum { TEXTS = 6, LONGEST = 1 << 20 };

/* The size of a text that is not there is -1. */
static void save_text(ef_buffer *out, const char *text)
{
    if (text == NULL)
        ef_pack_int(out, -1);
    else
        ef_pack_bytes(out, ef_slice_of(text));
}

static void save_words(ef_buffer *out, const char *const *words, size_t count)
{
    ef_pack_int(out, (int64_t)count);
    for (size_t i = 0; i < count; i++)
        save_text(out, words[i]);
}

bool ef_plan_save(const ef_plan *plan, ef_buffer *out)
{
    const ef_plan_wishes *wishes = &plan->wishes;
    save_text(out, wishes->zone);
    save_text(out, wishes->since);
    save_text(out, wishes->until);
    save_text(out, wishes->compare);
    save_text(out, wishes->before);
    save_text(out, wishes->topics);
    ef_pack_int(out, wishes->shows_words);
    save_words(out, wishes->groups, wishes->group_count);
    save_words(out, wishes->where, wishes->where_count);
    return !out->failed;
}

/* False without memory. */
static bool load_text(ef_arena *arena, ef_unpack *in, const char **text)
{
    ef_unpack ahead = *in;
    *text = NULL;
    if (ef_unpack_int(&ahead) == -1) {
        *in = ahead;
        return true;
    }
    ef_slice bytes = ef_unpack_bytes(in);
    if (bytes.size > LONGEST ||
        (bytes.size > 0 && memchr(bytes.data, '\0', bytes.size) != NULL))
        in->failed = true;
    if (in->failed)
        return true;
    *text = ef_arena_copy(arena, bytes);
    return *text != NULL;
}

static bool load_words(ef_arena *arena, ef_unpack *in, const char *const **words,
                       size_t *count)
{
    int64_t wanted = ef_unpack_int(in);
    in->failed |= wanted < 0 || wanted > EF_MOST_PLAN_WORDS;
    if (in->failed)
        return true;
    const char **loaded = ef_arena_alloc(arena, ((size_t)wanted + 1) * sizeof *loaded);
    if (loaded == NULL)
        return false;
    *words = loaded;
    for (; *count < (size_t)wanted && !in->failed; ++*count) {
        if (!load_text(arena, in, &loaded[*count]))
            return false;
        in->failed |= loaded[*count] == NULL;
    }
    return true;
}

static bool load_wishes(ef_arena *arena, ef_unpack *in, ef_plan_wishes *wishes)
{
    const char **texts[TEXTS] = { &wishes->zone,    &wishes->since,  &wishes->until,
                                  &wishes->compare, &wishes->before, &wishes->topics };
    for (size_t i = 0; i < TEXTS; i++)
        if (!load_text(arena, in, texts[i]))
            return false;
    wishes->shows_words = ef_unpack_int(in) != 0;
    return load_words(arena, in, &wishes->groups, &wishes->group_count) &&
           load_words(arena, in, &wishes->where, &wishes->where_count);
}

ef_status ef_plan_load(ef_plan *plan, ef_unpack *in, ef_error *error)
{
    ef_arena arena = { 0 };
    ef_plan_wishes wishes = { 0 };
    ef_status status = EF_OK;
    *plan = (ef_plan){ 0 };
    if (!load_wishes(&arena, in, &wishes))
        status = ef_error_memory(error);
    else if (in->failed)
        status = ef_error_set(error, EF_ERR_FORMAT, "its options cannot be read");
    else
        status = ef_plan_make(plan, &wishes, error);
    ef_arena_release(&arena);
    return status;
}
